"""Whoever sits there looks after those who came with a list; the record says who brought it in and who undid it."""

import pytest
from sqlalchemy import select

from loyalapp.core.db import db
from loyalapp.features.imports import service
from loyalapp.features.staff import service as staff
from loyalapp.features.staff.models import Deed
from loyalapp.features.territory import record
from tests.features.imports.deeds import bring, everybody, listed

HEAD = ["Name", "Mobile", "Salesman"]


@pytest.fixture
def two(any_app):
    """Two who work here."""
    with any_app.app_context():
        return [staff.add(name) for name in ("Zahid", "Meena")]


def deeds():
    """What was noted, the oldest first."""
    return [(one.what, one.staff_member_id, one.facts) for one in db.session.scalars(select(Deed).order_by(Deed.id))]


def test_new_customers_belong_to_whom_sits_there_unless_the_list_says_else(any_app, two, tmp_path):
    zahid, meena = two
    rows = [HEAD, ["Ali", "0300 1234567", ""], ["Sana", "0300 1234568", "Meena"], ["Bilal", "0300 1234569", "Nobody"]]
    with any_app.app_context():
        staff.sit_down(zahid)
        outcome = bring(listed(tmp_path, rows))
        found = {name: one.salesman_id for name, one in everybody().items()}
        assert found == {"Ali": zahid, "Sana": meena, "Bilal": zahid}
        assert everybody()["Bilal"].notes == "Salesman: Nobody"
        service.undo(outcome.import_id)
        assert deeds() == [
            ("import", zahid, {"file": "list.csv", "count": 3}),
            ("import_undone", zahid, {"file": "list.csv"}),
        ]
        assert "list.csv" in record.lines()[0][0].sentence
        staff.sit_down(None)


def test_on_a_computer_of_one_they_belong_to_nobody(any_app, tmp_path):
    rows = [["Name", "Mobile"], ["Ali", "0300 1234567"], ["Sana", "0300 1234568"]]
    with any_app.app_context():
        bring(listed(tmp_path, rows))
        assert {one.salesman_id for one in everybody().values()} == {None}


def test_those_we_had_keep_whom_they_have(any_app, two, tmp_path):
    with any_app.app_context():
        bring(listed(tmp_path, [["Name", "Mobile"], ["Ali", "0300 1234567"]]))
        staff.sit_down(two[0])
        bring(listed(tmp_path, [["Name", "Mobile", "City"], ["Ali", "0300 1234567", "Lahore"]], "more.csv"))
        assert everybody()["Ali"].salesman_id is None
        staff.sit_down(None)
