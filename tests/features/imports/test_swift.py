"""Many rows at once come to the same as one after the other: for usual lists, and for every odd cell we know."""

import csv
import itertools
import random
from datetime import date

import pytest

from loyalapp.core.db import db
from loyalapp.features.imports import choices, planning, reading
from loyalapp.features.imports.keyed import PARTS, STORED
from loyalapp.features.imports.planning import Planner, Surroundings
from loyalapp.features.imports.swift import Swift
from tests.bench.lists import HEAD, list_rows

NAMES = (
    "Ali Raza", "علی رضا", "अली रज़ा", "Dr Sana", "Sana ji", "M. Akram", "nil", "Total", "محمد صاحب", "حاجی بشیر", "",
    "فاطِمہ", "O'Neil", "Ali 0300 1234567", "X" * 250, " Bilal  Khan ", "الحاج كريم", "Name", "=cmd|x", "आयशा", "—",
)  # fmt: skip
PHONES = ("0300 1234567", "03001234567, 0321 7654321", "", "042-35761234", "call later", "+92 300 1234568", 3001234569)
CELLS = {
    "City": ("Lahore", "لاہور", "-", "", "x" * 320, " Lahore "),
    "Birthday": ("12/03/1985", "31/02/1985", "1985", "", "12-3", "03/04/2090"),
    "Email": ("a@b.pk", "", "nobody", "a@b.pk; c@d.pk"),
    "Tags": ("wholesale, school", "", "eid"),
    "Title": ("Mr", "M/s", ""),
    "Size": ("small", "huge", ""),
    "Remarks": ("pays late", "", "-", "=1+1"),
    "Colour": ("red", "", "no"),
    "Salesman": ("Zahid", "Nobody", ""),
    "Customer since": ("1/2/2020", "", "2020"),
}


def rows_of(count: int) -> list[list[object]]:
    """Rows of which most are as usual, and some odd in one cell or in all."""
    chance = random.Random(11)
    found: list[list[object]] = []
    for number, (name, mobile, _city, _day) in enumerate(itertools.islice(list_rows(count), count)):
        row: list[object] = [name, mobile, *(cells[0] for cells in CELLS.values())]
        for _ in range(chance.choice((0, 0, 0, 1, 2))):
            place = chance.randrange(len(row))
            row[place] = chance.choice((NAMES, PHONES, *CELLS.values())[place])
        if number % 37 == 0:
            row = [*row, "beyond"] if number % 2 else row[:3]
        if number % 41 == 0:
            row[:2] = found[-1][:2] if found else row[:2]
        found.append(row)
    return found


def worked_out(app, path, *, swiftly: bool, monkeypatch):
    """What becomes of a list: the new ones with all that hangs on them, and the account."""
    if not swiftly:
        monkeypatch.setattr(planning.Swift, "of", lambda *_given: None)
    source = reading.open_list(path)
    folder = app.extensions["loyalapp.data"].work
    around = Surroundings("PKR", date(2026, 1, 1), {}, {"zahid": 1}, folder)
    with app.app_context():
        planner = Planner(db.session(), source, choices.proposed(source, "PK"), around)
        plan = planner.go_through(lambda _done: None)
    people = plan.people
    tables = {"customer": STORED, **PARTS}
    found = {
        what: [row for portion in people.portions for row in people.rows(portion, what, ("nr", *names))]
        for what, names in tables.items()
    }
    plan.close()
    monkeypatch.undo()
    return found, plan.account, planner


@pytest.mark.parametrize("head", [HEAD, ("Name", "Mobile", *CELLS), ("Name", "Mobile", "Name in Urdu", "Phone 2")])
def test_many_at_once_come_to_the_same_as_one_by_one(app, tmp_path, monkeypatch, head):
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *(row[: len(head) + 1] for row in rows_of(2_300))])
    quick, account, planner = worked_out(app, path, swiftly=True, monkeypatch=monkeypatch)
    slow, expected, _planner = worked_out(app, path, swiftly=False, monkeypatch=monkeypatch)
    assert isinstance(planner.swift, Swift)
    for what, rows in slow.items():
        assert quick[what] == rows, what
    assert account.counts == expected.counts
    assert account.stored() == expected.stored()
    assert account.rows == expected.rows
    assert account.counts["new"] > 1_000


def test_most_rows_of_a_usual_list_are_ordinary(app, tmp_path):
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEAD, *list_rows(1_000)])
    source = reading.open_list(path)
    around = Surroundings("PKR", date(2026, 1, 1), {}, {}, tmp_path)
    with app.app_context():
        planner = Planner(db.session(), source, choices.proposed(source, "PK"), around)
        found = planner.swift.read([cells for _number, cells in source.rows()])
        planner.plan.close()
    assert len(found.others) < 50


def test_numbers_are_remembered_by_their_kind(app, tmp_path):
    """To Python 1 and True are one, in a cell they are not."""
    path = tmp_path / "list.csv"
    path.write_text("Name,Mobile,Colour\nAli,0300 1234567,x\n", "utf-8")
    source = reading.open_list(path)
    around = Surroundings("PKR", date(2026, 1, 1), {}, {}, tmp_path)
    with app.app_context():
        planner = Planner(db.session(), source, choices.proposed(source, "PK"), around)
        rows = [["ali", "03001234567", one] for one in (1, True, 1.5)]
        assert list(planner.swift.read(rows).columns["notes"]) == ["Colour: 1", "Colour: True", "Colour: 1.5"]
        planner.plan.close()
