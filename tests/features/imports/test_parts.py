"""Long lists are written in parts: others can write in between, and what is cut off is taken back."""

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
from tests.features.imports.deeds import HEAD, bring, count, killed, listed, whole_data


@pytest.fixture
def small_parts(monkeypatch):
    """Every part as small as can be, so that a short list has many."""
    monkeypatch.setattr(writing, "PART", 1)
    monkeypatch.setattr(writing, "PAUSE", 0)
    monkeypatch.setattr("loyalapp.features.imports.spool.RECORDS_AT_ONCE", 20)
    for module in ("planning", "staging"):
        monkeypatch.setattr(f"loyalapp.features.imports.{module}.ROWS_AT_ONCE", 20)


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
    rows = [HEAD, *([f"Person {number}", "", f"0300{number:07}", "Lahore"] for number in range(600))]
    path = listed(tmp_path, rows)
    bring_in = (
        "writing.PART, writing.PAUSE, planning.ROWS_AT_ONCE, staging.ROWS_AT_ONCE = 1, 0.02, 100, 100; "
        "service.carry_out(service.plan(Path(sys.argv[2])), told)"
    )
    seen = []
    for lines in (1, 3, 6, 99):
        killed(data_dir, bring_in, lines, path)
        app = open_app(data_dir)
        with app.app_context():
            seen.append((count(Customer), count(Phone), count(Import)))
            if lines == 3:  # the next start has taken it back; whatever came before can be brought in again
                assert db.session.execute(text("SELECT count(*) FROM customer_index")).scalar() == 0
        close(app)
    assert seen == [(0, 0, 0), (0, 0, 0), (0, 0, 0), (600, 600, 1)]
