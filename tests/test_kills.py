"""Nothing acknowledged is ever lost, nothing half-done stays: the app's process is killed at random moments."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import text

from loyalapp.core import db as database
from loyalapp.core.db import db
from tests import postgres
from tests.conftest import close, open_app
from tests.sources import ROOT

KILLS = 20
WORKER = """
import itertools, sys
from pathlib import Path
from tests.conftest import open_app
app = open_app(Path(sys.argv[1]), database_url=sys.argv[2] or None)
from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions

for number in itertools.count():
    with app.app_context():
        who = customers.add({"name": f"Run {sys.argv[3]}-{number}", "phones": [f"0300 {number % 10**7:07d}"]}).id
        print("customer", who, flush=True)
        words = {"said": "kept", "learned": f"fact {number}", "promised": f"promise {number}"}
        print("contact", interactions.record(who, **words, promised_for=today()), flush=True)
        print("purchase", catalogue.record_purchase(who, f"Item {number}", today()), flush=True)
        db.session.remove()
"""
TABLES = {"customer": "customer", "contact": "interaction", "purchase": "purchase"}
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
}
NOT_FOUND = {
    "sqlite": "SELECT count(*) FROM customer WHERE id NOT IN (SELECT rowid FROM customer_index)",
    "postgresql": "SELECT count(*) FROM customer WHERE id NOT IN (SELECT customer_id FROM customer_word)",
}


def kill_at_random(folder, url: str, run: int) -> list[tuple[str, int]]:
    """Let the app work for a moment, kill it; answers what it had acknowledged until then."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-X", "utf8", "-c", WORKER, str(folder), url, str(run)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings, cwd=ROOT, text=True) as child:
        first = child.stdout.readline()
        assert first, "the app did not start"
        time.sleep(random.uniform(0, 0.25))
        child.send_signal(signal.SIGKILL)
        said = (first + child.stdout.read()).splitlines(keepends=True)
    whole = [line.split() for line in said if line.endswith("\n")]
    return [(kind, int(number)) for kind, number in whole]


def check(app, acknowledged: list[tuple[str, int]]) -> None:
    """Everything acknowledged is there, nothing is half there, and the file is sound."""
    with app.app_context(), database.only_reading():
        for kind, table in TABLES.items():
            there = set(db.session.execute(text(f"SELECT id FROM {table}")).scalars())
            assert {number for said, number in acknowledged if said == kind} - there == set(), f"lost: {kind}"
        halves = {what: db.session.execute(text(query)).scalar() for what, query in HALVES.items()}
        assert {what: count for what, count in halves.items() if count} == {}
        assert db.session.execute(text(NOT_FOUND[db.engine.dialect.name])).scalar() == 0, "cannot be found"
        if db.engine.dialect.name == "sqlite":
            assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
        db.session.remove()


@pytest.mark.slow
def test_twenty_kills_on_sqlite(data_dir):
    acknowledged: list[tuple[str, int]] = []
    for run in range(KILLS):
        acknowledged += kill_at_random(data_dir, "", run)
        app = open_app(data_dir)
        check(app, acknowledged)
        close(app)

    assert len(acknowledged) > KILLS


@pytest.mark.slow
@pytest.mark.postgres
def test_twenty_kills_on_postgresql(postgres_server, tmp_path):
    url = f"{postgres_server}{postgres.copy_database(postgres_server, 'prepared')}"
    acknowledged: list[tuple[str, int]] = []
    for run in range(KILLS):
        acknowledged += kill_at_random(tmp_path / "data", url, run)
    app = open_app(tmp_path / "data", database_url=url)
    check(app, acknowledged)
    close(app)

    assert len(acknowledged) > KILLS


@pytest.mark.slow
def test_kills_while_the_tables_are_made_leave_nothing_half(tmp_path):
    """The first start: killed while it migrates, the next one begins anew."""
    folder = tmp_path / "data"
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    starting = "import sys; from pathlib import Path; from tests.conftest import open_app; open_app(Path(sys.argv[1]))"
    for _ in range(8):
        child = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", starting, str(folder)], env=surroundings, cwd=ROOT
        )
        time.sleep(random.uniform(0.2, 1.2))
        child.kill()
        child.wait()
    app = open_app(folder)
    check(app, [])
    close(app)
