"""An import is undone as a whole: what it added goes, what it changed is as before, what people did since stays."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.core.errors import Conflict
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.catalogue.models import Product, Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer, Person, Phone, Tag
from loyalapp.features.imports import service, sorting, undo_jobs
from loyalapp.features.interactions import service as interactions
from tests.features.imports import made
from tests.features.imports.deeds import HEAD, bring, count, everybody, listed, whole_data

ROOT = Path(__file__).resolve().parents[3]


def test_everything_is_as_before(any_app, tmp_path):
    with any_app.app_context():
        known = customers.add({"name": "عمران خان", "phones": ["03001234567"], "place": "Lahore", "tags": ["VIP"]})
        customers.add({"name": "Untouched", "phones": ["03330000000"]})
        before = whole_data()
        titles = ["Name", "Mobile", "City", "Birthday", "Tags", "Accountant", "Anniversary", "Size", "Notes"]
        path = listed(
            tmp_path,
            [titles,
             ["Imran Khan", "0300-1234567 / 03219999999", "Multan", "4/5/80", "School", "Ali (accounts) 03335555555",
              "25 Dec", "large", "Pays late"],
             ["Sana", "03217654321", "Karachi", "", "Wholesale", "", "", "", ""]],
        )  # fmt: skip
        outcome = bring(path)
        assert dict(outcome.counts) == {"rows": 2, "new": 1, "changed": 1}
        changed = customers.get(known.id)
        assert sorted(tag.tag for tag in changed.tags) == ["School", "VIP"]
        assert [(one.name, one.role, one.number) for one in changed.people] == [("Ali", "accounts", "+923335555555")]
        assert customers.find("Sana")

        undone = service.undo(outcome.import_id)

        assert undone.left == 0
        assert undone.sentence == ""
        assert whole_data() == before
        assert not customers.find("Sana")
        assert [row.id for row in customers.find("عمران")] == [known.id]
        assert not customers.find("03219999999")
        assert service.get(outcome.import_id).undone_at is not None
        with pytest.raises(Conflict):
            service.undo(outcome.import_id)


def test_the_four_lists_one_after_the_other_and_back(app):
    with app.app_context():
        empty, seen = whole_data(), []
        for path in (made.LAHORE, made.DELHI, made.PHONE, made.SALES):
            before = whole_data()
            seen.append((bring(path).import_id, before))
        for import_id, before in reversed(seen):
            service.undo(import_id)
            assert whole_data() == before
        assert whole_data() == empty
        assert (count(Customer), count(Phone), count(Purchase), count(Product)) == (0, 0, 0, 0)
        assert bring(made.SALES).counts["sale_new"] == 900, "and it can be brought in again"


def test_what_people_did_since_stays_and_is_named(any_app, tmp_path):
    with any_app.app_context():
        known = customers.add({"name": "Known", "phones": ["03001111111"]})
        names = ["Changed", "Called", "Bought", "Left Alone"]
        rows = [[name, "", f"0300222222{number}", "Lahore"] for number, name in enumerate(names)]
        outcome = bring(listed(tmp_path, [HEAD, ["Known", "Madina", "03001111111", ""], *rows]))
        people = everybody()
        customers.change(known.id, {"firm": "Madina & Sons", "place": "Quetta"})
        customers.change(people["Changed"].id, {"place": "Multan"})
        interactions.record(people["Called"].id, said="Good day")
        catalogue.record_purchase(people["Bought"].id, "Iron", today() - timedelta(days=3))

        assert service.staying(outcome.import_id) == ["Bought", "Called", "Changed"]
        undone = service.undo(outcome.import_id)

        assert sorted(everybody()) == ["Bought", "Called", "Changed", "Known"]
        assert (everybody()["Known"].firm, everybody()["Known"].place) == ("Madina & Sons", "Quetta")
        assert undone.names == ["Known"]
        assert "3 new customers stay" in undone.sentence
        assert "Called" in undone.sentence
        assert [one.number for one in customers.get(people["Called"].id).phones] == ["+923002222221"]


def test_what_the_list_said_goes_also_where_something_else_was_changed_since(any_app, tmp_path):
    with any_app.app_context():
        known = customers.add({"name": "Known", "phones": ["03001111111"], "notes": "Ours"})
        row = ["Known", "Madina", "03001111111", "Lahore", "5/3/1980", "Pays late"]
        outcome = bring(listed(tmp_path, [HEAD, row]))
        customers.change(known.id, {"place": "Quetta", "locality": "Cantt"})

        undone = service.undo(outcome.import_id)

        found = everybody()["Known"]
        assert (found.firm, found.birthday, found.notes) == (None, None, "Ours")
        assert (found.place, found.locality) == ("Quetta", "Cantt")
        assert (undone.left, undone.names) == (1, ["Known"]), "both have written a place"
        assert not customers.find("Madina")
        assert [one.id for one in customers.find("Quetta")] == [known.id]


def test_a_birthday_stays_whole_where_its_year_was_put_right(any_app, tmp_path):
    with any_app.app_context():
        known = customers.add({"name": "Known", "phones": ["03001111111"]})
        outcome = bring(listed(tmp_path, [HEAD, ["Known", "Madina", "03001111111", "", "5/3/1980", ""]]))
        customers.change(known.id, {"birth_year": 1981})

        service.undo(outcome.import_id)

        found = everybody()["Known"]
        assert (found.birth_year, found.birth_month, found.birth_day, found.firm) == (1981, 3, 5, None)


def test_sorted_entries_of_a_phone_book(app):
    with app.app_context():
        outcome = bring(made.PHONE)
        first, second = [row.id for row in sorting.some().rows[:2]]
        sorting.put(first, "customer")
        sorting.put(second, "not_ours")

        service.undo(outcome.import_id)

        assert [one.id for one in everybody().values()] == [first]


def test_sales_of_somebody_who_stays_stay(app):
    with app.app_context():
        outcome = bring(made.SALES)
        buyer = db.session.scalars(select(Purchase.customer_id).limit(1)).one()
        customers.change(buyer, {"place": "Multan"})
        theirs = db.session.scalar(select(func.count()).where(Purchase.customer_id == buyer))

        service.undo(outcome.import_id)

        assert count(Customer) == 1
        assert count(Purchase) == theirs


# ---- the pages ----


def undone(client, app, answer, import_id: int) -> str:
    """What the pages say when a thread has done what was asked for."""
    assert answer.status_code == 303
    with app.app_context():
        undo_jobs.of(import_id).wait(60)
    last = client.get(answer.headers["Location"], follow_redirects=True)
    assert last.request.path == f"/imports/{import_id}"
    return last.get_data(as_text=True)


def test_undo_by_the_page(client, csrf, app, tmp_path):
    with app.app_context():
        outcome = bring(listed(tmp_path, [HEAD, ["Sana", "", "03217654321"], ["Ali", "", "03007654321"]]))
        customers.change(everybody()["Ali"].id, {"place": "Multan"})
    page = client.get(f"/imports/{outcome.import_id}/undo").get_data(as_text=True)
    assert "1 customer that came with this list goes again." in re.sub("<[^>]+>", "", page)
    assert "Ali" in page

    answer = client.post(f"/imports/{outcome.import_id}/undo", data=csrf(f"/imports/{outcome.import_id}/undo"))

    account = undone(client, app, answer, outcome.import_id)
    assert "This import was undone on" in account
    assert "The list is undone." in account
    assert "1 new customer stays" in account
    assert client.get("/bring-back/").status_code == 200
    with app.app_context():
        assert list(everybody()) == ["Ali"]
        assert (count(Person), count(Tag)) == (0, 0)


def test_undo_by_the_list_of_what_can_be_brought_back(client, csrf, app):
    with app.app_context():
        step = service.get(bring(made.PHONE).import_id).step_id

    answer = client.post(f"/bring-back/{step}", data=csrf("/bring-back/"))

    assert "The list is undone." in undone(client, app, answer, 1)
    with app.app_context():
        assert count(Customer) == 0
        assert service.get(1).undone_at is not None
