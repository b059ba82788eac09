"""Plugins that are slow, hang or swallow the memory: noted, ended, paused with a sentence of their own."""

import threading
import time

import pytest

from loyalapp.core import patience
from loyalapp.core.db import only_reading
from loyalapp.plugin_system import budgets, discovery
from loyalapp.plugin_system.budgets import Budget
from loyalapp.plugin_system.calls import ask, registry, tell
from loyalapp.plugin_system.supervision import SLOW_UNTIL_PAUSE, kind_of_pause
from tests.conftest import through_the_door
from tests.plugin_system.test_calls import plug_in


@pytest.fixture
def hasty(monkeypatch):
    """Budgets in which a test can wait; only the hooks that no bundled plugin answers slowly are asked here."""
    monkeypatch.setattr(budgets, "ASKED", Budget(0.01, 0.05, 0.4, 1.6))
    monkeypatch.setattr(budgets, "TOLD", Budget(0.01, 0.05, 0.4, 1.6))


def endless(**_facts):
    while True:
        pass


def endless_plainly():
    endless()


def asked(app, times=1):
    with app.app_context(), only_reading():
        return [ask("customers_with_open_problem", customer_ids=[1]) for _turn in range(times)]


def test_slow_answers_count_only_again_and_again_and_not_the_first(app, hasty):
    pauses = [0.1] * SLOW_UNTIL_PAUSE + [0] + [0.1] * SLOW_UNTIL_PAUSE
    slow = plug_in(app, "slow", customers_with_open_problem=lambda: time.sleep(pauses.pop(0)))

    asked(app, SLOW_UNTIL_PAUSE)
    assert slow.status == discovery.RUNNING, "the first is free, and one is missing"
    asked(app, 1 + SLOW_UNTIL_PAUSE - 1)
    assert slow.status == discovery.RUNNING, "a quick one forgives the others"
    asked(app)

    assert (slow.status, slow.reason) == (discovery.PAUSED, "slow customers_with_open_problem")
    assert registry(app).states.of("slow").reason == slow.reason
    page = through_the_door(app).get("/plugins/").get_data(as_text=True)
    assert "It answered too slowly again and again, so we paused it." in page


def test_waiting_for_a_busy_computer_is_not_counted_as_slow(app, monkeypatch):
    monkeypatch.setattr(budgets, "ASKED", Budget(0.01, 0.05, 5.0, 500.0))
    monkeypatch.setattr(patience, "LOOK", 0.001)
    waits = plug_in(app, "waits", customers_with_open_problem=lambda: time.sleep(0.1))
    asked(app, 2 * SLOW_UNTIL_PAUSE)

    assert waits.status == discovery.RUNNING


def test_a_plugin_that_hangs_is_ended_and_paused_at_once(app, hasty):
    bad = plug_in(app, "bad", customers_with_open_problem=endless_plainly)
    plug_in(app, "good", customers_with_open_problem=lambda: [7])

    assert asked(app, 2) == [[7], [7]]
    assert (bad.status, bad.reason) == (discovery.PAUSED, "hung customers_with_open_problem")
    page = through_the_door(app).get("/plugins/").get_data(as_text=True)
    assert "It did not come to an end, so we stopped it." in page


def test_a_plugin_that_waits_for_ever_is_paused_for_everybody_else(app, hasty):
    gate = threading.Event()
    bad = plug_in(app, "bad", customers_with_open_problem=lambda: gate.wait(20))
    first = threading.Thread(target=asked, args=[app])
    first.start()
    until = time.monotonic() + 15
    while bad.status == discovery.RUNNING and time.monotonic() < until:
        time.sleep(0.05)
    still_waits = first.is_alive()

    assert asked(app) == [[]], "others are not made to wait"
    gate.set()
    first.join(10)

    assert still_waits
    assert (bad.status, bad.reason) == (discovery.PAUSED, "hung customers_with_open_problem")
    assert registry(app).states.of("bad").wish == "paused"


def test_what_is_told_is_ended_too(app, hasty):
    bad = plug_in(app, "bad", purchase_was_recorded=endless)
    with app.app_context():
        tell("purchase_was_recorded", customer_id=1, purchase_id=1)

    assert bad.reason == "hung purchase_was_recorded"


@pytest.mark.skipif(not patience.STATM.is_file(), reason="only Linux tells what a program holds at once")
def test_a_plugin_that_swallows_the_memory_is_ended_and_paused_at_once(app, monkeypatch):
    monkeypatch.setattr(patience, "MOST_MEMORY", 100_000_000)

    def hoarding():
        hoard = []
        while True:
            hoard.append(b"x" * 1_000_000)
            time.sleep(0.001)

    bad = plug_in(app, "bad", customers_with_open_problem=hoarding)
    asked(app)

    assert bad.reason == "memory customers_with_open_problem"
    page = through_the_door(app).get("/plugins/").get_data(as_text=True)
    assert "It took nearly all of the memory, so we stopped it." in page


def test_why_it_was_paused_is_told_apart():
    reasons = ["nav_links", "slow nav_links", "hung nav_links", "memory nav_links", "page works.show", ""]

    assert [kind_of_pause(one) for one in reasons] == ["", "slow", "hung", "memory", "page", ""]


def test_each_call_is_remembered_with_its_time_and_its_fault(app):
    answers = [[1], RuntimeError("x")]

    def answering():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    plugin = plug_in(app, "good", customers_with_open_problem=answering)
    asked(app, 2)
    record = plugin.record.hooks["customers_with_open_problem"]

    assert (record.calls, record.failures) == (2, 1)
    assert [one.fault.split(":")[0] for one in plugin.record.newest] == ["", "RuntimeError"]
