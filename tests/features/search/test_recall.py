"""How many names are found in another script, and whether what is meant stands above what only sounds alike.

Two lists of names: the pairs the rules were made for, and names nobody tuned for (written down after the rules stood
still; whoever changes a rule because of one of them must write new ones). Both among several thousand customers.
"""

import random
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import insert

from loyalapp.core.clock import now
from loyalapp.core.db import db, own_session
from loyalapp.core.textkeys import norm
from loyalapp.features.customers import search_index
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from tests.bench import people
from tests.core.test_sounds import NAMES

pytestmark = pytest.mark.slow

HELD_OUT = Path(__file__).with_name("names_nobody_tuned_for.tsv")
SURNAMES = {"ur": "خان ملک بٹ شیخ", "hi": "वर्मा यादव जोशी दुबे", "en": "Patel Reddy Iyer Das"}
OTHERS = 4000
SHOWN = 50
Name = dict[str, list[str]]


def tuned() -> list[Name]:
    lines = [line.split(" | ") for line in NAMES.strip().splitlines()]
    return [dict(zip(("en", "ur", "hi"), (one.split("/") for one in line), strict=True)) for line in lines]


def held_out() -> list[Name]:
    lines = [line.split("\t") for line in HELD_OUT.read_text("utf-8").splitlines()]
    return [{"en": [latin], "ur": [urdu], "hi": [hindi]} for latin, urdu, hindi in lines]


@dataclass
class Score:
    """What the searches found."""

    asked: int = 0
    found: int = 0
    first: int = 0
    orderly: int = 0

    def __str__(self) -> str:
        parts = {"found": self.found, "first": self.first, "nothing false above": self.orderly}
        return f"{self.asked} searches: " + ", ".join(f"{what} {n / self.asked:.1%}" for what, n in parts.items())


@dataclass
class Row:
    """A customer of the list: of which name it was made (-1: of none), in which script."""

    script: str
    number: int
    words: set[str]


def fill(names: list[Name]) -> dict[int, Row]:
    """Each name once in each script, among thousands of others."""
    dice = random.Random(5)
    known = {word for name in names for script in name.values() for one in script for word in norm(one).split()}
    meant = [(script, number, name[script][0]) for number, name in enumerate(names) for script in name]
    rows = [(script, number, f"{one} {dice.choice(SURNAMES[script].split())}") for script, number, one in meant]
    strangers = [
        (script, -1, f"{first} {last}")
        for script in people.FIRST
        for first, last in product(people.FIRST[script].split(), people.LAST[script].split())
        if known.isdisjoint(norm(f"{first} {last}").split())
    ]
    rows += [dice.choice(strangers) for _ in range(OTHERS)]
    dice.shuffle(rows)
    values = {"created_at": now(), "updated_at": now(), "import_id": 1}
    with own_session() as session:
        session.execute(
            insert(Customer.__table__),
            [
                {"id": one, "name": name, **values, **customers.keys_of([name], [], [])}
                for one, (_script, _number, name) in enumerate(rows, 1)
            ],
        )
        search_index.index_import(session, 1)
    return {one: Row(script, number, set(norm(name).split())) for one, (script, number, name) in enumerate(rows, 1)}


def measure(names: list[Name], who: dict[int, Row]) -> tuple[Score, list[tuple[str, str]]]:
    """Each spelling is looked for; what is in its own script does not count."""
    score, missed = Score(), []
    for number, name in enumerate(names):
        meant = spellings(names, number)
        for script, spelling in [(own, one) for own in name for one in name[own]]:
            found = [who[row.id] for row in customers.suggest(spelling, SHOWN)]
            right = [any(one <= row.words for one in meant) for row in found if row.script != script]
            for other in [one for one in name if one != script]:
                is_found = any(row.number == number and row.script == other for row in found)
                in_order = is_found and all(right[: sum(right)])
                score.asked += 1
                score.found += is_found
                score.first += right[:1] == [True]
                score.orderly += in_order
                if not in_order:
                    missed.append((spelling, name[other][0]))
    return score, missed


def spellings(names: list[Name], number: int) -> list[set[str]]:
    """Every way the name may be written, also as another of the list (پروین is Parveen and Praveen)."""
    mine = {norm(one) for script in names[number].values() for one in script}
    alike = [
        {norm(one) for script in name.values() for one in script}
        for name in names
        if mine & {norm(one) for script in name.values() for one in script}
    ]
    return [set(one.split()) for some in alike for one in some]


@pytest.mark.parametrize(("names", "least"), [(tuned, 0.97), (held_out, 0.93)])
def test_names_are_found_in_another_script_among_thousands(app, names, least, capsys):
    with app.app_context():
        known = names()
        score, missed = measure(known, fill(known))
        db.session.remove()
    with capsys.disabled():
        print(f"\n{names.__name__}: {score}")  # noqa: T201 -- the figures that the issue asks for
    assert score.asked > 600
    assert score.found >= least * score.asked, missed
    assert score.first >= least * score.asked, missed
    assert score.orderly >= 0.9 * score.asked, missed
