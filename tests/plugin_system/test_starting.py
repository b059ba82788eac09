"""Starts that are killed: who is blamed, when the program opens without plugins, and what counts for nothing."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from loyalapp.core.errors import LoyalAppError
from loyalapp.core.locks import take
from loyalapp.plugin_system import discovery, starting
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.starting import HangWatch, Sentinel
from tests.conftest import through_the_door
from tests.plugin_system.conftest import let_in
from tests.plugin_system.parcels import folder
from tests.sources import ROOT

# A start of the real app that is killed before its features are there, and one that is killed at work.
IN_THE_MIDST = "import loyalapp.app as house; house._add_features = lambda *_: os.kill(os.getpid(), 9); start()"
AT_WORK = "start(); os.kill(os.getpid(), 9)"
HEAD = (
    "import os, sys; from pathlib import Path; from tests.conftest import open_app; "
    "start = lambda: open_app(Path(sys.argv[1])); "
)


def killed(data_dir: Path, when: str) -> None:
    """One start in a process of its own, which does not come to its end."""
    command = [sys.executable, "-X", "utf8", "-c", HEAD + when, str(data_dir)]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run(command, env=surroundings, check=False, cwd=ROOT).returncode == -signal.SIGKILL


def is_safe(app) -> bool:
    return registry(app).safe_mode


def test_two_starts_that_die_unexplained_lead_to_safe_mode_and_the_next_is_normal(data_dir, start):
    for _ in range(2):
        killed(data_dir, IN_THE_MIDST)

    app = start()
    page = through_the_door(app).get("/customers/").get_data(as_text=True)

    assert {one.status for one in registry(app).plugins.values()} == {discovery.SAFE_MODE}
    assert "could not open twice in a row" in page
    assert "Leave safe mode and restart" in page
    assert not is_safe(start()), "the next start tries again"
    assert starting.read(data_dir / "plugins") == (None, 0), "and when it goes well, all is forgotten"


def test_one_unexplained_death_is_none_and_a_good_start_forgets_it(data_dir, start):
    for _ in range(2):
        killed(data_dir, IN_THE_MIDST)
        app = start()
        assert not is_safe(app)
        assert {one.status for one in registry(app).plugins.values()} == {discovery.RUNNING}


def test_after_safe_mode_one_more_death_is_enough(data_dir, start):
    for _ in range(2):
        killed(data_dir, IN_THE_MIDST)
    assert is_safe(start())
    killed(data_dir, IN_THE_MIDST)

    assert is_safe(start())


def test_deaths_at_work_count_for_nothing(data_dir, start):
    for _ in range(3):
        killed(data_dir, AT_WORK)
        assert starting.read(data_dir / "plugins") == (None, 0)

    assert not is_safe(start())


def test_a_death_with_a_culprit_is_explained(data_dir, start):
    let_in(data_dir, "dies_at_import")
    killed(data_dir, IN_THE_MIDST)
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", HEAD + "start()", str(data_dir)], env=surroundings, check=False, cwd=ROOT)

    app = start()

    assert not is_safe(app)
    assert registry(app).plugins["dies_at_import"].status == discovery.QUARANTINED


@pytest.mark.parametrize("reason", [LoyalAppError("told"), KeyboardInterrupt()])
def test_what_the_user_was_told_or_did_is_no_death(tmp_path, reason):
    for _ in range(3):
        sentinel = Sentinel(tmp_path)
        with pytest.raises(type(reason)), sentinel.watching():
            raise reason
    assert starting.read(tmp_path) == (None, 0)


def test_a_bug_in_the_start_is_a_death(tmp_path):
    for expected in (0, 1, 2):
        sentinel = Sentinel(tmp_path)
        with pytest.raises(ValueError, match="bug"), sentinel.watching():
            raise ValueError("bug")
        assert sentinel.deaths == expected


def test_a_wished_safe_mode_neither_counts_nor_forgets(tmp_path):
    (tmp_path / "starting").write_text("core 0", "utf-8")
    sentinel = Sentinel(tmp_path)
    with sentinel.watching():
        sentinel.is_safe_mode = True
    assert starting.read(tmp_path) == (starting.NOBODY, 1)


@pytest.mark.parametrize("content", [b"", b"\x00", b"core", b"core x", b"\xff\xfe", b"works 99999999999999999999"])
def test_a_damaged_sentinel_never_stops_a_start(tmp_path, content):
    (tmp_path / "starting").write_bytes(content)
    with Sentinel(tmp_path).watching():
        pass


def test_two_starts_on_the_same_data_wait_for_each_other(tmp_path):
    order = []

    def second():
        with Sentinel(tmp_path).watching():
            order.append("second")

    with Sentinel(tmp_path).watching():
        other = threading.Thread(target=second)
        other.start()
        other.join(0.2)
        order.append("first")
    other.join(10)

    assert order == ["first", "second"]


def test_a_start_waits_no_longer_than_is_fair_and_then_blames_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr(starting, "PATIENCE", 0.1)
    handle = take(tmp_path / "starting.lock")
    (tmp_path / "starting").write_text("works 0", "utf-8")
    try:
        sentinel = Sentinel(tmp_path)
        with sentinel.watching():
            sentinel.at_work("other")
    finally:
        os.close(handle)
    assert sentinel.culprit is None
    assert starting.read(tmp_path) == ("works", 0)


def test_a_guest_leaves_the_start_of_the_other_alone(data_dir, start):
    (data_dir / "plugins" / "starting").write_text("works 0", "utf-8")

    app = start("works", is_guest=True)

    assert registry(app).plugins["works"].status == discovery.RUNNING
    assert starting.read(data_dir / "plugins") == ("works", 0)


def test_a_plugin_that_holds_up_the_start_is_seen_from_outside(tmp_path, monkeypatch):
    watch = HangWatch(tmp_path)
    assert watch.hanging() is None
    with Sentinel(tmp_path).watching():
        assert watch.hanging() is None, "the core may take its time"
    sentinel = Sentinel(tmp_path)
    with sentinel.watching():
        sentinel.at_work("works")
        assert watch.hanging() is None
        monkeypatch.setattr(starting, "LONGEST_LOAD", 0.05)
        sentinel.at_work("works", may_take=600)
        assert watch.hanging() is None
        time.sleep(0.1)
        assert watch.hanging() is None, "its tables may be large"
        sentinel.at_work("works", may_take=0.05)
        assert watch.hanging() is None
        time.sleep(0.1)
        assert watch.hanging() == "works"


WAYS_OUT = {
    "keyboard": "raise KeyboardInterrupt",
    "exit": "raise SystemExit(3)",
    "generator": "raise GeneratorExit",
    "own": "class Own(BaseException):\n    pass\n\n\nraise Own",
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_whatever_a_plugin_raises_at_import_the_start_goes_on(data_dir, start, way):
    """As in the program, where the app is put together in a thread of its own."""
    place = folder(data_dir / "plugins", "leaver")
    (place / "plugin.py").write_text(f'"""Goes."""\n\n{WAYS_OUT[way]}\n', "utf-8")
    made = []
    thread = threading.Thread(target=lambda: made.append(start("works")))
    thread.start()
    thread.join(60)

    assert registry(made[0]).plugins["leaver"].status == discovery.FAILED
    assert registry(made[0]).plugins["works"].status == discovery.RUNNING


# ---- order ----


def test_what_is_needed_is_loaded_first_and_a_failure_takes_along_only_those_that_need_it(house):
    home = house.data / "plugins"
    folder(home, "zz_ground")
    folder(home, "aa_on_it", tables='[needs]\nzz_ground = ">=1.0"')
    folder(home, "aa_on_both", tables='[needs]\naa_on_it = ">=1.0"\nzz_ground = ">=1.0"')
    folder(home, "mm_alone")

    plugins = registry(house())
    order = [one.id for one in discovery.in_order(plugins.plugins.values())]
    assert plugins.running.keys() >= {"zz_ground", "aa_on_it", "aa_on_both", "mm_alone"}
    assert order.index("zz_ground") < order.index("aa_on_it") < order.index("aa_on_both")

    (home / "zz_ground" / "plugin.py").write_text('"""Broken."""\n\nraise ValueError("no ground")\n', "utf-8")
    found = registry(house()).plugins
    assert found["zz_ground"].status == discovery.FAILED
    assert (found["aa_on_it"].status, found["aa_on_it"].reason) == (discovery.MISSING_NEED, "zz_ground")
    assert found["aa_on_both"].status == discovery.MISSING_NEED
    assert found["mm_alone"].status == discovery.RUNNING
    assert {one.status for one in found.values() if one.shipped} == {discovery.RUNNING}


def test_plugins_that_need_each_other_are_left_out_and_stop_nobody(data_dir, start):
    home = data_dir / "plugins"
    folder(home, "hen", tables='[needs]\negg = ">=1.0"')
    folder(home, "egg", tables='[needs]\nhen = ">=1.0"')

    plugins = registry(start("works")).plugins

    assert {plugins["hen"].status, plugins["egg"].status} == {discovery.MISSING_NEED}
    assert plugins["works"].status == discovery.RUNNING
