"""Every page in three languages: it answers, reads in the right direction, is sealed, and looking changes nothing."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import event

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions
from loyalapp.features.welcome import examples
from tests import walk
from tests.markup import Page, is_page
from tests.walk import addresses, speak

LANGUAGES = {"ur": "rtl", "hi": "ltr", "en": "ltr"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ISOLATES = re.compile("[\u202a-\u202e\u2066-\u2069]")
# ---- what every page must be ----


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_answers_in_every_language(book, language):
    app, browser = book
    speak(browser, language)
    wrong = []
    for rule, url in addresses(app):
        answer = browser.get(url, buffered=True)
        status = walk.OTHER_STATUS.get(rule.endpoint, (200,))[0]
        if answer.status_code != status:
            wrong.append(f"{url}: {answer.status_code} instead of {status}")
        if is_page(answer):
            page = Page(answer.get_data(as_text=True))
            html = page.all("html")[0]
            if (html.get("lang"), html.get("dir")) != (language, LANGUAGES[language]):
                wrong.append(f"{url}: {html}")
            wrong += [f"{url}: {one}" for one in faults(page)]
        if sealing := unsealed(answer):
            wrong.append(f"{url}: {sealing}")

    assert wrong == []


def faults(page: Page) -> list[str]:
    """What is wrong with a page in any language."""
    found = [
        f"strange value {name}={value!r}"
        for _tag, known in page.tags
        for name, value in known.items()
        if is_strange(value) or (ISOLATES.search(value) and known.get("type") != "hidden")
    ]
    resources = [
        value
        for known in page.all("link", "script", "img", "use", "iframe", "source")
        for value in (known.get("src"), known.get("href"))
    ]
    found += [f"external {one}" for one in resources if one and not one.startswith(("/", "#"))]
    targets = [known.get("href", "") for known in page.all("a")] + [one.action for one in page.forms]
    found += [
        f"leads away: {one}"
        for one in targets
        if (one and not one.startswith(("/", "#", "https://wa.me/", "sms:+", "mailto:"))) or one.startswith("//")
    ]
    found += [
        f"no token in {one.action}"
        for one in page.forms
        if one.method.lower() == "post" and "csrf_token" not in one.fields
    ]
    ids = Counter(known["id"] for _tag, known in page.tags if "id" in known)
    found += [f"id twice: {one}" for one, times in ids.items() if times > 1]
    if not page.title.removesuffix("· LoyalApp").strip() or is_strange(page.title) or ISOLATES.search(page.title):
        found.append(f"title {page.title!r}")
    return found


def is_strange(value: str) -> bool:
    """A value that was not made for people: lazy words, placeholders, markup, nothing at all."""
    return any(one in value for one in ("l'", "%(", "<bdi", "&lt;bdi", "None", "<Markup", "Undefined"))


def unsealed(answer) -> dict[str, str]:
    """Headers that are missing or wrong."""
    wrong = {name: answer.headers.get(name) for name, value in HEADERS.items() if answer.headers.get(name) != value}
    policy = answer.headers.get("Content-Security-Policy", "")
    rules = dict(one.strip().partition(" ")[::2] for one in policy.split(";"))
    for name, value in {
        "default-src": "'none'",
        "script-src": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }.items():
        if rules.get(name) != value:
            wrong[name] = rules.get(name)
    if "unsafe" in policy or "Access-Control-Allow-Origin" in answer.headers:
        wrong["policy"] = policy
    return wrong


@pytest.mark.parametrize("language", ["ur", "hi"])
def test_no_stray_english(book, language):
    """Outside of inserted values (which stand in <bdi>) no page says an English word."""
    app, browser = book
    speak(browser, language)
    stray = set()
    for _rule, url in addresses(app):
        answer = browser.get(url, buffered=True)
        if is_page(answer):
            page = Page(answer.get_data(as_text=True))
            stray |= {(url, one) for one in page.stray_english()}

    assert sorted(stray) == []


def test_looking_changes_nothing(book):
    app, browser = book
    before = walk.database_hash(app)
    for _rule, url in addresses(app):
        for method in ("get", "head", "options"):
            assert getattr(browser, method)(url, buffered=True).status_code < 500, url

    assert walk.database_hash(app) == before


def test_the_same_number_of_queries_for_one_row_and_for_thirty(book):
    app, browser = book
    speak(browser, "en")
    pages = [url for _rule, url in addresses(app) if "backups" not in url and not url.startswith(("/static", "/boot"))]
    pages += ["/search?q=Walk", "/search/suggest?q=Walk", "/contacts/new?who=Walk"]
    few = queries(app, browser, pages)
    add_thirty_of_everything(app)
    many = queries(app, browser, pages)

    assert {url: (few[url], many[url]) for url in pages if many[url] > few[url]} == {}


def queries(app, browser, pages) -> dict[str, int]:
    """How many statements each page needs, once what is remembered is remembered."""
    counts: dict[str, int] = {}
    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def count(_link, _cursor, statement, *_more):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    for url in pages:
        browser.get(url, buffered=True)
        seen.clear()
        browser.get(url, buffered=True)
        counts[url] = len([one for one in seen if not one.startswith(("PRAGMA", "BEGIN"))])
    event.remove(engine, "before_cursor_execute", count)
    return counts


def add_thirty_of_everything(app) -> None:
    """Thirty customers more with rows of every kind, plugins' too, and a long history of the one we look at."""
    with app.app_context():
        first, day = customers.find(walk.NAME)[0].id, today()
        for number in range(30):
            name, birthday = f"{walk.NAME} {number}", {"birth_month": day.month, "birth_day": day.day}
            made = customers.add({"name": name, "phones": [f"0300 12399{number:02d}"], **birthday}).id
            for owner in (made, first):
                catalogue.record_purchase(owner, f"Iron {number}", day - timedelta(days=8))
                words = {"said": "Fine", "learned": f"Fact {number}", "promised": f"Price {number}"}
                interactions.record(owner, **words, promised_for=day)
        for _ in range(3):
            examples.fill()
        db.session.remove()
