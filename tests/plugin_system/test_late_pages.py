"""Pages of a plugin with many modules: none is loaded before one of its pages is asked for."""

import sys

import pytest

from loyalapp.plugin_system.calls import registry
from tests.conftest import through_the_door
from tests.plugin_system.conftest import ZOO

PLUGIN = '''"""Pages that wait."""
from loyalapp import sdk
from loyalapp.sdk import hookimpl

@hookimpl
def pages():
    return sdk.late_pages("many", "views")
'''
VIEWS = '''"""One of many."""
from loyalapp import sdk

pages = sdk.blueprint("many")


@pages.get("/")
@sdk.private_page
def show():
    return sdk.Response("one of many")
'''


@pytest.fixture
def begun(start, data_dir):
    """The app with a plugin whose pages wait, and it."""

    def begin(views: str):
        home = data_dir / "plugins" / "many"
        home.mkdir(parents=True)
        manifest = (ZOO / "works" / "plugin.toml").read_text("utf-8")
        (home / "plugin.toml").write_text(manifest.replace('"works"', '"many"'), "utf-8")
        (home / "plugin.py").write_text(PLUGIN, "utf-8")
        (home / "views.py").write_text(views, "utf-8")
        app = start()
        return app, registry(app).plugins["many"]

    return begin


def test_they_are_loaded_with_the_first_page_and_marked_before(begun):
    app, _plugin = begun(VIEWS)

    assert app.view_functions["many.show"].is_private
    assert "plugins.many.views" not in sys.modules
    assert through_the_door(app).get("/plugins/many/").text == "one of many"
    assert "plugins.many.views" in sys.modules


def test_a_module_that_fails_costs_its_own_pages_alone(begun):
    app, plugin = begun(VIEWS + "\n\nraise KeyError('words')\n")
    browser = through_the_door(app)

    assert "did not work" in browser.get("/plugins/many/").text
    assert (plugin.status, browser.get("/customers/").status_code) == ("running", 200)


@pytest.mark.parametrize(
    "more",
    ["@pages.before_request\ndef step():\n    pass\n", "@pages.get('/b')\n@cached\ndef b():\n    pass\n", "print()\n"],
)
def test_a_module_that_does_more_than_answer_addresses_cannot_wait(begun, more):
    _app, plugin = begun(f"{VIEWS}\n\n{more}")

    assert plugin.status == "failed"
    assert "the pages of views.py cannot wait" in plugin.details
