"""A name in the other two scripts: known ones as people write them, others by their letters, and nothing by force."""

import pytest

from loyalapp.core.textkeys import norm
from loyalapp.features.spellings import service
from loyalapp.features.spellings.known_names import entries
from loyalapp.features.spellings.service import proposed
from tests.markup import Page

# Not in the table: what their letters make of them.
BY_LETTERS = {
    "Gulzar": ("گلزار", "गुलज़ार"),
    "Nargis": ("نرگس", "नर्गिस"),
    "Jaswinder": ("جسوندر", "जसविंदर"),
    "Tabassum": ("تبسم", "तबस्सुम"),
    "Shabnam": ("شبنم", "शबनम"),
}


def test_every_known_name_is_proposed_from_each_of_its_scripts():
    same: dict[str, set[str]] = {}  # two names may be spelt alike in one script
    for english, urdu, hindi in entries():
        spelt = {norm(one) for one in (*english, urdu, hindi)}
        for one in spelt:
            same.setdefault(one, set()).update(spelt)

    for english, urdu, hindi in entries():
        for one in (*english, urdu, hindi):
            found = proposed(one)
            assert len(found) == 2, one
            assert {norm(said) for said in found.values()} <= same[norm(one)], one


@pytest.mark.parametrize("written", ["Aayesha", "Aisha", "Ayisha", "AYESHA", "آئشہ", "आइशा"])
def test_another_spelling_is_known_by_its_sound(written):
    found = proposed(written)

    assert found.get("ur", "عائشہ") == "عائشہ"
    assert found.get("hi", "आयशा") == "आयशा"


@pytest.mark.parametrize("written", BY_LETTERS)
def test_a_name_nobody_told_us_is_made_of_its_letters(written):
    found = proposed(written)

    assert (found["ur"], found["hi"]) == BY_LETTERS[written]


@pytest.mark.parametrize(
    ("written", "script", "spelt"),
    [
        ("Abdul Rahman Khan", "ur", "عبدالرحمٰن خان"),
        ("عبدالرحمٰن", "en", "Abdul Rahman"),
        ("عبداللہ", "en", "Abdullah"),
        ("Al-Noor & Sons (3M)", "hi", "अल-नूर & संस (3M)"),
        ("इरशाद भरत", "en", "Irshad Bharat"),
        ("फ़ज़ल", "en", "Fazal"),
        ("نذیر گلزار", "hi", "नज़ीर गलज़ार"),
    ],
)
def test_words_signs_and_figures_keep_their_place(written, script, spelt):
    assert proposed(written)[script] == spelt


@pytest.mark.parametrize("nothing", ["", "  ", "0300 1234567", "!!!", "x" * (service.LONGEST + 1)])
def test_nothing_is_proposed_where_there_is_no_name(nothing):
    assert proposed(nothing) == {}


@pytest.mark.parametrize("odd", ["ّ", "ا", "्", "़क", "़", "ंं", "'", "q-", "ﷺ", "किं्", "یییی", "ءءء", "Þórr", "李小龍 Li"])
def test_odd_letters_do_no_harm(odd):
    assert all(isinstance(one, str) for one in proposed(odd).values())


def test_form_gets_only_what_is_lacking_and_what_was_typed_is_escaped(client):
    page = client.get("/spellings/?name=Ayesha&name_hi=आएशा").get_data(as_text=True)
    assert 'data-put="name_ur" value="عائشہ"' in page
    assert "name_hi" not in page

    page = client.get("/spellings/?name=<script>Ali").get_data(as_text=True)
    assert "<script>" not in page


def test_fields_for_one_language_have_its_letters_and_direction(client):
    boxes = {
        one["id"]: one for one in Page(client.get("/customers/new").get_data(as_text=True)).all("input") if "id" in one
    }

    assert [(boxes[f"name_{one}"]["lang"], boxes[f"name_{one}"]["dir"]) for one in ("ur", "hi", "en")] == [
        ("ur", "rtl"),
        ("hi", "ltr"),
        ("en", "ltr"),
    ]
    assert boxes["name"]["dir"] == "auto"
