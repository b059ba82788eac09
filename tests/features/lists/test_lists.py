"""The list: in the order of the interface's alphabet, filtered, kept under a name, paged in both directions."""

from urllib.parse import parse_qsl

import pytest

from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import in_language
from loyalapp.features.customers import letters
from loyalapp.features.customers import service as customers
from loyalapp.features.lists import service
from loyalapp.features.lists.filters import Filters
from loyalapp.features.staff import service as staff

NAMES = ["Bilal", "आशा", "یاسر", "Amna", "राम", "آمنہ", "زید", "٭", "Zara", "इमरान"]


def everybody(filters: Filters, size: int = 3) -> list[str]:
    """The names on all pages, walked through by next; and each page is the same on the way back."""
    pages = [service.page(filters, size=size)]
    while pages[-1].after:
        pages.append(service.page(filters, after=pages[-1].after, size=size))
    for number in range(len(pages) - 1, 0, -1):
        back = service.page(filters, before=pages[number].before, size=size)
        assert [row.id for row in back.rows] == [row.id for row in pages[number - 1].rows]
    return [row.name for page in pages for row in page.rows]


FIRST = {"ur": ["آمنہ", "زید", "یاسر"], "hi": ["आशा", "इमरान", "राम"], "en": ["Amna", "Bilal", "Zara"]}


def test_names_in_the_script_of_the_interface_come_first_and_all_come_once(any_app):
    found = {}
    with any_app.app_context():
        for name in NAMES:
            customers.add({"name": name})

        for language in FIRST:
            with in_language(language):
                found[language] = everybody(Filters())

    assert {language: names[:3] for language, names in found.items()} == FIRST
    assert all(sorted(names) == sorted(NAMES) for names in found.values())


FILTERS = {
    "place=Lahore": ["Imran"],
    "place=لاہور": ["Imran"],
    "trade=Cloth": ["Imran"],
    "kind=firm": ["Imran"],
    "size=small": ["Imran"],
    "tag=WHOLESALE": ["Imran"],
    "salesman=1": ["Imran"],
    "q=عمران": ["Imran"],
    "salesman=none": ["Bilal"],
    "stage=prospect": ["Bilal"],
    "stage=not_ours": ["Aunt Rubina"],
    "place=Lahore&stage=prospect": [],
    "": ["Bilal", "Imran"],
}


def test_every_filter_leaves_out_whom_it_should(any_app):
    with any_app.app_context():
        about = {"place": "Lahore", "trade": "Cloth", "kind": "firm", "size": "small", "tags": ["Wholesale"]}
        customers.add({"name": "Imran", "salesman_id": staff.add("Sana"), **about})
        customers.add({"name": "Bilal", "place": "Multan", "stage": "prospect"})
        customers.add({"name": "Aunt Rubina", "stage": "not_ours"})
        asked = {words: Filters.read(dict(parse_qsl(words))) for words in FILTERS}

        found = {words: [row.name for row in service.page(one).rows] for words, one in asked.items()}
        counted = {words: service.count(one) for words, one in asked.items()}
        ids = {words: len(service.everybody_on(one)) for words, one in asked.items()}

    assert found == FILTERS
    assert counted == ids == {words: len(names) for words, names in FILTERS.items()}


def test_the_newest_come_first_where_that_is_asked(any_app):
    with any_app.app_context():
        for name in ("First", "Second", "Third", "Fourth"):
            customers.add({"name": name})

        found = everybody(Filters(sort="new"))

    assert found == ["Fourth", "Third", "Second", "First"]


@pytest.mark.parametrize(
    "words",
    [
        {"stage": "saint"},
        {"size": "huge"},
        {"salesman": "1; DROP"},
        {"salesman": "9" * 40},
        {"faith": "any"},
        {"sort": "x"},
    ],
)
def test_a_filter_that_makes_no_sense_leaves_nobody_out(words):
    assert Filters.read(words) == Filters()


def test_a_cursor_that_is_none_of_ours_is_told(app):
    with app.test_request_context():
        for cursor in ("x", "1", "~", "99999999999~a", "1~a\0b"):
            with pytest.raises(NotFound):
                service.page(Filters(), after=cursor)


def test_a_list_is_kept_under_a_name_found_again_and_removed(any_app):
    with any_app.app_context():
        made = service.save("Cloth in Lahore", Filters(place="Lahore", trade="Cloth"))

        kept = service.saved()
        assert [(one.name, Filters.read(one.filters)) for one in kept] == [
            ("Cloth in Lahore", Filters(place="Lahore", trade="Cloth"))
        ]

        service.forget(made)
        assert not service.saved()
        with pytest.raises(NotFound):
            service.forget(made)


def test_a_list_without_a_name_or_a_choice_or_with_a_taken_name_is_refused(any_app):
    with any_app.app_context():
        service.save("Lahore", Filters(place="Lahore"))

        for name, filters in {"": Filters(place="Lahore"), "All": Filters(), "lahore": Filters(place="Lahore")}.items():
            with pytest.raises(LoyalAppError):
                service.save(name, filters)
        assert [one.name for one in service.saved()] == ["Lahore"]


NAMES_OF_LETTERS = "یاسر بھٹی ھما ہما پھول بیگم بلال آمنہ अनीता अमन ख़ान Bilal Ali amna Colony 7-Up 山田 ٭"
LETTERS = {
    "ur": ["آ", "ب", "بھ", "پھ", "ہ", "ی", "अ", "ख", "#", "A", "B", "C", ""],
    "hi": ["अ", "ख", "آ", "ب", "بھ", "پھ", "ہ", "ی", "#", "A", "B", "C", ""],
    "en": ["#", "A", "B", "C", "آ", "ب", "بھ", "پھ", "ہ", "ی", "अ", "ख", ""],
}


def test_the_index_holds_each_first_letter_once_and_leads_to_its_names(any_app):
    with any_app.app_context():
        for name in NAMES_OF_LETTERS.split():
            customers.add({"name": name})
        for language, wanted in LETTERS.items():
            with in_language(language):
                found = [one for script in letters.index() for one in script]
                everybody = [row.name for row in service.page(Filters(), size=99).rows]
                pages = {one.letter: service.page(Filters(), after=one.mark, size=99) for one in found}

            assert [one.letter for one in found] == wanted
            assert [row.name for row in pages["بھ"].rows] == everybody[everybody.index("بھٹی") :]
            assert [letter for letter in pages if pages[letter].before is None] == wanted[:1]
            with in_language(language):
                before = service.page(Filters(), before=pages["B"].before, size=99)
            assert [row.name for row in before.rows] == everybody[: everybody.index("Bilal")]
