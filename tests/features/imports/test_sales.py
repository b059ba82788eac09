"""Lists of sales find their customers, add nothing twice and lose nothing."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from loyalapp.core.db import db
from loyalapp.features.catalogue import owned
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.catalogue.models import OwnedItem, Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.imports import choices, service, undoing
from tests.features.imports.deeds import bring, count, everybody, listed

SALE = ["Invoice", "Date", "Customer", "Mobile", "Item", "Serial", "Qty", "Amount", "Currency"]


def sales(tmp_path: Path, *rows: tuple[str, ...], name: str = "sales.csv") -> Path:
    return listed(tmp_path, [SALE, *map(list, rows)], name)


def test_sales_find_their_customer(any_app, tmp_path):
    with any_app.app_context():
        ali = customers.add({"name": "Ali Raza", "phones": ["03001234567"]}).id
        fatima = customers.add({"name": "فاطمہ صدیقی"}).id
        path = sales(
            tmp_path,
            ("1", "1/2/2024", "somebody", "0300-1234567", "Fan", "", "1", "500"),
            ("2", "1/2/2024", "Fatima Siddiqui", "", "Fan", "", "1", "500"),
            ("3", "1/2/2024", "Ali Raza", "", "Fan", "", "1", "500"),
            ("4", "1/2/2024", "Nobody Known", "", "Fan", "", "1", "500"),
            ("5", "1/2/2024", "Nobody Known", "", "Pump", "", "1", "500"),
        )

        outcome = bring(path)

        buyers = dict(db.session.execute(select(Purchase.invoice, Purchase.customer_id)).all())
        assert outcome.counts["new"] == 1
        assert [buyers[number] for number in "123"] == [ali, fatima, ali]
        assert buyers["4"] == buyers["5"] == everybody()["Nobody Known"].id
        assert service.get(outcome.import_id).account["doubts"] == [[2, "other_name", "somebody", "Ali Raza"]]
        assert {one.import_id for one in db.session.scalars(select(Purchase))} == {outcome.import_id}


def test_a_name_that_two_have_is_not_guessed(app, tmp_path):
    with app.app_context():
        for number in ("03001234567", "03217654321"):
            customers.add({"name": "Ali", "phones": [number]})

        outcome = bring(sales(tmp_path, ("1", "1/2/2024", "Ali", "", "Fan", "", "1", "500")))

        assert service.get(outcome.import_id).account["not_taken"] == [[2, "which", "Ali · Fan · 01-02-2024"]]
        assert count(Purchase) == 0


def test_a_known_name_with_another_number_is_for_the_user_to_decide(app, tmp_path):
    path = sales(
        tmp_path,
        ("1", "1/2/2024", "Ali", "03217654321", "Fan", "", "1", "500"),
        ("2", "1/3/2024", "Ali", "03217654321", "Fan", "", "1", "500"),
        ("3", "1/4/2024", "Ali", "03330000000", "Fan", "", "1", "500"),
    )
    with app.app_context():
        customers.add({"name": "Ali", "phones": ["03001234567"]})

        assert service.plan(path).account.counts["new"] == 2
        joined = bring(path, same_name=choices.JOIN)

        assert joined.counts["new"] == 1, "one strange number is the same person, a second one is not"
        assert sorted(db.session.scalars(select(Phone.number))) == ["+923001234567", "+923217654321", "+923330000000"]


def test_overlapping_lists_of_sales_add_nothing_twice(any_app, tmp_path):
    old = [
        ("A1", "1/2/2024", "Ali", "03001234567", "Fan", "", "1", "500"),
        ("A1", "1/2/2024", "Ali", "03001234567", "Pump", "", "1", "900"),
        ("A1", "1/2/2024", "Sana", "03217654321", "Fan", "", "1", "500"),
        ("", "1/2/2024", "Ali", "03001234567", "Fan", "SN1", "1", "500"),
        ("", "1/2/2024", "Ali", "03001234567", "Wire", "", "1", "50"),
        ("", "1/2/2024", "Ali", "03001234567", "Wire", "", "1", "50"),
    ]
    new = [("", "3/2/2024", "Ali", "03001234567", "Wire", "", "1", "50"), old[0]]
    with any_app.app_context():
        first = bring(sales(tmp_path, *old))
        second = bring(sales(tmp_path, *old[1:], *new, name="more.csv"))

        assert dict(first.counts) == {"rows": 6, "new": 2, "sale_new": 6, "doubtful": 1}
        assert dict(second.counts) == {"rows": 7, "sale_known": 6, "sale_new": 1}
        assert count(Purchase) == 7


def test_a_corrected_row_is_told_and_added_no_second_time(any_app, tmp_path):
    old = [
        ("A1", "1/2/2024", "Ali", "03001234567", "Fan", "", "1", "500"),
        ("A1", "1/2/2024", "Ali", "03001234567", "Pump", "", "1", "900"),
        ("A2", "2/2/2024", "Ali", "03001234567", "Fan", "", "1", "500"),
    ]
    new = [old[0], (*old[1][:-1], "950"), (*old[2][:5], "SN-9", "1", "500"), (*old[2][:4], "Wire", "", "1", "50")]
    with any_app.app_context():
        bring(sales(tmp_path, *old))
        outcome = bring(sales(tmp_path, *new, name="corrected.csv"))

        assert dict(outcome.counts) == {"rows": 4, "sale_known": 3, "sale_new": 1, "doubtful": 2}
        account = service.get(outcome.import_id).account
        assert [one[:2] for one in account["doubts"]] == [[3, "corrected"], [4, "corrected"]]
        assert count(Purchase) == 4
        assert sum(db.session.scalars(select(Purchase.amount_minor))) == 195_000, "nothing is counted twice"


def test_a_second_equal_article_on_a_bill_is_a_second_sale(app, tmp_path):
    with app.app_context():
        first = ("A1", "1/2/2024", "Ali", "03001234567", "Fan", "", "1", "500")
        bring(sales(tmp_path, first))
        both = sales(tmp_path, first, (*first[:-1], "650"), name="more.csv")

        assert dict(bring(both).counts) == {"rows": 2, "sale_known": 1, "sale_new": 1}
        assert dict(bring(both).counts) == {"rows": 2, "sale_known": 2}


@pytest.mark.parametrize(
    "by_hand",
    [
        {"item": "fan", "amount_minor": 50_000},
        {"item": "Fan"},
        {"item": "", "group": "Electrical", "amount_minor": 50_000},
        {"item": "", "group": "Electrical"},
    ],
)
def test_what_was_written_down_by_hand_is_not_added_by_the_list_of_the_week(any_app, tmp_path, by_hand):
    with any_app.app_context():
        ali = customers.add({"name": "Ali", "phones": ["03001234567"]}).id
        catalogue.record_purchase(ali, bought_on=date(2024, 2, 1), **by_hand)
        path = sales(
            tmp_path,
            ("A1", "1/2/2024", "Ali", "03001234567", "Fan", "", "1", "500"),
            ("A2", "1/2/2024", "Ali", "03001234567", "Fan", "", "1", "500"),
        )

        outcome = bring(path)

        assert dict(outcome.counts) == {"rows": 2, "sale_known": 1, "sale_new": 1, "doubtful": 1}
        assert service.get(outcome.import_id).account["doubts"][0][:2] == [2, "by_hand"]
        assert count(Purchase) == 2


def test_what_has_a_number_or_a_warranty_is_theirs_and_goes_with_the_list(any_app, tmp_path):
    rows = [
        [*SALE, "Warranty until"],
        ["A1", "1/2/2024", "Ali", "03001234567", "Pump", "P-1", "1", "500", "", "1/2/2027"],
        ["A1", "1/2/2024", "Ali", "03001234567", "Fan", "", "1", "500", "", "31/12/2026"],
        ["A1", "1/2/2024", "Ali", "03001234567", "Wire", "", "1", "50", "", ""],
    ]
    with any_app.app_context():
        catalogue.add_product("Pump", "", 12)
        outcome = bring(listed(tmp_path, rows))
        ali = everybody()["Ali"].id
        found = {one.what: (one.serial, one.warranty_until, one.lasts_until) for one in owned.of(ali)}

        assert found == {
            "Pump": ("P-1", date(2027, 2, 1), date(2025, 2, 1)),
            "Fan": (None, date(2026, 12, 31), None),
        }
        assert dict(bring(listed(tmp_path, rows, "again.csv")).counts) == {"rows": 3, "sale_known": 3}
        undoing.undo(outcome.import_id, lambda _done: None)
        assert (count(OwnedItem), count(Purchase), count(Customer)) == (0, 0, 0)


def test_a_sale_that_stands_twice_in_a_list_counts_once(app, tmp_path):
    row = ("A1", "1/2/2024", "Ali", "03001234567", "Fan", "", "1", "500")
    with app.app_context():
        outcome = bring(sales(tmp_path, row, row))

        assert dict(outcome.counts) == {"rows": 2, "new": 1, "sale_new": 1, "sale_repeated": 1}


def test_what_a_list_of_sales_says_besides_stands_in_the_notes(app, tmp_path):
    rows = [[*SALE, "Salesman"], ["A1", "1/2/2024", "Ali", "0300", "Fan", "", "many", "500", "", "Bilal"]]
    with app.app_context():
        bring(listed(tmp_path, rows))

        assert everybody()["Ali"].notes.splitlines() == ["A1: Salesman: Bilal", "A1: Mobile: 0300", "A1: Qty: many"]
