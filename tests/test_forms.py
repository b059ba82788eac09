"""Every form of every page, filled with hostile words: never a fault, and what was stored is shown as text."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask, url_for

from tests.conftest import close, filled_app, through_the_door
from tests.markup import Form, Page, is_page
from tests.walk import addresses, speak, token_of

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
LATIN = re.compile("[A-Za-z]")
TYPED = {*re.findall("[A-Za-z]+", " ".join(HOSTILE)), "ED", "BD"}  # also as half a letter is shown
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
            speak(browser, "ur")
            data = {name: value.encode("utf-8", "surrogatepass") for name, value in sent(form, word).items()}
            answer = browser.post(form.action, data=data, buffered=True)
            if (
                answer.status_code >= 500
                or b"<svg/onload" in answer.data
                or "x=1" in str(answer.headers.getlist("Set-Cookie"))
            ):
                wrong.append(f"{page} -> {form.action}: {answer.status_code} for {word[:20]!r}")
            if not LATIN.search(word) and (english := set(stray_english(answer)) - TYPED):
                wrong.append(f"{page} -> {form.action} says {english} to {word[:20]!r}")
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
    """A POST with nothing but its token, on every address; what is wrong is said in the reader's language."""
    browser = through_the_door(book)
    data, answers = {"csrf_token": token_of(browser)}, {}
    for _rule, url in addresses(book, "POST"):
        if "/stop" not in url:
            speak(browser, "hi")  # each time, since whoever sits down reads a language of their own
            answers[url] = browser.post(url, data=data, buffered=True)

    assert {url: one.status_code for url, one in answers.items() if one.status_code >= 500} == {}
    assert {url: english for url, one in answers.items() if (english := stray_english(one))} == {}


@pytest.mark.parametrize("language", ["ur", "hi"])
def test_what_goes_wrong_is_said_in_the_readers_language(client, app, language):
    """Nowhere, not like that, from an old page, too much, and a fault of ours."""
    app.config["PROPAGATE_BUGS"] = False
    app.config["MAX_CONTENT_LENGTH"] = 100_000
    app.view_functions["today.show"] = lambda: 1 // 0
    speak(client, language)
    answers = [
        client.get("/nowhere"),
        client.post("/healthz", data={"csrf_token": token_of(client)}),
        client.post("/customers/new", data={"name": "x"}),
        client.post("/customers/new", data={"csrf_token": token_of(client), "notes": "x" * 200_000}),
        client.get("/"),
        client.get("/customers/999999"),
    ]

    assert [one.status_code for one in answers] == [404, 405, 400, 413, 500, 404]
    assert [stray_english(one) for one in answers] == [[]] * len(answers)


def stray_english(answer) -> list[str]:
    """The English words of what was answered, be it a page or a refusal; none in what is no page."""
    is_html = answer.mimetype == "text/html" and answer.status_code not in range(300, 400)
    return Page(answer.get_data(as_text=True)).stray_english() if is_html else []


def test_forms_stand_on_their_own_addresses(book):
    """No form leads to an address that takes no POST."""
    browser = through_the_door(book)
    adapter = book.url_map.bind("localhost")
    with book.test_request_context():
        assert url_for("today.show") == "/"
    assert [
        form.action for _page, form in forms(book, browser) if not adapter.test(form.action.split("?")[0], "POST")
    ] == []
