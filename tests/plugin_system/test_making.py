"""`plugin new` makes a plugin with which nothing is wrong, and refuses what could not become one."""

import pytest

from loyalapp.plugin_system import advice, borrowing, making
from loyalapp.plugin_system.making import make
from loyalapp.plugin_system.manifest import read_manifest

NAMES = {"en": "Seeds’ diary", "ur": "بیجوں کی ڈائری", "hi": "बीजों की डायरी"}


def test_nothing_is_to_be_mended_in_a_new_plugin(tmp_path):
    folder = make(tmp_path, "seeds", NAMES, "Meera Joshi")
    manifest = read_manifest(folder)

    assert (manifest.name, manifest.author) == (NAMES, "Meera Joshi")
    assert borrowing.faults(folder, "seeds", set(manifest.access)) == []
    assert advice.advice(folder, manifest) == []
    assert not [one for one in folder.rglob("*") if one.is_file() and "$" in one.read_text("utf-8")]
    assert (folder / "tests" / "test_seeds.py").is_file()


def test_a_folder_that_is_there_stays_as_it_is(tmp_path):
    (tmp_path / "seeds").mkdir()

    with pytest.raises(FileExistsError):
        make(tmp_path, "seeds", NAMES, "Meera Joshi")
    assert list((tmp_path / "seeds").iterdir()) == []


@pytest.mark.parametrize("plugin_id", ["ab", "Seeds", "9lives", "see ds", "customers", "reviews", "static", "install"])
def test_an_id_that_nobody_may_have_is_refused(tmp_path, plugin_id):
    with pytest.raises(ValueError, match=r"the id is|is taken by LoyalApp"):
        make(tmp_path, plugin_id, NAMES, "Meera Joshi")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "  ", 'The "best"', "100 %", "{{ x }}", "a\\b", "<b>", "x" * 61, "$id"])
def test_a_name_that_would_break_a_file_is_refused(tmp_path, name):
    for names, author in (({**NAMES, "hi": name}, "Meera Joshi"), (NAMES, name)):
        with pytest.raises(ValueError, match="a name has"):
            make(tmp_path, "seeds", names, author)
    assert list(tmp_path.iterdir()) == []


def test_every_file_of_the_skeleton_is_used():
    there = {one.relative_to(making.SKELETON).as_posix() for one in making.SKELETON.rglob("*") if one.is_file()}

    assert all(one.endswith(".txt") for one in there)
    assert {f"{one}.txt" for one in making.PLACES} <= there
