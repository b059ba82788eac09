"""Who is at work when the program dies is known at the next start; a power cut and an orderly end blame nobody."""

import os
import subprocess
import sys

import pytest

from loyalapp.plugin_system import at_work, discovery
from loyalapp.plugin_system.at_work import Notes, last_words
from loyalapp.plugin_system.calls import registry
from tests.conftest import through_the_door
from tests.plugin_system.parcels import folder
from tests.sources import ROOT


@pytest.fixture
def notes(tmp_path):
    made = Notes()
    made.open(tmp_path)
    return made


def test_noted_while_it_is_called_and_not_after(notes, tmp_path):
    with notes.call("outer"):
        with notes.call("inner"):
            assert last_words(tmp_path) == {"outer", "inner"}
        assert last_words(tmp_path) == {"outer"}
    assert last_words(tmp_path) == set()


def test_not_noted_any_more_where_it_failed(notes, tmp_path):
    with pytest.raises(ValueError, match="x"), notes.call("works"):
        raise ValueError("x")
    assert last_words(tmp_path) == set()


def test_more_calls_than_there_is_room_for_do_no_harm(notes, tmp_path):
    slots = [notes.put(f"plugin_{number}") for number in range(at_work.SLOTS + 5)]
    assert slots.count(0) == 5
    for slot in slots:
        notes.take_away(slot)
    assert last_words(tmp_path) == set()


def test_after_a_new_start_of_the_computer_nobody_is_blamed(notes, tmp_path, monkeypatch):
    notes.put("works")
    assert last_words(tmp_path) == {"works"}
    monkeypatch.setattr(at_work, "_boot", lambda: "another")
    assert last_words(tmp_path) == set()


def test_an_orderly_end_leaves_only_what_hangs(notes, tmp_path, monkeypatch):
    hanging = notes.put("hangs")
    notes._since[hanging] -= at_work.LONGEST_CALL + 1
    notes.put("works")
    notes.close()
    assert last_words(tmp_path) == {"hangs"}


@pytest.mark.parametrize("content", [b"", b"x", b"\xff" * 1000])
def test_a_damaged_file_says_nothing(tmp_path, content):
    (tmp_path / at_work.NAME).write_bytes(content)
    assert last_words(tmp_path) == set()


def test_nothing_is_noted_without_a_file(tmp_path):
    with Notes().call("works"):
        assert list(tmp_path.iterdir()) == []


DEADLY = '''"""Ends the program when it is asked."""

import os

from loyalapp import sdk
from loyalapp.sdk import hookimpl


@hookimpl
def today_entries():
    """The end."""
    os._exit(7)
'''
VISIT = (
    "import sys; from pathlib import Path; from tests.conftest import open_app, through_the_door; "
    "through_the_door(open_app(Path(sys.argv[1]), is_seated=True)).get('/')"
)


def test_a_plugin_that_ends_the_running_program_is_left_out_and_named_at_the_next_start(data_dir, start):
    place = folder(data_dir / "plugins", "deadly")
    (place / "plugin.py").write_text(DEADLY, "utf-8")
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-X", "utf8", "-c", VISIT, str(data_dir)]
    assert subprocess.run(command, env=surroundings, check=False, cwd=ROOT).returncode == 7

    app = start("works", is_seated=True)
    plugins = registry(app).plugins

    assert (plugins["deadly"].status, plugins["deadly"].reason) == (discovery.QUARANTINED, "run")
    assert plugins["works"].status == discovery.RUNNING
    browser = through_the_door(app)
    assert "stopped LoyalApp and was left out" in browser.get("/").get_data(as_text=True)
    assert "stopped while this plugin was at work" in browser.get("/plugins/").get_data(as_text=True)
