"""What `plugin check` says besides: nothing of it stops an installation, and all of it names its place."""

from loyalapp import sdk
from loyalapp.plugin_system.advice import HOOKS, advice
from loyalapp.plugin_system.manifest import read_manifest
from tests.plugin_system.parcels import add_migration, folder


def said(place) -> list[str]:
    return advice(place, read_manifest(place))


def test_a_hook_that_nobody_will_call(tmp_path):
    place = folder(tmp_path)
    (place / "plugin.py").write_text('"""X."""\n\n\ndef today_entries(day):\n    return []\n', "utf-8")

    assert said(place) == ["plugin.py, line 4: today_entries is a hook, but has no @hookimpl: it is never called"]
    assert "pages" in HOOKS


def test_a_migration_without_a_way_back(tmp_path):
    place = folder(tmp_path)
    add_migration(place, "2026_11_21_first", None, "pass")
    assert said(place) == []

    file = place / "migrations" / "versions" / "2026_11_21_first.py"
    file.write_text(file.read_text("utf-8").replace("downgrade", "go_back"), "utf-8")
    assert [one.partition(": ")[0] for one in said(place)] == ["migrations/versions/2026_11_21_first.py, line 1"]


def test_a_reason_that_lacks_a_language(tmp_path):
    place = folder(tmp_path, tables='[access.files]\nen = "Writes one."\nur = " "')

    assert said(place) == ["plugin.toml: [access.files] says nothing in ur, hi"]


def test_words_that_are_not_translated(tmp_path):
    place = folder(tmp_path)
    (place / "plugin.py").write_text('"""X."""\n\nfrom loyalapp import sdk\n\n_ = sdk.texts("stock")\n_("Rice")\n')

    assert said(place) == ["stock ur: 'Rice' is not translated", "stock hi: 'Rice' is not translated"]


def test_a_name_of_the_sdk_on_its_way_out(tmp_path, monkeypatch):
    monkeypatch.setitem(sdk.LEAVING, "clients", ("customers", "2.0"))
    place = folder(tmp_path)
    (place / "plugin.py").write_text('"""X."""\n\nfrom loyalapp.sdk import clients\n', "utf-8")

    assert said(place) == ["plugin.py, line 3: sdk.clients is gone in API 2.0; use sdk.customers"]
