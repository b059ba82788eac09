"""Fills a data folder through the real models and keys, and the floor's file with the same rows; kept between runs."""

import hashlib
import importlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from loyalapp.app import create_app
from loyalapp.core import clock
from loyalapp.core.config import Config
from loyalapp.core.db import connector, db, own_session
from loyalapp.core.logs import close_log
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import search_index
from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.customers.service import keys_of
from loyalapp.features.interactions.models import Interaction, Promise
from loyalapp.features.settings import service as settings
from tests.bench import people
from tests.bench.floor import COPY, SCHEMA

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 5000
FINGERS = 12
CAPACITY = 40
PROMISES, PROBLEMS = 60, 12
SHAPES = (
    "tests/bench/data.py",
    "tests/bench/people.py",
    "tests/bench/floor.py",
    "loyalapp/migrations/versions/*.py",
    "plugins/*/migrations/versions/*.py",
    "loyalapp/core/textkeys.py",
    "loyalapp/core/sounds.py",
    "loyalapp/features/customers/keys.py",
)


@dataclass(frozen=True)
class Rows:
    """Where the rows lie: the app's data folder and the floor's file."""

    folder: Path
    customers: int
    entries: int = 0  # of each customer on Today, where they have more than the others

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def floor(self) -> Path:
        return self.folder / "floor.sqlite3"


def rows(customers: int, entries: int = 0) -> Rows:
    """The rows for so many customers: those of an earlier run on this day, else made now.

    :param entries: how many whoever is on Today has in the timeline, if that is more than others have.
    """
    name = f"{customers}-of-{entries}" if entries else str(customers)
    return replace(kept(name, customers, lambda draft: _all_of(draft, entries)), entries=entries)


def _all_of(draft: Rows, entries: int) -> None:
    fill(draft.data, draft.customers, entries)
    copy_to_floor(draft)


def kept(name: str, customers: int, make: Callable[[Rows], None]) -> Rows:
    """The rows called `name`: those of an earlier run on this day, else made now by `make` in a folder of their own."""
    home = Path(tempfile.gettempdir()) / f"loyalapp-bench-{os.getuid() if hasattr(os, 'getuid') else 0}"
    home.mkdir(mode=0o700, exist_ok=True)
    made = Rows(home / f"{name}-{_fingerprint()}", customers)
    if not made.folder.is_dir():
        for old in home.glob(f"{name}-{'?' * FINGERS}*"):
            shutil.rmtree(old)
        _make(made, make)
    (made.data / "plugins" / "state.json").unlink(missing_ok=True)
    return made


def _fingerprint() -> str:
    """Changes with every new day and with everything that shapes the rows."""
    files = sorted(file for pattern in SHAPES for file in ROOT.glob(pattern))
    shape = b"".join(file.read_bytes() for file in files)
    return hashlib.sha256(shape + str(time.localtime()[:3]).encode()).hexdigest()[:FINGERS]


def _make(made: Rows, make: Callable[[Rows], None]) -> None:
    began = time.perf_counter()
    print(f"Making {made.customers:,} customers …", flush=True)
    draft = Rows(made.folder.with_name(f"{made.folder.name}.part"), made.customers)
    shutil.rmtree(draft.folder, ignore_errors=True)
    make(draft)
    draft.folder.replace(made.folder)
    print(f"… made in {time.perf_counter() - began:.0f} s", flush=True)


def fill(folder: Path, customers: int, entries: int = 0) -> None:
    """A data folder with a firm in Lahore that speaks Urdu, its customers, and work for a full Today."""
    folder.mkdir(parents=True)
    app = create_app(Config.from_options(data_dir=folder))
    with app.app_context():
        settings.set_up("انمول مشینری", "PK", "لاہور", "ur")
        settings.save_firm(settings.Firm("انمول مشینری", "PK", "لاہور", "ur", sender="سلمان", capacity=CAPACITY))
        _add_customers(customers)
        _add_history(customers)
        _lengthen(on_today(customers), entries)
        _add_work(customers)
        db.session.remove()
        with db.engine.connect() as link:
            link.exec_driver_sql("PRAGMA analysis_limit = 400")
        db.engine.dispose()
    close_log()


def in_bulk(model: Any, values: Iterable[dict[str, Any]]) -> None:
    """By Core, many at once, in one transaction."""
    values = iter(values)
    with own_session() as session:
        while some := list(islice(values, AT_ONCE)):
            session.execute(insert(model.__table__), some)


def _add_customers(count: int) -> None:
    day, now = clock.today(), clock.now()
    numbers = []

    def values() -> Iterator[dict[str, Any]]:
        for one in people.people(count, day):
            found = one.values
            keys = keys_of([found["name"]], [found["firm"], found["place"], found["locality"]], [one.number])
            numbers.append({"customer_id": found["id"], "number": one.number})
            yield {**found, **keys, "import_id": 1, "created_at": now, "updated_at": now}

    in_bulk(Customer, values())
    in_bulk(Phone, numbers)
    with own_session() as session:
        search_index.index_import(session, 1)


def _add_history(customers: int) -> None:
    now, day = clock.now(), clock.today()
    in_bulk(Interaction, ({**one, "created_at": now} for one in people.interactions(customers, 5 * customers, now)))
    in_bulk(Purchase, ({**one, "created_at": now} for one in people.purchases(customers, 6 * customers // 10, day)))


def _lengthen(customer_ids: list[int], entries: int) -> None:
    """So many contacts more with each of them, one on each day back from today."""
    now = clock.now()
    said = (
        {**one, "customer_id": number, "happened_at": now - timedelta(days=back, minutes=number), "created_at": now}
        for number in customer_ids
        for back, one in enumerate(people.interactions(10, entries, now))
    )
    in_bulk(Interaction, said)


def on_today(customers: int) -> list[int]:
    """Who waits for a promise, or for the end of a problem: more than a day holds."""
    regulars = people.regulars(customers)
    return [*regulars[:PROMISES], *regulars[100 : 100 + PROBLEMS]]


def _add_work(customers: int) -> None:
    """Promises and problems, so that Today is full and comes from several sources."""
    day, waiting = clock.today(), on_today(customers)
    made = {"what": "نئی مشین کی قیمت بتانی ہے", "made_on": day - timedelta(days=30)}
    due = (day + timedelta(days=one - 15) for one in range(PROMISES))
    in_bulk(Promise, [{"customer_id": one, "due_on": on, **made} for one, on in zip(waiting, due, strict=False)])
    _add_problems(waiting[PROMISES:])


def _add_problems(customer_ids: list[int]) -> None:
    """Through the plugin's own verb, where the plugin is there."""
    try:
        issues = importlib.import_module("plugins.issues.service")
        for one in customer_ids:
            issues.record(one, "مشین رک جاتی ہے")
    except (ImportError, AttributeError, TypeError) as error:
        print(f"  (no problems were added: {error})", flush=True)


def copy_to_floor(made: Rows) -> None:
    """The same rows in a file of the floor's own, with just the indexes that its pages need."""
    link = connector(made.data / "loyalapp.sqlite3")()
    link.execute("ATTACH DATABASE ? AS floor", (str(made.floor),))
    for statement in (*SCHEMA, *COPY):
        link.execute(statement)
    link.execute("DETACH DATABASE floor")
    link.close()
