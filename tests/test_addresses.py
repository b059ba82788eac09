"""Hostile words in every query parameter and placeholder: escaped, never a fault, and what cannot be is not found."""

import ast
import re
from urllib.parse import quote

import pytest

from tests import walk
from tests.sources import PROGRAM, parsed
from tests.walk import addresses, speak

HOSTILE = (
    "\"'><svg/onload=alert(1)>",
    "\x00",
    "²~a",
    "9" * 40,
    "9" * 40 + "~x",
    "-1",
    "5~\x00",
    "%(name)s {{7*7}}",
    "\u202eabc",
    "x" * 5000,
)


def query_names() -> list[str]:
    """Every name of a query parameter that the program asks for, and some that it does not."""
    asked = {
        one.args[0].value
        for path in PROGRAM
        for one in ast.walk(parsed(path))
        if isinstance(one, ast.Call)
        and isinstance(one.func, ast.Attribute)
        and one.func.attr == "get"
        and ast.unparse(one.func.value).endswith("args")
        and isinstance(one.args[0], ast.Constant)
    }
    return sorted(asked | {"next", "sort", "page", "_trace", "__debugger__", "language"})


@pytest.mark.parametrize("value", HOSTILE, ids=lambda one: repr(one)[:24])
def test_hostile_words_in_every_query_parameter_are_escaped_and_harmless(book, value):
    app, browser = book
    speak(browser, "ur")
    names = query_names()
    wrong = []
    for _rule, url in addresses(app):
        answer = browser.get(f"{url}?{'&'.join(f'{name}={quote(value)}' for name in names)}", buffered=True)
        if answer.status_code >= 500 or b"<svg/onload" in answer.data:
            wrong.append((url, answer.status_code))
    for name in names:  # one by one, where a page reads one of two
        answer = browser.get(f"/customers/?{name}={quote(value)}", buffered=True)
        if answer.status_code >= 500 or b"<svg/onload" in answer.data:
            wrong.append((name, answer.status_code))

    assert wrong == []


def test_hostile_placeholders_are_not_found(book):
    app, browser = book
    wrong = []
    with app.app_context():
        numbered = [one for one in walk.rules(app, "GET") if "int:" in str(one)]
    for rule in numbered:
        for value in ("0", "-1", "9" * 12, "9" * 40, "1e3", "٣", "%00"):
            url = re.sub(r"<int:\w+>", value, str(rule))
            if browser.get(url).status_code != 404:
                wrong.append(f"{url}: {browser.get(url).status_code}")
    for path in (
        "/<script>alert(1)</script>",
        "/help/<svg/onload=alert(1)>",
        "/plugins/nothing/",
        "/help/%00",
        "/customers/new/",
    ):
        answer = browser.get(path)
        if answer.status_code not in (404, 308) or b"<script>alert" in answer.data or b"<svg/onload" in answer.data:
            wrong.append(f"{path}: {answer.status_code}")

    assert wrong == []
