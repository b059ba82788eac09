"""A long import is undone in portions: others work in between, and what is cut off is finished at the next start."""

import re
import threading
from pathlib import Path

import pytest
from sqlalchemy import event, text

from loyalapp.core.db import db
from loyalapp.core.errors import Conflict
from loyalapp.features.bring_back.models import UndoRow, UndoStep
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.imports import leaving, service, undo_jobs, undoing, writing
from loyalapp.features.imports.models import Import
from tests.conftest import close, open_app
from tests.features.imports import made
from tests.features.imports.deeds import HEAD, bring, count, everybody, killed, listed, whole_data


class Broken(Exception):
    """Something that stops an undoing in the middle."""


@pytest.fixture
def small_portions(monkeypatch):
    """Portions as small as can be, so that a short list has many."""
    monkeypatch.setattr(leaving, "PORTION", 3)
    monkeypatch.setattr(writing, "PAUSE", 0)


def two_lists(folder: Path) -> tuple[dict[str, list[str]], int]:
    """What was there before, and a list that added eight customers and filled in five."""
    known = [[f"Known {number}", "", f"0300111111{number}", "", "", ""] for number in range(5)]
    bring(listed(folder, [HEAD, *known], "known.csv"))
    before = whole_data()
    more = [[f"Known {number}", "Madina", f"0300111111{number}", "Lahore", "", ""] for number in range(5)]
    new = [[f"New {number}", "Noor", f"0300222222{number}", "Lahore", "4/5/80", "Pays late"] for number in range(8)]
    return before, bring(listed(folder, [HEAD, *more, *new], "more.csv")).import_id


def test_nothing_is_left(any_app, small_portions, tmp_path):
    with any_app.app_context():
        before, import_id = two_lists(tmp_path)
        done = []

        outcome = service.undo(import_id, done.append)

        assert whole_data() == before
        assert done == [3, 6, 8, 11, 13]
        assert (outcome.left, outcome.sentence) == (0, "")
        assert not customers.find("New 1")
        assert not customers.find("Madina")
        assert count(UndoRow) == 0
        assert not service.is_half_undone(service.get(import_id))
        with pytest.raises(Conflict):
            service.undo(import_id)


def test_what_people_did_stays_and_is_named_from_every_portion(any_app, small_portions, tmp_path):
    with any_app.app_context():
        _before, import_id = two_lists(tmp_path)
        people = everybody()
        for name in ("New 1", "New 6"):
            customers.change(people[name].id, {"notes": "Called today"})
        for name in ("Known 0", "Known 4"):
            customers.change(people[name].id, {"firm": "Madina & Sons", "place": "Multan"})
        customers.change(people["Known 2"].id, {"locality": "Cantt"})

        outcome = service.undo(import_id)

        found = everybody()
        assert sorted(found) == [*(f"Known {number}" for number in range(5)), "New 1", "New 6"]
        assert (found["Known 4"].firm, found["Known 3"].firm) == ("Madina & Sons", None)
        assert (found["Known 2"].firm, found["Known 2"].place, found["Known 2"].locality) == (None, None, "Cantt")
        assert [row.id for row in customers.find("Cantt")] == [found["Known 2"].id]
        assert sorted(outcome.names) == ["Known 0", "Known 4"]
        assert "2 new customers stay" in outcome.sentence
        assert customers.find("New 6")


def test_no_row_of_a_portion_walks_through_the_whole_portion(app, small_portions, tmp_path):
    plans = []

    def look(link, _cursor, statement, parameters, _context, _many):
        if statement.startswith("SELECT max(CASE"):
            plans.extend(row[3] for row in link.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))

    with app.app_context():
        _before, import_id = two_lists(tmp_path)
        event.listen(db.engine, "before_cursor_execute", look)
        try:
            service.undo(import_id)
        finally:
            event.remove(db.engine, "before_cursor_execute", look)

    beside = [one for one in plans if re.match(r"(?:SEARCH|SCAN) undo_row_\d", one)]
    assert beside
    assert [one for one in beside if "row_id=?" not in one] == []


def test_sales_go_in_portions_too(app, monkeypatch):
    monkeypatch.setattr(leaving, "PORTION", 100)
    monkeypatch.setattr(writing, "PAUSE", 0)
    with app.app_context():
        bring(made.LAHORE)
        before = whole_data()
        import_id = bring(made.SALES).import_id

        service.undo(import_id)

        assert whole_data() == before
        assert count(Purchase) == 0


def test_others_can_write_between_two_portions(app, small_portions, tmp_path, monkeypatch):
    with app.app_context():
        _before, import_id = two_lists(tmp_path)
        met = everybody()["New 7"].id
        written = []

        def breathe() -> None:
            if not written:
                written.append(customers.add({"name": "Meanwhile"}).id)
                customers.change(met, {"notes": "Came to the shop"})

        monkeypatch.setattr(writing, "breathe", breathe)
        outcome = service.undo(import_id)

        assert customers.get(written[0]).name == "Meanwhile"
        assert customers.get(met).notes == "Came to the shop"
        assert "1 new customer stays" in outcome.sentence


@pytest.mark.parametrize("portion", [1, 3, 5])
def test_what_was_cut_off_is_finished_at_the_next_start(data_dir, small_portions, tmp_path, monkeypatch, portion):
    class PowerCut(BaseException):
        pass

    app = open_app(data_dir)
    with app.app_context():
        before, import_id = two_lists(tmp_path)
        done = []

        def breathe() -> None:
            done.append(1)
            if len(done) == portion:
                raise PowerCut

        monkeypatch.setattr(writing, "breathe", breathe)
        with pytest.raises(PowerCut):
            service.undo(import_id)
        assert service.is_half_undone(service.get(import_id))
    close(app)
    monkeypatch.setattr(writing, "breathe", lambda: None)

    app = open_app(data_dir)  # which is there at once, and goes on in the background
    with app.app_context():
        undo_jobs.of(import_id).wait(60)
        assert whole_data() == before
        assert service.get(import_id).undone_at is not None
        assert not service.is_half_undone(service.get(import_id))
        assert undoing.take_back_unfinished() == 0
    close(app)


def test_a_failure_at_any_statement_is_set_right(app, small_portions, tmp_path):
    """Whichever statement fails, the next start finishes what was begun; the steps of others stand."""
    with app.app_context():
        for allowed in (3, 20, 60, 100, 140, 1000):
            before, import_id = two_lists(tmp_path)
            whole = whole_data()
            left = [allowed]

            def fail(*_given, left=left):
                left[0] -= 1
                if left[0] < 0:
                    raise Broken

            event.listen(db.engine, "before_cursor_execute", fail)
            try:
                service.undo(import_id)
            except Broken:
                went_through = False
            else:
                went_through = True
            event.remove(db.engine, "before_cursor_execute", fail)
            db.session.rollback()
            begun = service.get(import_id).undone_at is not None
            undoing.take_back_unfinished()
            db.session.rollback()
            assert whole_data() == (before if begun else whole)
            start_again()
            if went_through:
                return
    pytest.fail("it never went through")


def start_again() -> None:
    """As on the first day."""
    for model in (Customer, Import, UndoStep):
        db.session.execute(db.delete(model))
    db.session.execute(text("DELETE FROM customer_index"))
    db.session.execute(text("DELETE FROM customer_index_numbers"))
    db.session.commit()


@pytest.mark.slow
def test_kills_while_an_import_is_undone(data_dir, tmp_path):
    """`kill -9` after some of the portions: the database is whole, and the next start finishes it."""
    rows = [HEAD, *([f"Person {number}", "", f"0300{number:07}", "Lahore"] for number in range(900))]
    app = open_app(data_dir)
    with app.app_context():
        path = listed(tmp_path, rows)
        import_id = bring(path).import_id
    close(app)
    undo = "leaving.PORTION, writing.PAUSE = 100, 0.02; service.undo(int(sys.argv[2]), told)"
    for portions in (1, 4, 8):
        killed(data_dir, undo, portions, import_id)
        app = open_app(data_dir)
        with app.app_context():
            with db.engine.connect() as link:
                assert link.execute(text("PRAGMA integrity_check")).scalar() == "ok"
                assert link.execute(text("SELECT count(*) FROM customer_index")).scalar() == 0
            assert (count(Customer), count(Phone)) == (0, 0)
            import_id = bring(path).import_id
        close(app)


# ---- the pages ----


def test_the_page_says_how_far_it_is_and_others_answer(client, csrf, app, small_portions, tmp_path, monkeypatch):
    with app.app_context():
        before, import_id = two_lists(tmp_path)
    gate, reached = threading.Event(), threading.Event()

    def breathe() -> None:
        reached.set()
        gate.wait(60)

    monkeypatch.setattr(writing, "breathe", breathe)
    monkeypatch.setattr("loyalapp.features.imports.views.PATIENCE", 0.01)
    try:
        answer = client.post(f"/imports/{import_id}/undo", data=csrf(f"/imports/{import_id}/undo"))
        assert reached.wait(60)
        page = client.get(answer.headers["Location"]).get_data(as_text=True)
        assert "The list is being undone" in page
        assert f'data-progress="/imports/{import_id}/undo/state"' in page
        state = client.get(f"/imports/{import_id}/undo/state").get_json()
        assert state == {"state": "undoing", "busy": True, "done": "3", "share": 3 * 100 // 13}
        for path in (f"/imports/{import_id}", f"/imports/{import_id}/undo"):
            assert client.get(path).headers["Location"] == answer.headers["Location"], "not taken for half done"
        assert client.get("/customers/").status_code == 200
        again = client.post(f"/imports/{import_id}/undo", data=csrf("/customers/"))
        assert again.headers["Location"] == answer.headers["Location"], "it is not begun twice"
        assert client.post("/customers/new", data={"name": "Meanwhile", **csrf("/customers/new")}).status_code == 303
    finally:
        gate.set()
    with app.app_context():
        undo_jobs.of(import_id).wait(60)
    last = client.get(answer.headers["Location"], follow_redirects=True).get_data(as_text=True)
    assert "The list is undone." in last
    assert client.get(f"/imports/{import_id}/undo/state").get_json()["busy"] is False
    with app.app_context():
        assert "Meanwhile" in everybody()
        db.session.rollback()
        assert len(whole_data()["customer"]) == len(before["customer"]) + 1


def test_a_fault_half_way_is_told_and_the_rest_goes_at_the_next_press(
    client, csrf, app, small_portions, tmp_path, monkeypatch
):
    with app.app_context():
        before, import_id = two_lists(tmp_path)
    done = []

    def breathe() -> None:
        done.append(1)
        if len(done) == 2:
            raise Broken

    monkeypatch.setattr(writing, "breathe", breathe)
    client.post(f"/imports/{import_id}/undo", data=csrf(f"/imports/{import_id}/undo"))
    with app.app_context():
        undo_jobs.of(import_id).wait(60)
    page = client.get(f"/imports/{import_id}/undo/progress", follow_redirects=True).get_data(as_text=True)
    assert "Something went wrong while this list was undone" in page
    assert "This import is undone only in part" in page

    client.post(f"/imports/{import_id}/undo", data=csrf(f"/imports/{import_id}"))
    with app.app_context():
        undo_jobs.of(import_id).wait(60)
        assert whole_data() == before
    page = client.get(f"/imports/{import_id}/undo/progress", follow_redirects=True).get_data(as_text=True)
    assert "The list is undone." in page
    assert "only in part" not in page
