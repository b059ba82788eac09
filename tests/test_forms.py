"""Every form of every page, filled with hostile words: never a fault, and what was stored is shown as text."""

from collections.abc import Iterator

import pytest
from flask import Flask, url_for

from tests.conftest import close, filled_app, through_the_door
from tests.markup import Form, Page, is_page
from tests.walk import addresses, token_of

MARKUP = "\"'><svg/onload=alert(1)><script>alert(1)</script>"
# The first is kept by most forms and then shown everywhere; the others are mostly refused.
HOSTILE = (
    MARKUP,
    "\x00\x07\ud83d\u202e\u2066 abc\r\nSet-Cookie: x=1",
    "9" * 400,
    "-1",
    "%(name)s %s {{7*7}} ${7*7}",
    "x" * 25_000,
    "۹۹/۹۹/۹۹۹۹",
    "",
)
KEPT = {"csrf_token", "version"}
LAST = ("remove", "off", "stop", "restart", "examples", "desk/hide")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow])])
def book(request, tmp_path) -> Iterator[Flask]:
    """An app with an example of everything for each test, which it may spoil."""
    app = filled_app(request, tmp_path / "data")
    yield app
    close(app)


def forms(app, browser) -> list[tuple[str, Form]]:
    """Every form that changes something, with the page it stands on; each action once for each set of fields."""
    found: dict[tuple, tuple[str, Form]] = {}
    for _rule, url in addresses(app):
        answer = browser.get(url, buffered=True)
        if is_page(answer):
            for form in Page(answer.get_data(as_text=True)).forms:
                if form.method.lower() == "post":
                    form.action = form.action or url
                    found.setdefault((form.action, *sorted(form.fields)), (url, form))
    return sorted(found.values(), key=lambda one: any(word in one[1].action for word in LAST))


def sent(form: Form, word: str) -> dict[str, str]:
    return {name: value if name in KEPT else word for name, value in form.fields.items()}


@pytest.mark.slow
def test_hostile_words_in_every_form(book):
    browser = through_the_door(book)
    wrong = []
    everything = forms(book, browser)
    for word in HOSTILE:
        for page, form in everything:
            data = {name: value.encode("utf-8", "surrogatepass") for name, value in sent(form, word).items()}
            answer = browser.post(form.action, data=data, buffered=True)
            if (
                answer.status_code >= 500
                or b"<svg/onload" in answer.data
                or "x=1" in str(answer.headers.getlist("Set-Cookie"))
            ):
                wrong.append(f"{page} -> {form.action}: {answer.status_code} for {word[:20]!r}")
    shown = [url for _rule, url in addresses(book) if b"<svg/onload" in browser.get(url, buffered=True).data]

    assert (wrong, shown) == ([], [])


@pytest.mark.slow
def test_one_hostile_word_at_a_time(book):
    """The rest as the page offers it, so that the word comes as far as the database."""
    browser = through_the_door(book)
    wrong = []
    for page, form in forms(book, browser):
        if any(word in form.action for word in LAST):
            continue
        for name in form.fields.keys() - KEPT:
            for word in (MARKUP, "\x00abc", "9" * 20, "x" * 25_000):
                answer = browser.post(form.action, data={**form.fields, name: word}, buffered=True)
                if answer.status_code >= 500 or b"<svg/onload" in answer.data:
                    wrong.append(f"{page} -> {form.action} {name}: {answer.status_code} for {word[:20]!r}")
    broken = [
        url
        for _rule, url in addresses(book)
        if (code := browser.get(url, buffered=True).status_code) >= 500 or not code
    ]

    assert (wrong, broken) == ([], [])


def test_addresses_that_take_posts_know_what_to_do_without_a_word(book):
    """A POST with nothing but its token, on every address."""
    browser = through_the_door(book)
    data = {"csrf_token": token_of(browser)}
    codes = {
        url: browser.post(url, data=data, buffered=True).status_code
        for _rule, url in addresses(book, "POST")
        if "/stop" not in url
    }

    assert {url: code for url, code in codes.items() if code >= 500} == {}


def test_forms_stand_on_their_own_addresses(book):
    """No form leads to an address that takes no POST."""
    browser = through_the_door(book)
    adapter = book.url_map.bind("localhost")
    with book.test_request_context():
        assert url_for("today.show") == "/"
    assert [
        form.action for _page, form in forms(book, browser) if not adapter.test(form.action.split("?")[0], "POST")
    ] == []
