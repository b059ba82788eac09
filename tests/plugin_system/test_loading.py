"""Plugins at the start of the app: quarantine, safe mode, a missing folder, two apps, and what is remembered."""

import os
import shutil
import subprocess
import sys

import pytest

from loyalapp.core.paths import shipped
from loyalapp.features.customers import service as customers
from loyalapp.plugin_system import discovery, state
from loyalapp.plugin_system.calls import registry
from tests import walk
from tests.conftest import close, open_app, through_the_door
from tests.plugin_system.conftest import let_in
from tests.sources import ROOT

BUNDLED = sorted(one.parent.name for one in shipped("plugins").glob("*/plugin.toml"))
STARTING = "import sys; from tests.conftest import open_app; from pathlib import Path; open_app(Path(sys.argv[1]))"


def in_a_child(data_dir) -> int:
    """Start the app in a process of its own; answers its exit code."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", STARTING, str(data_dir)], env=surroundings, check=False, cwd=ROOT
    ).returncode


def test_a_plugin_that_kills_the_process_is_left_out_of_the_next_start(data_dir, start):
    let_in(data_dir, "dies_at_import", "works")
    assert in_a_child(data_dir) == 3

    app = start()
    plugins = registry(app).plugins

    assert plugins["dies_at_import"].status == discovery.QUARANTINED
    assert plugins["works"].status == discovery.RUNNING
    page = through_the_door(app).get("/").get_data(as_text=True)
    assert "Dies at import" in page, "it is named on every page"


def test_quarantine_lasts_until_somebody_tries_again(data_dir, start):
    let_in(data_dir, "dies_at_import")
    in_a_child(data_dir)
    app = start()
    assert registry(app).plugins["dies_at_import"].status == discovery.QUARANTINED
    assert registry(start()).plugins["dies_at_import"].status == discovery.QUARANTINED

    registry(start()).states.set_wish("dies_at_import", state.ON)
    assert in_a_child(data_dir) == 3


def test_a_death_in_the_core_blames_no_plugin(data_dir, start):
    (data_dir / "plugins" / "starting").write_text("core", "utf-8")

    app = start("works")

    assert registry(app).plugins["works"].status == discovery.RUNNING
    assert not (data_dir / "plugins" / "starting").exists()


def test_safe_mode_starts_without_plugins_and_says_so(start):
    app = start("works", safe_mode=True)
    browser = through_the_door(app)

    assert {one.status for one in registry(app).plugins.values()} == {discovery.SAFE_MODE}
    assert browser.get("/plugins/works/").status_code == 404
    assert "LoyalApp was started without plugins this time." in browser.get("/plugins/").get_data(as_text=True)
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("gone", BUNDLED)
def test_without_a_bundled_plugin_the_app_works_and_its_rows_wait(data_dir, start, tmp_path, monkeypatch, gone):
    full = start()
    walk.fill(full)
    rest = tmp_path / "plugins"
    shutil.copytree(shipped("plugins"), rest, ignore=shutil.ignore_patterns("__pycache__", gone))
    monkeypatch.setattr("loyalapp.app.shipped", lambda name: rest if name == "plugins" else shipped(name))

    app = start()
    # A list that was being brought in and a package that was looked at do not outlive their run.
    of_this_run = {"job_id": "gone", "token": "gone", "plugin_id": next(iter(registry(app).plugins))}
    app.extensions["walk.own"] = {**full.extensions["walk.own"], **of_this_run}
    app.extensions["walk.copies"] = full.extensions["walk.copies"]
    browser = through_the_door(app)
    others = [(rule, url) for rule, url in walk.addresses(app) if "gone" not in url and rule.endpoint != "boot"]
    codes = {
        url: browser.get(url, buffered=True).status_code - walk.OTHER_STATUS.get(rule.endpoint, (200,))[0]
        for rule, url in others
    }

    assert gone not in registry(app).plugins
    assert {one.status for one in registry(app).plugins.values()} == {discovery.RUNNING}
    assert {url: code for url, code in codes.items() if code != 0} == {}
    with app.app_context():
        who = customers.find(walk.NAME)[0].id
        customers.change(who, {"place": "Multan"})


def test_an_installed_plugin_takes_the_place_of_the_shipped_one(data_dir, start):
    newer = data_dir / "plugins" / BUNDLED[0]
    shutil.copytree(shipped("plugins") / BUNDLED[0], newer, ignore=shutil.ignore_patterns("__pycache__"))

    plugin = registry(start()).plugins[BUNDLED[0]]

    assert (plugin.status, plugin.shipped, plugin.folder) == (discovery.RUNNING, False, newer)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"plugins": 5}', '{"plugins": {"works": 5}}', '{"plugins": {"works": {"wish": "on"}}}', "\x00"],
)
def test_a_damaged_state_file_never_stops_a_start(data_dir, start, content):
    (data_dir / "plugins" / "state.json").write_text(content, "utf-8")

    assert registry(start("works")).plugins["works"].status == discovery.RUNNING


def test_stray_files_among_the_plugins_do_no_harm(data_dir, start):
    (data_dir / "plugins" / "notes.txt").write_text("x", "utf-8")
    (data_dir / "plugins" / ".hidden").mkdir()
    (data_dir / "plugins" / "empty").mkdir()

    plugins = registry(start("works")).plugins

    assert plugins["works"].status == discovery.RUNNING
    assert plugins["empty"].status == discovery.UNREADABLE
    assert {"notes.txt", ".hidden"} & plugins.keys() == set()


def test_two_apps_in_one_process_keep_their_plugins_apart(data_dir, tmp_path, start):
    other_data = tmp_path / "other"
    shutil.copytree(data_dir, other_data)
    first = start("works")
    second = open_app(other_data)
    try:
        assert "works" in registry(first).running
        assert "works" not in registry(second).plugins
        assert through_the_door(second).get("/plugins/works/").status_code == 404
        assert through_the_door(first).get("/plugins/works/").status_code == 200
    finally:
        close(second)
