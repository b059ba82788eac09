"""A plugin under development is used from its maker's folder in one run, whatever was wished, and leaves no trace."""

import pytest

from loyalapp.plugin_system import discovery, loading, state
from loyalapp.plugin_system.calls import registry, tell
from loyalapp.plugin_system.state import States
from loyalapp.testing import Desk
from tests.conftest import close, open_app
from tests.plugin_system.parcels import CODE, PAGE, folder

BREAKING = '\n\n@hookimpl\ndef today_entry_was_finished(key):\n    raise RuntimeError("no good")\n'


@pytest.fixture
def linked(data_dir, tmp_path):
    opened = []

    def start(place=None, **options):
        for one in opened:
            close(one)
        loading._forget("stock")  # a real start is a new process
        opened.append(open_app(data_dir, under_development=place, **options))
        return opened[-1]

    start.place = folder(tmp_path / "source")
    yield start
    for one in opened:
        close(one)


def states_of(data_dir):
    return States.read(data_dir / "plugins" / "state.json").plugins


def test_it_runs_from_its_folder_and_is_gone_afterwards(linked, data_dir):
    app = linked(linked.place)
    plugin = registry(app).plugins["stock"]
    assert (plugin.status, plugin.is_linked, plugin.folder) == (discovery.RUNNING, True, linked.place)
    desk = Desk(app)
    assert desk.read("/plugins/stock/") == "hello of 1.0.0"
    page = desk.read("/plugins/")
    assert "Under development" in page
    assert "/plugins/stock/off" not in page

    assert "stock" not in registry(linked()).plugins
    assert "stock" not in states_of(data_dir)


def test_an_installed_one_of_the_same_name_keeps_its_place_and_its_wish(linked, data_dir):
    folder(data_dir / "plugins", version="0.9.0")
    states = States.read(data_dir / "plugins" / "state.json")
    states.set_wish("stock", state.OFF)

    assert Desk(linked(linked.place)).read("/plugins/stock/") == "hello of 1.0.0"
    plugin = registry(linked()).plugins["stock"]
    assert (plugin.status, plugin.manifest.version) == (discovery.OFF, "0.9.0")


def test_what_is_paused_is_paused_for_this_run_only(linked, data_dir):
    (linked.place / "plugin.py").write_text((CODE + PAGE).format(id="stock", version="1.0.0") + BREAKING, "utf-8")
    app = linked(linked.place)
    for _time in range(3):
        with app.app_context():
            tell("today_entry_was_finished", key="x", customer_id=1)
    assert registry(app).plugins["stock"].status == discovery.PAUSED
    assert "stock" not in states_of(data_dir)

    assert registry(linked(linked.place)).plugins["stock"].status == discovery.RUNNING


def test_one_that_does_not_start_is_said_with_its_place(linked):
    (linked.place / "plugin.py").write_text('"""Bad."""\n\nraise KeyError("x")\n', "utf-8")

    plugin = registry(linked(linked.place)).plugins["stock"]
    assert (plugin.status, plugin.details) == (discovery.FAILED, "KeyError: 'x' (plugin.py, line 3)")


def test_in_safe_mode_it_rests(linked):
    assert registry(linked(linked.place, safe_mode=True)).plugins["stock"].status == discovery.SAFE_MODE
