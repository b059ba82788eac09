"""Every form of every page, filled with what cannot be: whatever is wrong with it is said on the page that comes."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from loyalapp.web.forms import Form
from loyalapp.web.rows import FORM_WORDS, OURS
from tests.conftest import through_the_door
from tests.markup import Page
from tests.test_forms import KEPT, LAST, book, forms  # noqa: F401 -- a fixture
from tests.walk import speak, token_of

TOO_LONG = "x" * 25_000
WHICH = ("valued", "only")  # says in a hidden field which of two forms was sent


def flat(errors: Any) -> Iterator[str]:
    """The sentences of a form, of the lines of its lists too."""
    if isinstance(errors, dict):
        errors = errors.values()
    elif isinstance(errors, str) or not isinstance(errors, (list, tuple)):
        yield str(errors)
        return
    for one in errors:
        yield from flat(one)


@pytest.mark.slow
@pytest.mark.parametrize("word", ["", TOO_LONG], ids=["nothing", "too long"])
def test_whatever_is_wrong_with_a_form_is_said_on_its_page(book, monkeypatch, word):  # noqa: F811 -- the fixture itself
    browser = through_the_door(book)
    unsaid: list[tuple[str, str]] = []
    as_it_is = Form.page

    def looked_through(form: Form, template: str, **values: Any) -> tuple[str, int]:
        page, status = as_it_is(form, template, **values)
        shown = html.unescape(str(page))
        for sentence, count in Counter(flat(form.errors)).items():
            if shown.count(sentence.split("\u2068")[0]) < count:
                unsaid.append((template, sentence))
        return page, status

    monkeypatch.setattr(Form, "page", looked_through)
    for _page, form in forms(book, browser):
        if not any(one in form.action for one in LAST):
            data = {name: value if name in KEPT or value in WHICH else word for name, value in form.fields.items()}
            browser.post(form.action, data=data)

    assert unsaid == []


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [("en", "in two or more parts", "file"), ("ur", "حصوں میں", "فائل"), ("hi", "हिस्सों में", "फ़ाइल")],
)
def test_of_words_that_are_too_many_nobody_says_that_they_are_a_file(app, client, language, said, unsaid):
    app.config["MAX_FORM_MEMORY_SIZE"] = 10_000
    token = token_of(client)
    speak(client, language)
    data = {"csrf_token": token, "pasted": "x" * 20_000}
    answer = client.post("/imports/new", data=data, content_type="multipart/form-data")

    [told] = re.findall("<h1>(.*?)</h1>", answer.get_data(as_text=True))
    assert answer.status_code == 413
    assert said in told
    assert unsaid not in told


def test_a_browser_is_not_told_where_to_cut_off_what_is_pasted(client, csrf):
    fields = Page(client.get("/customers/new").get_data(as_text=True)).all("input", "textarea")
    answer = client.post("/customers/new", data={**csrf(), "name": "x" * 201})

    assert [one["name"] for one in fields if "maxlength" in one] == []
    assert "This is very long. Please shorten it to 200 letters." in answer.get_data(as_text=True)
    assert "x" * 201 in answer.get_data(as_text=True)


def test_what_our_forms_say_is_not_what_their_library_would_say(app):
    with app.test_request_context():
        assert [text for text in OURS if FORM_WORDS.gettext(text) == text] == []
