"""At the counter no page shows a word that one of us wrote down of anybody: every text of the database is marked first.

A new column counts as private until it is named in `OPEN`, a new page is walked like the others.
"""

import re
from collections import defaultdict
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, text

from loyalapp.core.db import db
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import needs
from tests import walk
from tests.conftest import close, filled_app, through_the_door

pytestmark = pytest.mark.slow

# What may be read over the counter: who somebody is and how to reach them, what we sell and what they have of it.
OPEN = {
    *(f"customer.{one}" for one in ("name", "name_ur", "name_hi", "name_en", "firm", "trade", "place", "locality")),
    *("customer.address", "customer.address_form", "customer.hours", "customer.sort_key"),
    *("customer_person.name", "customer_person.role", "customer_phone.label"),
    *("product.name", "product.product_group", "product_group.name", "owned_item.what", "owned_item.serial"),
    *("purchase.item", "purchase.product_group", "staff_member.name"),
    *("plg_issues_kind.name", "plg_issues_ally.name", "plg_issues_ally.firm"),
    # What the firm set up for everybody: its own occasions, its own wordings, its own kinds of value.
    *("plg_greetings_own.name", "plg_greetings_wording.text", "plg_value_sort.name"),
}
NOT_MARKED = ("sqlite_", "alembic", "customer_fts", "setting")
MOST_KNOWN = """
    SELECT customer.id FROM customer WHERE removed_at IS NULL ORDER BY
    (notes <> '') + (do_not_mention <> '') + (worth_why IS NOT NULL) + (pause_why IS NOT NULL)
    + EXISTS (SELECT 1 FROM customer_fact WHERE customer_id = customer.id)
    + EXISTS (SELECT 1 FROM customer_need WHERE customer_id = customer.id)
    + 9 * EXISTS (SELECT 1 FROM customer_offer WHERE customer_id = customer.id)
    + EXISTS (SELECT 1 FROM plg_issues_problem WHERE customer_id = customer.id)
    + EXISTS (SELECT 1 FROM plg_value_voice WHERE customer_id = customer.id)
    + EXISTS (SELECT 1 FROM plg_reviews_review WHERE customer_id = customer.id) DESC LIMIT 5
"""
MARK = re.compile(r"qz\d+zq")
# Without the counter these are on some page; a test that marks nothing would find nothing.
SEEN = {
    *("customer.notes", "customer.do_not_mention", "customer_fact.text", "customer_need.text", "customer_offer.what"),
    *("interaction.said", "interaction.learned", "promise.what", "customer.worth_why"),
    *("plg_reviews_review.recommendation", "plg_value_voice.words", "plg_issues_problem.what"),
}


@pytest.fixture(scope="module")
def marked(request, tmp_path_factory):
    """A filled book in which every text of several words begins with a mark of its column."""
    folder = tmp_path_factory.mktemp("marked") / "data"
    app = filled_app(SimpleNamespace(param="sqlite", getfixturevalue=request.getfixturevalue), folder)
    marks: dict[str, str] = {}
    with app.app_context():
        needs.offer(customers.find(walk.NAME)[0].id, "A second machine", None)
        db.session.remove()
    with app.app_context(), db.engine.begin() as link:
        for table in inspect(link).get_table_names():
            if not table.startswith(NOT_MARKED):
                _mark(link, table, marks)
    yield app, through_the_door(app), marks
    close(app)


def _mark(link, table: str, marks: dict[str, str]) -> None:
    """What holds a blank was written by somebody; what begins with a bracket is kept by the program."""
    for column in inspect(link).get_columns(table):
        if str(column["type"]).upper().startswith(("TEXT", "VARCHAR")):
            name, mark = column["name"], f"qz{len(marks)}zq"
            put = text(
                f'UPDATE "{table}" SET "{name}" = :mark || "{name}"'
                f" WHERE \"{name}\" LIKE '% %' AND \"{name}\" NOT LIKE '{{%' AND \"{name}\" NOT LIKE '[%'"
            )
            if link.execute(put, {"mark": f"{mark} "}).rowcount:
                marks[mark] = f"{table}.{name}"


def addresses(app: Flask) -> list[str]:
    """Every page, those of customers for the few of whom the most is written down."""
    with app.app_context():
        known = list(db.session.execute(text(MOST_KNOWN)).scalars())
    found = []
    for rule, url in walk.addresses(app):
        if rule.arguments == {"customer_id"}:
            found += [re.sub(r"/\d+(?=/|$)", f"/{one}", url, count=1) for one in known]
        elif rule.endpoint != "static":
            found.append(url)
    return [*found, "/search?q=qz", "/search?q=a", "/customers/?mark=1", "/customers/?stage=customer", "/?whose=all"]


def shown(app: Flask, browser: FlaskClient, marks: dict[str, str]) -> dict[str, set[str]]:
    """The columns of which something stands on a page, each with the pages."""
    found: dict[str, set[str]] = defaultdict(set)
    for url in addresses(app):
        answer = browser.get(url)
        assert answer.status_code < 500, url
        for mark in set(MARK.findall(answer.get_data().decode("utf-8", "replace"))):
            found[marks[mark]].add(url)
    return found


def test_no_page_shows_at_the_counter_what_was_written_down_of_somebody(marked):
    app, browser, marks = marked
    before = shown(app, browser, marks)
    assert before.keys() >= SEEN, f"not on any page: {SEEN - before.keys()}"

    browser.set_cookie(f"{app.extensions['loyalapp.door'].cookie}_counter", "1")
    leaking = {column: pages for column, pages in shown(app, browser, marks).items() if column not in OPEN}
    assert not leaking, leaking
