"""Nothing acknowledged is ever lost and nothing half-done stays: a short run of `python3 -m tests.faults`."""

import os
import re
import subprocess
import sys

import pytest

from loyalapp.core.db import db
from tests import postgres
from tests.faults import places, shop, works
from tests.sources import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")


def faults(*words: str) -> str:
    """What a run prints; it has to find nothing."""
    command = [sys.executable, "-X", "utf8", "-m", "tests.faults", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@pytest.mark.slow
@pytest.mark.postgres
def test_twenty_kills_in_mixed_work_lose_nothing(postgres_server):
    url = f"{postgres_server}{postgres.copy_database(postgres_server, 'prepared')}"

    said = faults("--kills", "20", "--steps", "0", "--server", url)

    kills, died, acknowledged = (int(one) for one in re.findall(r"(?:kills|work|acknowledged): (\d+)", said)[:3])
    assert kills == 20
    assert died > 10, "most fall into the work"
    assert acknowledged > 20


@pytest.mark.slow
def test_a_deed_that_fails_at_any_step_is_done_or_not_done():
    said = faults("--kills", "0", "--steps", "3")

    assert int(re.search(r"made to fail: (\d+) times", said)[1]) > 60


def test_what_is_lost_half_there_or_damaged_is_seen(app, data_dir):
    """The look at the data itself."""
    with app.app_context():
        day = shop.Work(app, data_dir, "1", lambda _word: None)
        day.record(1)
        day.bring_in(2)
        day.half_type(3)
        with db.engine.begin() as link:
            link.exec_driver_sql("DELETE FROM customer_phone WHERE customer_id = 1")
            link.exec_driver_sql("DELETE FROM customer WHERE name LIKE 'Listed % 7'")
            link.exec_driver_sql("DELETE FROM promise")
    (data_dir / "backups" / "loyalapp-1.loyalbackup").write_bytes(b"half")
    told = [("customer", 1), ("customer", 999), ("contact", 1), ("import", 1), ("draft", "/customers/4/edit")]
    found = "\n".join(shop.faults_of(data_dir, told))

    for fault in ("lost: customer 999", "1 customers without", "1 contacts without the promise", "39 customers of 1"):
        assert fault in found
    assert "half a copy" in found
    assert "lost: the draft of /customers/4/edit" in found
    assert found.count("lost:") == 2


def test_tables_that_lost_rows_are_seen():
    assert works.less_than({"a": 2, "b": 1, "c": 0}, {"a": 1, "c": 0}) == ["a: 1 of 2 rows", "b: None of 1 rows"]
    assert len(places.released()) >= 4
