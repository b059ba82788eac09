"""Pages that only show are made one after the other; whoever is slow or fails keeps nobody else from theirs."""

import threading

import pytest

from loyalapp.desktop.server import Turns

LONG = 10.0  # seconds, which no test waits


class Page:
    """A page that is made until the test says so; it remembers how many were being made at once."""

    def __init__(self):
        self.may_end = threading.Event()
        self.begun = threading.Semaphore(0)
        self.now, self.most = 0, 0

    def __call__(self, _surroundings, _start_response):
        self.now += 1
        self.most = max(self.most, self.now)
        self.begun.release()
        self.may_end.wait(LONG)
        self.now -= 1
        return [b"page"]


def asked(turns, count, way="GET"):
    threads = [threading.Thread(target=turns, args=[{"REQUEST_METHOD": way}, None]) for _one in range(count)]
    for one in threads:
        one.start()
    return threads


def ended(page, threads):
    page.may_end.set()
    for one in threads:
        one.join(LONG)
    return not any(one.is_alive() for one in threads)


def test_pages_are_made_one_after_the_other(monkeypatch):
    monkeypatch.setattr(Turns, "PATIENCE", LONG)
    page = Page()
    threads = asked(Turns(page), 4)
    page.begun.acquire(timeout=LONG)

    assert ended(page, threads)
    assert page.most == 1


def test_a_slow_page_does_not_keep_others_waiting(monkeypatch):
    monkeypatch.setattr(Turns, "PATIENCE", 0.01)
    page = Page()
    threads = asked(Turns(page), 2)

    assert [page.begun.acquire(timeout=LONG) for _one in threads] == [True, True]
    assert ended(page, threads)


def test_what_writes_waits_for_nobody(monkeypatch):
    monkeypatch.setattr(Turns, "PATIENCE", LONG)
    page = Page()
    turns = Turns(page)
    threads = [*asked(turns, 1), *asked(turns, 1, "POST")]

    assert [page.begun.acquire(timeout=LONG) for _one in threads] == [True, True]
    assert ended(page, threads)


def test_a_turn_is_given_back_after_a_fault_and_by_whoever_went_without_one(monkeypatch):
    def fail(surroundings, _start_response):
        raise RuntimeError(surroundings["REQUEST_METHOD"])

    monkeypatch.setattr(Turns, "PATIENCE", LONG)
    turns = Turns(fail)
    for way in ("GET", "POST", "GET", "GET"):
        with pytest.raises(RuntimeError, match=way):
            turns({"REQUEST_METHOD": way}, None)

    assert turns._turn._value == 1
