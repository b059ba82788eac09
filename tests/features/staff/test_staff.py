"""The people who work here: added, renamed, gone and back."""

import pytest

from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.features.staff import service as staff


def test_somebody_is_added_and_stands_among_the_active_by_name(any_app):
    with any_app.app_context():
        zahid = staff.add("Zahid")
        asma = staff.add(" Asma \n Bibi ", "ur")

        assert staff.active() == [(asma, "Asma Bibi"), (zahid, "Zahid")]
        assert staff.names([zahid, asma, 99]) == {zahid: "Zahid", asma: "Asma Bibi"}
        assert staff.get(asma).language == "ur"


def test_who_left_keeps_the_name_but_is_not_offered_any_more(any_app):
    with any_app.app_context():
        zahid = staff.add("Zahid")
        staff.leave(zahid)
        assert staff.active() == []
        assert staff.names([zahid]) == {zahid: "Zahid"}

        staff.come_back(zahid)
        assert staff.active() == [(zahid, "Zahid")]


def test_two_who_rename_at_once_do_not_overwrite_each_other(any_app):
    with any_app.app_context():
        zahid = staff.add("Zahid")
        seen = staff.get(zahid).version
        staff.rename(zahid, "Zahid Khan", seen)

        with pytest.raises(Conflict):
            staff.rename(zahid, "Zahid Ali", seen)
        assert staff.names([zahid]) == {zahid: "Zahid Khan"}


@pytest.mark.parametrize("name", ["", " ​\x00 ", "ا" * 101, "zahid", "ZAHID "])
def test_a_name_that_is_missing_too_long_or_taken_is_refused(any_app, name):
    with any_app.app_context():
        staff.add("Zahid")

        with pytest.raises(LoyalAppError):
            staff.add(name)
        assert len(staff.active()) == 1


@pytest.mark.parametrize("number", [0, -1, 7, 2**40])
def test_nobody_of_that_number(any_app, number):
    with any_app.app_context(), pytest.raises(NotFound):
        staff.get(number)
