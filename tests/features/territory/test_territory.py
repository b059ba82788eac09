"""A portfolio goes over in one step, with the open promises, and comes back in one."""

import re
from datetime import timedelta

import pytest

from loyalapp.core.clock import today
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import promises
from loyalapp.features.interactions.models import Promise
from loyalapp.features.staff import service as staff
from loyalapp.features.territory import service as territory
from tests.walk import filled


@pytest.fixture
def three(any_app):
    """Rohit with three customers and an open promise, and one kept; Zahid with none."""
    with any_app.app_context():
        rohit, zahid = staff.add("Rohit"), staff.add("Zahid")
        staff.sit_down(rohit)
        ids = [customers.add({"name": f"Zainab {number}"}).id for number in range(3)]
        open_one = promises.promise(ids[0], "A price", today() + timedelta(days=2))
        kept = promises.promise(ids[1], "A visit", today())
        promises.keep(kept)
        staff.sit_down(None)
    return rohit, zahid, ids, open_one, kept


def whose(ids) -> list[int | None]:
    staff.db.session.expire_all()
    return [customers.get(one).salesman_id for one in ids]


def test_everything_goes_over_in_one_step_and_comes_back_in_one(any_app, three):
    rohit, zahid, ids, open_one, kept = three
    with any_app.app_context():
        customers.remove(ids[2])
        assert territory.portfolio(rohit) == territory.Portfolio(customers=2, promises=1)
        seen = customers.get(ids[0]).version
        step = territory.hand_over(rohit, zahid)

        assert whose(ids[:2]) == [zahid, zahid]
        assert staff.db.session.get(Promise, open_one).staff_member_id == zahid
        assert staff.db.session.get(Promise, kept).staff_member_id == rohit, "what was kept was kept by Rohit"
        assert territory.portfolio(rohit) == territory.Portfolio(0, 0)
        assert customers.get(ids[0]).version > seen, "a form opened before does not undo it unseen"

        bring_back.undo(step)
        assert whose(ids[:2]) == [rohit, rohit]
        assert staff.db.session.get(Promise, open_one).staff_member_id == rohit


def test_who_lies_in_the_trash_goes_over_too_and_comes_back_to_somebody_who_works_here(any_app, three):
    rohit, zahid, ids, *_rest = three
    with any_app.app_context():
        gone = customers.remove(ids[2])
        step = territory.hand_over(rohit, zahid)
        territory.leave(rohit)
        assert bring_back.undo(gone).left == 0
        assert whose([ids[2]]) == [zahid]

        assert bring_back.undo(step).left == 0, "what was brought back meanwhile goes back as well"
        assert whose(ids) == [rohit] * 3


def test_nothing_is_handed_to_nobody(any_app, three):
    rohit, zahid, *_rest = three
    with any_app.app_context():
        for to, fault in ((rohit, LoyalAppError), (999, NotFound)):
            with pytest.raises(fault):
                territory.hand_over(rohit, to)
        with pytest.raises(LoyalAppError, match="nothing"):
            territory.hand_over(zahid, rohit)
        staff.leave(zahid)
        with pytest.raises(LoyalAppError, match="Zahid"):
            territory.hand_over(rohit, zahid)


def test_who_has_open_promises_does_not_leave_silently(any_app, three):
    rohit, zahid, *_rest = three
    with any_app.app_context():
        with pytest.raises(territory.NotYet):
            territory.leave(rohit)
        assert [one for one, _name in staff.active()] == [rohit, zahid]
        territory.hand_over(rohit, zahid)
        territory.leave(rohit)
        assert [one for one, _name in staff.active()] == [zahid]


# ---- pages ----


@pytest.fixture
def pair(app):
    """Rohit has a customer and an open promise."""
    with app.app_context():
        rohit, zahid = staff.add("Rohit"), staff.add("Zahid")
        zainab = customers.add({"name": "Zainab", "salesman_id": rohit}).id
        staff.sit_down(rohit)
        promises.promise(zainab, "A price", today())
        staff.sit_down(None)
    return rohit, zahid, zainab


def test_page_of_leaving_offers_the_hand_over_and_does_both(app, client, pair):
    rohit, zahid, zainab = pair
    own = f"/settings/staff/{rohit}"
    answer = client.post(f"{own}/leave", data=filled(client, own, action=f"{own}/leave"))
    assert answer.headers["Location"] == f"{own}/hand-over?leaves=1"

    page = re.sub("<[^>]+>", "", client.get(answer.headers["Location"]).get_data(as_text=True))
    assert "1 promise is still to be kept." in page
    fields = filled(client, answer.headers["Location"], action="", to=str(zahid))
    assert fields["leaves"]
    assert client.post(f"{own}/hand-over", data=fields).status_code == 303
    with app.app_context():
        assert whose([zainab]) == [zahid]
        assert staff.active() == [(zahid, "Zahid")]
    assert "/bring-back/" in client.get("/settings/staff/").get_data(as_text=True), "with an undo"


def test_leaving_with_open_promises_on_purpose(app, client, pair):
    own = f"/settings/staff/{pair[0]}"
    fields = filled(client, f"{own}/hand-over", action=f"{own}/leave")
    assert client.post(f"{own}/leave", data=fields).headers["Location"] == "/settings/staff/"
    with app.app_context():
        assert staff.active() == [(pair[1], "Zahid")]


@pytest.mark.parametrize("to", ["", "0", "x", "999999999999", "-1", "٣"])
def test_page_asks_whom_it_goes_to(app, client, pair, to):
    own = f"/settings/staff/{pair[0]}/hand-over"
    answer = client.post(own, data={**filled(client, own, action=""), "to": to})

    assert answer.status_code in (404, 422)
    with app.app_context():
        assert whose([pair[2]]) == [pair[0]]
