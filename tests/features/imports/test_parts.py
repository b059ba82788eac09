"""Long lists are written in parts: others can write in between, and what is cut off is taken back."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from loyalapp.core import locks
from loyalapp.core.db import db
from loyalapp.features.bring_back.models import UndoRow, UndoStep
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.imports import service, undoing, writing
from loyalapp.features.imports.models import Import
from tests.conftest import close, open_app
from tests.features.imports import made
from tests.features.imports.deeds import HEAD, bring, count, listed, whole_data

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def small_parts(monkeypatch):
    """Every part as small as can be, so that a short list has many."""
    monkeypatch.setattr(writing, "PART", 1)
    monkeypatch.setattr(writing, "PAUSE", 0)
    monkeypatch.setattr("loyalapp.features.imports.spool.RECORDS_AT_ONCE", 20)


def test_a_list_in_parts_is_the_same(any_app, small_parts):
    with any_app.app_context():
        for path in (made.LAHORE, made.SALES):
            bring(path)

        assert count(Purchase) == 900
        assert count(Customer) == 395
        assert customers.find("0300")
        assert db.session.scalar(select(func.count()).where(Import.finished_at.is_(None))) == 0


def test_a_contact_saved_between_two_parts_is_not_lost(app, small_parts, monkeypatch):
    with app.app_context():
        preview = service.plan(made.LAHORE)
        added = []
        monkeypatch.setattr(writing, "breathe", lambda: added or added.append(customers.add({"name": "Meanwhile"}).id))

        service.carry_out(preview)

        assert customers.get(added[0]).name == "Meanwhile"
        assert count(Customer) == 181


@pytest.mark.parametrize("stop_after", [200, 260, 330])
def test_stopped_between_two_parts_leaves_nothing(app, small_parts, stop_after):
    class Stop(Exception):
        pass

    def progress(done: int) -> None:
        if done > stop_after:
            raise Stop

    with app.app_context():
        known = customers.add({"name": "Known", "phones": ["03001111111"]})
        before = whole_data()
        with pytest.raises(Stop):
            service.carry_out(service.plan(made.LAHORE), progress)

        assert whole_data() == before
        assert (count(Import), count(UndoStep), count(UndoRow)) == (0, 0, 0)
        assert [row.id for row in customers.find("Known")] == [known.id]


def test_a_list_that_was_cut_off_is_taken_back_at_the_next_start(data_dir, small_parts, monkeypatch):
    class PowerCut(BaseException):
        pass

    app = open_app(data_dir)
    with app.app_context():
        customers.add({"name": "Known", "phones": ["03001111111"]})
        before = whole_data()
        monkeypatch.setattr(undoing, "take_back", lambda _number: None)  # nobody is there to do it
        written = []

        def breathe() -> None:
            written.append(1)
            if len(written) > 4:
                raise PowerCut

        monkeypatch.setattr(writing, "breathe", breathe)
        with pytest.raises(PowerCut):
            service.carry_out(service.plan(made.LAHORE))
        assert count(Customer) > 1
        assert service.latest() == []
    close(app)
    monkeypatch.undo()

    app = open_app(data_dir)
    with app.app_context():
        assert whole_data() == before
        assert count(Import) == 0
    close(app)


def test_a_list_that_is_being_written_is_left_alone(app, small_parts, monkeypatch):
    found = []
    with app.app_context():
        monkeypatch.setattr(writing, "breathe", lambda: found.append(service.take_back_unfinished()))
        bring(made.LAHORE)

        assert set(found) == {0}
        assert not locks.is_held(undoing.lock_file())


@pytest.mark.slow
def test_kills_while_a_list_is_written_in_parts(data_dir, tmp_path):
    rows = [HEAD, *([f"Person {number}", "", f"0300{number:07}", "Lahore"] for number in range(6000))]
    path = listed(tmp_path, rows)
    script = (
        "import sys; from pathlib import Path\n"
        "from loyalapp.app import create_app; from loyalapp.core.config import Config\n"
        "from loyalapp.features.imports import service, spool, writing\n"
        "writing.PART = 1; writing.PAUSE = 0.02\n"
        "app = create_app(Config.from_options(data_dir=sys.argv[1], testing=True, safe_mode=True))\n"
        "with app.app_context():\n"
        "    preview = service.plan(Path(sys.argv[2])); print('go', flush=True); service.carry_out(preview)\n"
    )
    seen = set()
    for pause in (0.05, 0.1, 0.2, 0.3, 0.5, 0.8):
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(data_dir), str(path)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        assert child.stdout.readline() == b"go\n"
        time.sleep(pause)
        os.kill(child.pid, signal.SIGKILL)
        child.stdout.close()
        child.wait()
        app = open_app(data_dir)
        with app.app_context():
            found = (count(Customer), count(Phone), count(Import))
            assert found in ((0, 0, 0), (6000, 6000, 1))
            if found[0]:
                service.undo(db.session.scalars(select(Import.id)).one())
                db.session.execute(text("DELETE FROM import_run"))
                db.session.commit()
        close(app)
        seen.add(found[0])
    assert 0 in seen
