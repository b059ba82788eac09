"""Pages that only show are made one after the other; whoever is slow or fails keeps nobody else from theirs."""

import threading
import time

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
    page = Page()

    def fail_or_show(surroundings, start_response):
        if surroundings["REQUEST_METHOD"] == "GET":
            return page(surroundings, start_response)
        raise RuntimeError(surroundings["REQUEST_METHOD"])

    monkeypatch.setattr(Turns, "PATIENCE", 1000 * LONG)
    turns = Turns(fail_or_show)
    for way in ("HEAD", "POST", "HEAD"):
        with pytest.raises(RuntimeError, match=way):
            turns({"REQUEST_METHOD": way}, None)
    threads = asked(turns, 1)

    assert page.begun.acquire(timeout=LONG)
    assert ended(page, threads)


def test_turns_are_given_in_the_order_in_which_they_were_asked_for(monkeypatch):
    """Who asks again at once does not get ahead of those who wait."""
    made = []
    is_first_under_way, may_go_on = threading.Event(), threading.Event()

    def page(surroundings, _start_response):
        made.append(surroundings["who"])
        is_first_under_way.set()
        may_go_on.wait(LONG)
        return [b"page"]

    def ask(who, times):
        for _time in range(times):
            turns({"REQUEST_METHOD": "GET", "who": who}, None)

    monkeypatch.setattr(Turns, "PATIENCE", LONG)
    turns = Turns(page)
    threads = []
    for who, times in (("eager", 3), ("second", 1), ("third", 1)):
        threads.append(threading.Thread(target=ask, args=[who, times]))
        threads[-1].start()
        assert is_first_under_way.wait(LONG)
        while len(turns._line._waiting) < len(threads) - 1:
            time.sleep(0.001)
    may_go_on.set()
    for one in threads:
        one.join(LONG)

    assert made == ["eager", "second", "third", "eager", "eager"]
