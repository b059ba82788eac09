"""The two examples: taken in as a user takes them in, and seen in three languages."""

from pathlib import Path

import pytest

from loyalapp.plugin_system import advice, borrowing
from loyalapp.plugin_system.manifest import read_manifest
from tests.plugins.arriving import arrived

EXAMPLES = Path(__file__).with_name("examples")
IDS = sorted(one.parent.name for one in EXAMPLES.glob("*/plugin.toml"))


@pytest.mark.slow
@pytest.mark.parametrize("name", IDS)
def test_installed_from_its_file_it_speaks_every_language(data_dir, tmp_path, name):
    with arrived(data_dir, EXAMPLES / name, tmp_path) as desk:
        for language in ("en", "ur", "hi"):
            desk.speak(language)
            page = desk.read(f"/plugins/{name}/")
            assert read_manifest(EXAMPLES / name).name[language] in page
            assert desk.stray_english(f"/plugins/{name}/") == []


@pytest.mark.parametrize("name", IDS)
def test_nothing_is_to_be_mended(name):
    folder = EXAMPLES / name

    assert borrowing.faults(folder, name, set(read_manifest(folder).access)) == []
    assert advice.advice(folder, read_manifest(folder)) == []


def test_what_was_brought_along_has_its_licence_and_its_version():
    vendor = EXAMPLES / "closing_time" / "vendor"
    brought = [one.name for one in vendor.iterdir() if one.is_dir() and one.name != "__pycache__"]

    assert brought == ["flask_healthz"]
    assert "BSD 3-Clause" in (vendor / "flask_healthz" / "LICENSE").read_text("utf-8")
    assert "`flask_healthz` | 1.0.1" in (vendor / "README.md").read_text("utf-8")
