"""The health check tells the truth about a sound installation and about a damaged one."""

from loyalapp.features.help import checks
from loyalapp.plugin_system.calls import registry


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
