"""One typed letter finds names in every script that begin with its sound, in turns, and page by page."""

import pytest

from loyalapp.features.customers import first_letters
from loyalapp.features.customers import service as customers

NAMES = ("Kamran", "Karim", "کاشف", "खुर्शीद", "कविता", "Rohit", "روبینہ", "رفیق")


@pytest.mark.parametrize(
    ("letter", "some"), [("k", "کقخकख"), ("ک", "kcक"), ("ख", "kک"), ("z", "زज"), ("ش", "sस"), ("a", "اعअआ")]
)
def test_letters_of_the_other_scripts_that_may_stand_for_one(letter, some):
    assert set(some) <= set(first_letters.others(letter))
    assert letter not in first_letters.others(letter)


def test_what_is_no_letter_of_ours_stands_for_nothing_else():
    assert first_letters.others("ж") == first_letters.others("7") == ()


def test_each_letter_finds_its_sound_in_three_scripts_its_own_first(any_app):
    with any_app.app_context():
        for name in NAMES:
            customers.add({"name": name})
        for letter, first in (("k", "Kamran"), ("ک", "کاشف"), ("क", "कविता")):
            found = [one.name for one in customers.suggest(letter, 8)]
            assert (found[0], set(found) - {"खुर्शीद"}) == (first, {"Kamran", "Karim", "کاشف", "कविता"}), letter
        assert {one.name for one in customers.suggest("r", 3)} == {"Rohit", "روبینہ", "رفیق"}


def test_pages_of_a_letter_tell_everybody_once(any_app):
    with any_app.app_context():
        for name in NAMES:
            customers.add({"name": name})
        pages = [customers.look_up("k", 2, start) for start in (0, 2, 4)]
        told = [row.name for page in pages for row in page.rows]
        assert sorted(told) == sorted({"Kamran", "Karim", "کاشف", "खुर्शीद", "कविता"})
        assert pages[0].total == 5
