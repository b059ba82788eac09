"""Whatever stops an import, the database holds the whole list or nothing of it."""

import pytest
from sqlalchemy import event, text

from loyalapp.core.db import db
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.imports import service
from loyalapp.features.imports.models import Import
from loyalapp.features.imports.refusals import UnreadableList
from tests.features.imports import made
from tests.features.imports.deeds import HEAD, bring, count, killed, listed


class Broken(Exception):
    """Something that stops an import in the middle."""


def test_a_failure_at_any_statement_leaves_nothing(app, tmp_path):
    rows = [HEAD, *([f"Person {number}", "", f"0300{number:07}", "Lahore"] for number in range(1500))]
    path = listed(tmp_path, rows)
    with app.app_context():
        preview = service.plan(path)
        db.session.rollback()
        for allowed in range(1, 40):
            left = [allowed]

            def fail(*_given, left=left):
                left[0] -= 1
                if left[0] < 0:
                    raise Broken

            event.listen(db.engine, "before_cursor_execute", fail)
            try:
                service.carry_out(preview)
            except Broken:
                event.remove(db.engine, "before_cursor_execute", fail)
                assert (count(Customer), count(Phone), count(Import)) == (0, 0, 0)
                db.session.rollback()
            else:
                event.remove(db.engine, "before_cursor_execute", fail)
                break
        else:
            pytest.fail("it never went through")
        assert count(Customer) == 1500


def test_stopping_leaves_nothing(app):
    class Stop(Exception):
        pass

    def progress(done: int) -> None:
        if done > 200:
            raise Stop

    with app.app_context():
        with pytest.raises(Stop):
            service.carry_out(service.plan(made.LAHORE), progress)
        assert (count(Customer), count(Import)) == (0, 0)
        assert list(app.extensions["loyalapp.data"].work.glob("import-*")) == []


@pytest.mark.slow
def test_kill_in_the_middle_leaves_nothing_or_all(data_dir, tmp_path):
    rows = [HEAD, *([f"Person {number}", "", f"0300{number:07}", "Lahore"] for number in range(600))]
    path = listed(tmp_path, rows)
    small = "planning.ROWS_AT_ONCE = staging.ROWS_AT_ONCE = 100; "
    bring_in = f"{small}service.carry_out(service.plan(Path(sys.argv[2])), told)"
    from sqlcipher3 import dbapi2

    seen = []
    for lines in (1, 3, 6, 99):
        killed(data_dir, bring_in, lines, path)
        link = dbapi2.connect(str(data_dir / "loyalapp.sqlite3"))
        assert link.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = ("customer", "customer_phone", "customer_index", "import_run")
        seen.append([link.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables])
        link.close()
    assert all(one in ([0, 0, 0, 0], [600, 600, 600, 1]) for one in seen[:3])
    assert (seen[0], seen[3][:3]) == ([0, 0, 0, 0], [600, 600, 600])


def test_full_disk_is_one_sentence(app, monkeypatch):
    class FullSpool:
        def __init__(self, *_given):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("loyalapp.features.imports.planning.Spool", FullSpool)
    with app.app_context():
        with pytest.raises(UnreadableList) as caught:
            service.plan(made.LAHORE)
        assert caught.value.reason == "full"


def test_full_database_is_one_sentence(app):
    with app.app_context():
        preview = service.plan(made.LAHORE)
        with db.engine.connect() as link:
            pages = link.execute(text("PRAGMA page_count")).scalar()
        event.listen(db.engine, "begin", lambda link: link.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}"))
        with pytest.raises(UnreadableList) as caught:
            service.carry_out(preview)
        assert caught.value.reason == "full"
        assert count(Customer) == 0


def test_ids_do_not_clash_with_rows_written_later(any_app):
    with any_app.app_context():
        bring(made.PHONE)
        later = customers.add({"name": "Later"})
        bring(made.DELHI)
        last = customers.add({"name": "Last"})

        assert (later.id, last.id) == (41, 262)


def test_writing_in_small_portions_is_the_same(app, monkeypatch):
    monkeypatch.setattr("loyalapp.features.imports.filling.ROWS_AT_ONCE", 7)
    monkeypatch.setattr("loyalapp.features.imports.planning.ROWS_AT_ONCE", 11)
    monkeypatch.setattr("loyalapp.features.imports.staging.ROWS_AT_ONCE", 5)
    monkeypatch.setattr("loyalapp.features.imports.spool.RECORDS_AT_ONCE", 5)
    monkeypatch.setattr("loyalapp.features.imports.spool.IN_MEMORY", 100)
    with app.app_context():
        for path in (made.LAHORE, made.DELHI, made.PHONE, made.SALES):
            bring(path)

        assert (count(Customer), count(Phone), count(Purchase)) == (655, 774, 900)
