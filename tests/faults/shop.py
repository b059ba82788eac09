"""The mixed work of a day, each deed told once it is acknowledged, and the look whether all of it is there."""

import itertools
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text

from loyalapp.core import db as database
from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.features.backups import restoring
from loyalapp.features.backups import service as backups
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service as customers
from loyalapp.features.drafts import service as drafts
from loyalapp.features.imports import service as imports
from loyalapp.features.interactions import service as interactions
from tests.conftest import open_app
from tests.faults import places
from tests.faults.children import Tell

LISTED = 40  # rows of a list: a few, so that many deaths fall into its writing
TABLES = {"customer": "customer", "contact": "interaction", "purchase": "purchase", "import": "import_run"}
# What a row must have beside it; a row without them would be half of a deed.
HALVES = {
    "customers without their number": "SELECT count(*) FROM customer c WHERE NOT EXISTS"
    " (SELECT 1 FROM customer_phone p WHERE p.customer_id = c.id)",
    "contacts without what was learned": "SELECT count(*) FROM interaction i WHERE NOT EXISTS"
    " (SELECT 1 FROM customer_fact f WHERE f.customer_id = i.customer_id AND f.text = i.learned)",
    "contacts without the promise": "SELECT count(*) FROM interaction i WHERE NOT EXISTS"
    " (SELECT 1 FROM promise p WHERE p.interaction_id = i.id)",
    "purchases without their product": "SELECT count(*) FROM purchase p WHERE NOT EXISTS"
    " (SELECT 1 FROM product o WHERE o.id = p.product_id)",
    "lists that did not come to their end": "SELECT count(*) FROM import_run WHERE finished_at IS NULL",
}
NOT_FOUND = {
    "sqlite": "SELECT count(*) FROM customer WHERE id NOT IN (SELECT rowid FROM customer_index)",
    "postgresql": "SELECT count(*) FROM customer WHERE id NOT IN (SELECT customer_id FROM customer_word)",
}


class Work:
    """The deeds of one run; `tell` is called when the user would have seen "saved"."""

    def __init__(self, app: Flask, data: Path, run: str, tell: Tell) -> None:
        self.app, self.data, self.run, self.tell = app, data, run, tell
        self.is_on_server = db.engine.dialect.name != "sqlite"

    def record(self, number: int) -> None:
        """A customer, what was talked about and promised, and a sale."""
        who = customers.add({"name": f"Run {self.run}-{number}", "phones": [f"0300 {number % 10**7:07d}"]}).id
        self.tell(("customer", who))
        words = {"said": "kept", "learned": f"fact {number}", "promised": f"promise {number}"}
        self.tell(("contact", interactions.record(who, **words, promised_for=today())))
        self.tell(("purchase", catalogue.record_purchase(who, f"Item {number}", today())))

    def bring_in(self, number: int) -> None:
        """A list of customers."""
        file = self.data / "work" / f"list-{number}.csv"
        first = int(self.run) * 20_000 % 10**7 + number * LISTED  # numbers of their own: who has one already is known
        people = (f"Listed {self.run}-{number} {one},0302{first + one:07d}" for one in range(LISTED))
        file.write_text("\n".join(["Name,Mobile", *people, ""]), "utf-8")
        self.tell(("import", imports.carry_out(imports.plan(file)).import_id))

    def back_up(self, _number: int) -> None:
        """A copy of all."""
        if not self.is_on_server:
            self.tell(("backup", backups.create().path))

    def half_type(self, number: int) -> None:
        """What is typed in a form that is not sent yet."""
        page = f"/customers/{number}/edit"
        drafts.keep(page, "form", [["notes", "", f"half a sentence {self.run}"]])
        self.tell(("draft", page))


def busy_day(data: Path, run: str, seed: int, url: str | None = None) -> Any:
    """A deed for a child: it works until it is killed."""

    def work(tell: Tell) -> None:
        app = open_app(data, database_url=url)
        dice = random.Random(seed)
        tell("open")
        with app.app_context():
            day = Work(app, data, run, tell)
            deeds = (day.record, day.record, day.record, day.bring_in, day.back_up, day.half_type)
            for number in itertools.count():
                dice.choice(deeds)(number)
                db.session.remove()

    return work


def faults_of(data: Path, told: list[Any], url: str | None = None) -> list[str]:
    """Open the data as the next start does, and name what was lost, what is half there, and what is damaged."""
    app = open_app(data, database_url=url)
    known = defaultdict(set)
    for word in told:
        if isinstance(word, tuple):
            known[word[0]].add(word[1])
    with app.app_context(), database.only_reading():
        found = [*_lost(known), *_halves()]
        db.session.remove()
        if not url:
            found += faults_of_file(data, known["backup"])
        found += [f"lost: the draft of {page}" for page in known["draft"] if not drafts.kept(page)]
    places.ended(app)
    return found


def _lost(known: dict[str, set[Any]]) -> list[str]:
    found = []
    for kind, table in TABLES.items():
        there = set(db.session.execute(text(f"SELECT id FROM {table}")).scalars())
        found += [f"lost: {kind} {number}" for number in known[kind] - there]
    return found


def _halves() -> list[str]:
    found = [f"{count} {what}" for what, query in HALVES.items() if (count := db.session.execute(text(query)).scalar())]
    if hidden := db.session.execute(text(NOT_FOUND[db.engine.dialect.name])).scalar():
        found.append(f"{hidden} customers that cannot be found")
    finished = db.session.execute(text("SELECT count(*) FROM import_run")).scalar() or 0
    listed = db.session.execute(text("SELECT count(*) FROM customer WHERE name LIKE 'Listed %'")).scalar()
    return [*found, f"{listed} customers of {finished} lists"] if listed != finished * LISTED else found


def faults_of_file(data: Path, backed_up: set[Path] = frozenset()) -> list[str]:  # type: ignore[assignment]  # -- an empty set
    """Whether the open database is sound, and every copy that has its final name is whole."""
    verdict = db.session.execute(text("PRAGMA integrity_check")).scalar()
    found = [] if verdict == "ok" else [f"the database is damaged: {verdict}"]
    found += [f"without owner: {row}" for row in db.session.execute(text("PRAGMA foreign_key_check"))]
    db.session.remove()
    there = set((data / "backups").glob(f"*{restoring.SUFFIX}"))
    found += [f"half a copy: {one.name}" for one in there if restoring.look(one) is None]
    newest = max(backed_up, default=None)
    return [*found, f"lost: the backup {newest}"] if newest and newest not in there else found
