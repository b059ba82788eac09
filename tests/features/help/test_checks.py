"""The health check tells the truth about a sound installation and about a damaged one."""

import os
import time

from loyalapp.core import clock
from loyalapp.core.logs import log
from loyalapp.features.customers import service as customers
from loyalapp.features.help import checks
from loyalapp.plugin_system.calls import ask, registry
from tests.conftest import close, open_app


def test_sound_installation_has_only_good_findings(any_app):
    with any_app.app_context():
        found = checks.findings()

    assert [one for one in found if not one.is_good] == []
    assert {"plugin issues", "plugin reviews", "plugin greetings", "plugin value", "fonts"} <= {
        one.what for one in found
    }


def test_plugin_that_failed_is_named(app):
    with app.app_context():
        registry().plugins["value"].status = "failed"

        bad = [one.what for one in checks.findings() if not one.is_good]

    assert bad == ["plugin value"]


def test_a_clock_that_went_back_is_named_and_one_that_is_right_is_not(app):
    with app.test_request_context():
        assert checks.written_in_the_future() is None
        assert ask("today_notices", day=clock.today()) == []
        file = app.extensions["loyalapp.data"].database
        later = time.time() + 365 * 24 * 3600  # as it looks to a clock that went back by a year
        os.utime(file, (later, later))
        bad = [one for one in checks.about_program() if not one.is_good]
        (told,) = ask("today_notices", day=clock.today())

    assert [one.what for one in bad] == ["clock"]
    assert "the clock went back" in bad[0].answer
    assert "Set the clock right" in told.text


def test_data_in_a_folder_of_the_cloud_is_said_on_today_and_by_the_check(data_dir, tmp_path):
    app = open_app(data_dir.rename(tmp_path / "OneDrive"))
    with app.test_request_context():
        (told,) = ask("today_notices", day=clock.today())
        bad = [one.what for one in checks.findings() if not one.is_good]
    close(app)

    assert "OneDrive" in told.text
    assert (told.url, bad) == ("/backups/moving", ["data folder"])


def test_the_report_says_how_the_program_fares_and_nothing_of_customers(client, app):
    with app.app_context():
        customers.add({"name": "Rubina Secret"})
        log.warning("Rubina is not named, 0300 7654321 is not told")

    page = client.get("/help/report").get_data(as_text=True)

    assert "LoyalApp" in page
    assert "ok  plugin issues: running" in page
    assert "disk use" in page
    assert "0300" not in page
    assert "Secret" not in page
