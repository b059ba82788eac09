"""What takes too long or too much is ended, only there, and only while it goes on."""

import contextlib
import sys
import threading
import time

import pytest
from sqlalchemy import text

from loyalapp.core import patience
from loyalapp.core.db import db, only_reading
from loyalapp.core.patience import Task, TookTooLong, TookTooMuch, carry_out, run


def endless() -> None:
    while True:
        pass


def test_what_comes_to_its_end_gives_its_answer():
    assert run(lambda: 5, 1) == 5
    with pytest.raises(KeyError):
        run(lambda: {}["x"], 1)


def test_an_endless_loop_is_ended_even_where_it_catches_everything():
    begun = time.monotonic()

    def stubborn():
        for _turn in range(3):
            with contextlib.suppress(Exception):  # -- what a careless author writes
                endless()

    with pytest.raises(TookTooLong):
        run(stubborn, 0.2)
    assert time.monotonic() - begun < 10


def test_what_swallows_even_that_is_told_again_and_its_owner_too():
    told = []

    def stubborn():
        try:
            endless()
        except BaseException:  # noqa: BLE001 -- what a very careless author writes
            endless()

    with pytest.raises(TookTooLong):
        carry_out(Task(0.2, lambda: told.append(threading.current_thread().name)), stubborn)
    assert told == ["patience"]


def test_what_waits_in_c_is_reported_while_it_waits():
    told = threading.Event()
    with pytest.raises(TookTooLong):
        carry_out(Task(5, told.set, longest=0.2), lambda: told.wait(0.1) or time.sleep(2.5))
    assert told.is_set()


def test_what_only_waits_has_longer_than_what_works():
    """On a busy computer a thread waits for the processor just as this one waits for a bell."""
    task = Task(0.2, longest=60)

    assert carry_out(task, lambda: threading.Event().wait(1.5) or "waited") == "waited"
    assert (task.strikes, task.worked < 0.2) == (0, True)


@pytest.mark.parametrize("has_clocks", [patience.HAS_CLOCKS, False])
def test_work_is_counted_also_where_only_the_whole_program_has_a_clock(monkeypatch, has_clocks):
    monkeypatch.setattr(patience, "HAS_CLOCKS", has_clocks)
    task = Task(0.3, longest=600)

    with pytest.raises(TookTooLong, match=r"over 0\.3 s"):
        carry_out(task, endless)
    assert task.worked >= 0.3


def test_the_inner_one_ends_alone_and_the_outer_one_with_it():
    def inner():
        with pytest.raises(TookTooLong):
            run(endless, 0.1)
        return "goes on"

    assert run(inner, 30) == "goes on"
    with pytest.raises(TookTooLong, match=r"over 0\.2 s"):
        run(lambda: run(endless, 30), 0.2)


def test_nothing_is_ended_that_is_over(monkeypatch):
    """Ends in the very moment in which it is told to: the exception must not come out anywhere else."""
    monkeypatch.setattr(patience, "LOOK", 0.0001)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    ended, elsewhere = [], []

    def busy():
        until = time.perf_counter() + 0.001
        while time.perf_counter() < until:
            pass

    def often():
        for _turn in range(400):
            try:
                carry_out(Task(0.001, longest=0.001), busy)
            except TookTooLong:
                ended.append(1)
            except BaseException as error:  # noqa: BLE001 -- whatever comes out is the finding
                elsewhere.append(error)

    threads = [threading.Thread(target=often) for _ in range(3)]
    try:
        for one in threads:
            one.start()
        for one in threads:
            one.join(60)
    finally:
        sys.setswitchinterval(interval)

    assert ended
    assert elsewhere == []


def test_it_sleeps_while_nothing_runs(monkeypatch):
    looks = []
    monkeypatch.setattr(patience, "LOOK", 0.01)
    run(lambda: None, 5)
    watch = patience._watch
    until = time.monotonic() + 5
    while watch.is_looking and time.monotonic() < until:
        time.sleep(0.02)
    monkeypatch.setattr(watch, "_strike", lambda: looks.append(1) or [])
    time.sleep(0.1)

    assert not watch.is_looking
    assert looks == []


@pytest.mark.skipif(not patience.STATM.is_file(), reason="only Linux tells what a program holds at once")
def test_what_takes_too_much_memory_is_ended(monkeypatch):
    monkeypatch.setattr(patience, "MOST_MEMORY", 100_000_000)

    def hoarding():
        hoard = []
        while True:
            hoard.append(b"x" * 1_000_000)
            time.sleep(0.001)

    with pytest.raises(TookTooMuch):
        run(hoarding, 60)


def test_a_long_query_of_sqlite_is_ended(app):
    many = "SELECT count(*) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n)"
    with app.app_context(), only_reading():
        with pytest.raises(TookTooLong):
            run(lambda: db.session.execute(text(many)), 0.3)
        db.session.rollback()
        assert db.session.execute(text("SELECT 1")).scalar() == 1
