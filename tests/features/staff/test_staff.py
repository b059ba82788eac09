"""The people who work here: added, renamed, gone and back."""

import pytest

from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.features.staff import service as staff
from tests.walk import filled


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


@pytest.mark.parametrize("name", ["", " \u200b\x00 ", "ا" * 101, "zahid", "ZAHID "])
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


# ---- pages ----


def test_page_adds_renames_and_takes_leave_with_a_way_back(app, client):
    page = "/settings/staff/"
    assert client.post(page, data=filled(client, page, name="Zahid")).status_code == 303
    with app.app_context():
        zahid = staff.active()[0][0]
    own = f"{page}{zahid}"
    assert client.post(own, data=filled(client, own, action="", name="Zahid Khan")).status_code == 303
    client.post(f"{own}/leave", data=filled(client, own, action=f"{own}/leave"))

    shown = client.get(page).get_data(as_text=True)
    assert "Zahid Khan" in shown
    assert f"{own}/come-back" in shown
    client.post(f"{own}/come-back", data=filled(client, own, action=f"{own}/come-back"))
    with app.app_context():
        assert staff.active() == [(zahid, "Zahid Khan")]


@pytest.mark.parametrize("name", ["", "\u200b", "Zahid", "x" * 5000])
def test_page_says_what_is_to_be_mended_and_keeps_what_was_typed(app, client, name):
    with app.app_context():
        staff.add("Zahid")
    answer = client.post("/settings/staff/", data=filled(client, "/settings/staff/", name=name, language="ur"))

    assert answer.status_code == 422
    assert 'value="ur" selected' in answer.get_data(as_text=True).replace('selected value="ur"', 'value="ur" selected')
    with app.app_context():
        assert len(staff.active()) == 1


def test_old_page_does_not_overwrite_a_newer_name(app, client):
    with app.app_context():
        zahid = staff.add("Zahid")
    own = f"/settings/staff/{zahid}"
    typed = filled(client, own, action="", name="Zahid Ali")
    with app.app_context():
        staff.rename(zahid, "Zahid Khan")

    answer = client.post(own, data=typed)
    assert answer.status_code == 422
    assert "Zahid Ali" in answer.get_data(as_text=True)
    with app.app_context():
        assert staff.names([zahid]) == {zahid: "Zahid Khan"}


def test_made_up_people_go_again_unless_somebody_made_them_real(any_app):
    with any_app.app_context():
        asma, rohit = staff.add("Asma"), staff.add("Rohit")
        staff.rename(rohit, "Rohit Kumar")
        staff.remove_untouched([asma, rohit])

        assert staff.active() == [(rohit, "Rohit Kumar")]
