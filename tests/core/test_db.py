"""The database layer: settings of every connection, writing by many at once, reading that cannot write, and copies."""

import gc
import threading
import weakref
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import literal, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from loyalapp.core import db as database
from loyalapp.core.db import (
    Json,
    UtcDateTime,
    copy_database,
    db,
    leave_page,
    of_page,
    only_reading,
    own_session,
    reading,
    rows,
    show_page,
)
from loyalapp.features.customers import service as customers
from loyalapp.features.settings import service as settings
from tests.conftest import close, open_app, through_the_door

KARACHI = timezone(timedelta(hours=5))


def pragma(name: str) -> object:
    return db.session.execute(text(f"PRAGMA {name}")).scalar_one()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 10_000),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
    ],
)
def test_every_connection_has_the_settings_that_keep_data_safe(app, name, value):
    found = []

    def look():
        with app.app_context():
            found.append(pragma(name))
            db.session.remove()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert found == [value] * 4


def test_full_text_search_is_there(app):
    with app.app_context():
        options = {row[0] for row in db.session.execute(text("PRAGMA compile_options"))}

    assert "ENABLE_FTS5" in options


def test_eight_threads_that_write_lose_nothing(any_app):
    """Each reads, thinks, and writes: with a plain BEGIN most of them would fail with "database is locked"."""
    faults = []

    def write(worker):
        try:
            for number in range(10):
                with any_app.app_context():
                    customers.total()
                    customers.add({"name": f"Worker {worker}-{number}"})
                    db.session.remove()
        except Exception as error:  # noqa: BLE001 -- whatever comes out is the finding
            faults.append(error)

    threads = [threading.Thread(target=write, args=(one,)) for one in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert faults == []
    with any_app.app_context():
        assert customers.total() == 80


def test_inside_reading_nothing_can_be_changed(any_app):
    with any_app.app_context():
        with only_reading(), pytest.raises(DBAPIError):
            customers.add({"name": "Never"})
        db.session.rollback()
        assert customers.total() == 0
        customers.add({"name": "After"})
        assert customers.total() == 1


def test_reading_goes_on_while_somebody_writes(app):
    with app.app_context():
        customers.add({"name": "First"})
        with own_session() as writing:
            writing.execute(text("UPDATE customer SET place = 'Multan'"))
            seen = []

            def look():
                with app.app_context(), only_reading():
                    seen.append(customers.total())
                    db.session.remove()

            reader = threading.Thread(target=look)
            reader.start()
            reader.join(5)
            assert seen == [1]


def test_own_session_takes_everything_back_on_a_fault(any_app):
    def half() -> None:
        with own_session() as session:
            session.execute(text("INSERT INTO setting (key, value) VALUES ('half', '1')"))
            raise RuntimeError

    with any_app.app_context():
        with pytest.raises(RuntimeError):
            half()
        assert settings.get("half") is None


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 21, 23, 30, tzinfo=KARACHI),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2400, 2, 29, 1, 2, 3, 456789, UTC),
    ],
)
def test_moments_come_back_as_they_were_in_utc(any_app, moment):
    from loyalapp.features.interactions import service as interactions
    from loyalapp.features.interactions.models import Interaction

    with any_app.app_context():
        who = customers.add({"name": "Sana"}).id
        number = interactions.record(who, happened_at=moment)
        db.session.expunge_all()
        found = db.session.get_one(Interaction, number).happened_at

    assert found == moment
    assert found.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(any_app):
    without = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    question = text("SELECT :moment").bindparams(db.bindparam("moment", without, type_=UtcDateTime))

    with any_app.app_context(), pytest.raises(StatementError, match="time zone"):
        db.session.execute(question)


@pytest.mark.parametrize("value", [5, "عمران", [1, None], {"क": {"ख": "ग"}}, True])
def test_plain_values_come_back_as_they_were(any_app, value):
    with any_app.app_context():
        settings.put("test.value", value)
        db.session.expunge_all()
        assert settings.get("test.value") == value
    assert Json().process_bind_param("ع", None) == '"ع"', "readable in the file"


def test_a_copy_is_whole_checked_private_and_made_while_others_write(app, tmp_path):
    target = tmp_path / "copy.sqlite3"
    with app.app_context():
        customers.add({"name": "Before"})
        with own_session() as writing:
            writing.execute(text("UPDATE customer SET place = 'not committed'"))
            copy_database(db.engine, target)

    link = database.connector(target)()
    assert link.execute("SELECT name, place FROM customer").fetchall() == [("Before", None)]
    assert link.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    link.close()
    assert target.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.glob("*.part")] == []


def test_database_and_its_companions_are_private(app, data_dir):
    with app.app_context():
        customers.add({"name": "Sana"})
        modes = {one.name: oct(one.stat().st_mode & 0o777) for one in data_dir.glob("loyalapp.sqlite3*")}

    assert modes
    assert set(modes.values()) == {"0o600"}


def test_an_app_that_is_closed_leaves_nothing_in_memory(data_dir):
    made = open_app(data_dir)
    through_the_door(made).get("/customers/")
    close(made)
    ended = weakref.ref(made)
    del made
    gc.collect()
    assert ended() is None, "the next app, as in the next of ten thousand tests, stands beside this one"


def test_changes_are_counted_when_something_is_written_and_only_then(app):
    with app.app_context():
        before = database.changes(app)
        with only_reading():
            customers.total()
            db.session.remove()
        assert database.changes(app) == before
        customers.add({"name": "Sana"})
        assert database.changes(app) > before


def test_a_page_that_only_shows_is_told_one_connection_until_its_transaction_ends(app):
    with app.app_context(), only_reading():
        first = db.session.connection()
        assert db.session.connection() is first
        db.session.rollback()
        later = db.session.connection()
        assert later is not first
        assert not later.closed
        db.session.rollback()


def test_a_connection_of_a_page_that_showed_is_not_given_to_one_that_writes(app):
    with app.app_context():
        with only_reading():
            first = db.session.connection()
            db.session.rollback()
        assert db.session.connection() is not first
        db.session.rollback()


def test_a_page_that_only_shows_reads_on_one_connection_whoever_asks(app):
    with app.test_request_context():
        show_page()
        try:
            first = of_page()[0]
            assert db.session.connection() is first
            assert db.session.scalar(select(literal(7))) == rows(select(literal(7))).scalar() == 7
            with pytest.raises(DBAPIError, match="readonly"):
                db.session.execute(text("DELETE FROM setting"))
            db.session.rollback()
            assert of_page()[0] is not first, "what was given up is not used again"
        finally:
            leave_page()
            reading.set(False)
        assert first.closed
        db.session.execute(text("DELETE FROM setting"))
        db.session.commit()
