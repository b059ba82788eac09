"""The state file: several processes write it, and nobody's wish is lost."""

import json
import os
import subprocess
import sys

from loyalapp.plugin_system import state
from loyalapp.plugin_system.state import States
from tests.sources import ROOT

WRITER = (
    "import sys; from pathlib import Path; from loyalapp.plugin_system.state import States\n"
    "states = States.read(Path(sys.argv[1]))\n"
    "for number in range(20): states.set_wish(f'{sys.argv[2]}_{number}', 'off')\n"
)


def writer(file, name) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file), name], env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


def test_what_another_process_wrote_is_neither_lost_nor_overlooked(tmp_path):
    file = tmp_path / "state.json"
    ours = States.read(file)
    ours.set_wish("stock", state.OFF)

    assert writer(file, "theirs").wait(60) == 0
    assert ours.of("theirs_7").wish == state.OFF, "seen without a new start"
    ours.set_wish("stock", state.PAUSED, "nav_links")

    found = States.read(file)
    assert {found.of(f"theirs_{number}").wish for number in range(20)} == {state.OFF}
    assert (found.of("stock").wish, found.of("stock").reason) == (state.PAUSED, "nav_links")


def test_what_another_process_wrote_is_on_every_page_a_moment_later(tmp_path, monkeypatch):
    file = tmp_path / "state.json"
    ours = States.read(file)
    assert ours.lately() == {}
    States.read(file).set_wish("stock", state.OFF)
    looked = ours._look_next

    monkeypatch.setattr(state.time, "monotonic", lambda: looked - 0.01)
    assert ours.lately() == {}, "not looked at for every page"
    monkeypatch.setattr(state.time, "monotonic", lambda: looked + 0.01)
    assert ours.lately()["stock"].wish == state.OFF


def test_writers_at_the_same_moment_lose_nothing(tmp_path):
    file = tmp_path / "state.json"
    writers = [writer(file, name) for name in "abcd"]
    ours = States.read(file)
    for number in range(20):
        ours.set_wish(f"ours_{number}", state.OFF)
    assert [one.wait(60) for one in writers] == [0] * 4

    there = json.loads(file.read_text("utf-8"))["plugins"]
    assert len(there) == 100


def test_a_trouble_is_news_each_time_and_a_wish_ends_it(tmp_path):
    states = States.read(tmp_path / "state.json")
    states.set_wish("stock", state.QUARANTINED, "start", "what happened")
    states.change("stock", seen=("x",), undone="1.1.0")
    found = States.read(tmp_path / "state.json").of("stock")
    assert (found.reason, found.details, found.seen, found.undone) == ("start", "what happened", ("x",), "1.1.0")
    assert found.at

    states.set_wish("stock", state.ON)
    found = states.of("stock")
    assert (found.reason, found.details, found.at, found.undone) == ("", "", "", "1.1.0")


def test_forgotten_is_as_if_it_had_never_been(tmp_path):
    states = States.read(tmp_path / "state.json")
    states.set_wish("stock", state.OFF)
    states.forget("stock")
    assert States.read(tmp_path / "state.json").of("stock") == state.PluginState()
