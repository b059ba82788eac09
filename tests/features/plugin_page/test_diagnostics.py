"""Behind the scenes of the plugins: what was asked, how long it took, what failed, and how much room it takes."""

import re
import shutil

from loyalapp.core.db import only_reading
from loyalapp.features.plugin_page import diagnostics
from loyalapp.plugin_system.calls import ask, registry
from tests.conftest import through_the_door
from tests.plugin_system.test_calls import plug_in


def of(app, plugin_id):
    with app.test_request_context(), only_reading():
        return next(one for one in diagnostics.all_findings("en") if one.plugin.id == plugin_id)


def test_every_call_and_every_failure_is_counted(any_app):
    def failing():
        raise RuntimeError("always")

    plug_in(any_app, "bad", help_topics=failing, quick_actions=lambda: None)
    with any_app.app_context(), only_reading():
        for _turn in range(2):
            ask("help_topics")
    found = of(any_app, "bad")

    assert [(one.what, one.calls, one.failures) for one in found.asked] == [("help_topics", 2, 2)]
    assert found.asked[0].slowest >= found.asked[0].average >= 1
    assert found.never_asked == ["quick_actions"]
    assert [call.what for call, _took in found.newest] == ["help_topics"] * 2


def test_its_tables_are_counted_and_its_folder_weighed(any_app):
    found = of(any_app, "issues")

    assert {"plg_issues_problem", "plg_issues_version"} <= {name for name, _rows in found.tables}
    assert dict(found.tables)["plg_issues_version"] == 1
    assert found.size > 10_000
    assert found.load > 0


def test_the_page_stands_for_plugins_that_were_paused_and_those_without_a_folder(app, tmp_path):
    plugin = registry(app).plugins["value"]
    registry(app).pause(plugin, "nav_links")
    gone = registry(app).plugins["greetings"]
    gone.folder = tmp_path / "gone"
    shutil.rmtree(gone.folder, ignore_errors=True)
    browser = through_the_door(app)
    page = browser.get("/plugins/details").get_data(as_text=True)

    assert "It is not running, so that nothing was asked of it." in re.sub(r"<[^>]+>", "", page)
    assert "plg_value_voice" in page
    assert 'href="/plugins/details"' in browser.get("/plugins/").get_data(as_text=True)
