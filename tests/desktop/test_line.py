"""A line keeps its order, lets in one at a time, and goes past whoever stays too long inside."""

import threading
import time

from loyalapp.desktop.line import Line

LONG = 10.0  # seconds, which no test waits


def waiting(line, count):
    """Wait until so many wait."""
    until = time.monotonic() + LONG
    while len(line._waiting) != count and time.monotonic() < until:
        time.sleep(0.001)
    return len(line._waiting) == count


def enter_in(line, went_in, name):
    def go():
        place = line.enter()
        went_in.append(name)
        line.leave(place)

    thread = threading.Thread(target=go)
    thread.start()
    return thread


def test_each_goes_in_when_the_one_before_has_left_in_the_order_in_which_they_came():
    line, went_in = Line(LONG), []
    place = line.enter()
    threads = []
    for number in range(5):
        threads.append(enter_in(line, went_in, number))
        assert waiting(line, number + 1)
    assert went_in == []

    line.leave(place)
    for one in threads:
        one.join(LONG)

    assert went_in == [0, 1, 2, 3, 4]


def test_whoever_stays_too_long_is_passed_by_all_and_stops_nobody_by_leaving():
    line, went_in = Line(0.01), []
    slow = line.enter()
    for number in range(5):
        enter_in(line, went_in, number).join(LONG)
    assert went_in == [0, 1, 2, 3, 4]

    inside = line.enter()
    line.leave(slow)
    after = threading.Thread(target=lambda: went_in.append(line.enter() is not None))
    line._patience = LONG
    after.start()
    assert waiting(line, 1)

    line.leave(inside)
    after.join(LONG)
    assert went_in[-1] is True


def test_one_who_was_called_and_passed_before_it_noticed_goes_in_all_the_same():
    line = Line(0)
    line.enter()
    called = threading.Lock()

    assert not line._goes_past(called)
    assert line.enter()
