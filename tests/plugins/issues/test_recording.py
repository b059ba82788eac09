"""Recording: what they own, somebody we do not know, who is responsible, and two people at one problem."""

from datetime import timedelta

import pytest

from loyalapp import sdk
from loyalapp.core import clock
from loyalapp.features.catalogue import owned
from loyalapp.features.customers import merging
from loyalapp.features.staff import service as staff
from loyalapp.features.today import service as today
from plugins.issues import book, hours, service, steps, things
from tests.plugins.issues.conftest import browser, send


def test_things_are_suggested_once_each_the_newest_first(here, person):
    customer_id = person()
    for ago, item in ((900, "JK-8700"), (400, "jk-8700"), (20, "Overlock 747")):
        sdk.catalogue.record_purchase(customer_id, item, sdk.today() - timedelta(days=ago))

    assert [one.name for one in things.of(customer_id)] == ["Overlock 747", "jk-8700"]


def test_what_they_own_comes_with_its_number_and_warranty_and_not_twice(app, person):
    with app.app_context():
        customer_id, day = person(), sdk.today()
        sdk.catalogue.record_purchase(customer_id, "Overlock 747", day - timedelta(days=90))
        item = owned.add(
            customer_id, "Overlock 747", serial="X-77", bought_on=day, warranty_until=day + timedelta(days=99)
        )
        gone = owned.add(customer_id, "Old iron")
        owned.set_gone(gone, day)

        [thing] = things.of(customer_id)
        assert (thing.value, thing.name, thing.serial) == (f"o{item}", "Overlock 747", "X-77")
        with app.test_request_context():
            assert "X-77" in thing.words
            assert "under warranty until" in thing.words


def test_a_problem_with_a_thing_they_own_knows_it_and_survives_its_removal(here, person):
    customer_id = person()
    item = owned.add(customer_id, "Overlock 747", serial="X-77")
    problem_id = service.record(customer_id, "It stops", owned_item_id=item)
    assert (service.get(problem_id).item, service.get(problem_id).owned_item_id) == ("Overlock 747", item)

    sdk.db.session.delete(sdk.db.session.get(sdk.OwnedItem, item))
    sdk.db.session.commit()
    sdk.db.session.expire_all()
    assert (service.get(problem_id).item, service.get(problem_id).owned_item_id) == ("Overlock 747", None)


def test_somebody_elses_thing_is_refused(here, person):
    item = owned.add(person("hi"), "Overlock 747")
    with pytest.raises(sdk.LoyalAppError) as caught:
        service.record(person("ur"), "It stops", owned_item_id=item)

    assert caught.value.field == "thing"


# ---- somebody we do not know ----


def test_an_unknown_caller_is_kept_and_the_problem_stands_on_today(here):
    problem_id = service.record_unknown("", "0300 5551112", "It leaks", urgency="stopped")
    problem = service.get(problem_id)
    caller = sdk.customers.get(problem.customer_id)

    assert problem.is_caller_unknown
    assert [one.id for one in sdk.customers.by_phone("0300 5551112")] == [caller.id]
    with here.test_request_context():
        assert any(one.customer_id == caller.id for one in sdk.ask("today_entries", day=sdk.today(), limit=50))
    named = sdk.customers.get(service.get(service.record_unknown("Bashir", "", "It leaks")).customer_id)
    assert named.name == "Bashir"
    nameless = service.get(service.record_unknown("", "", "It leaks"))
    assert sdk.customers.get(nameless.customer_id).name == "Unknown caller"


@pytest.mark.parametrize(
    ("name", "number", "what", "field"),
    [("", "12", "It leaks", "number"), ("x" * 300, "", "It leaks", "name"), ("", "0300 5551112", " ", "what")],
)
def test_a_mistake_with_an_unknown_caller_leaves_nobody_behind(here, name, number, what, field):
    before = sdk.customers.total()
    with pytest.raises(sdk.LoyalAppError) as caught:
        service.record_unknown(name, number, what)
    sdk.db.session.rollback()

    assert caught.value.field == field
    assert sdk.customers.total() == before


def test_an_unknown_caller_is_joined_to_a_customer_later(app, person):
    client = browser(app)
    with app.app_context():
        known = person("en")
    found = client.get("/plugins/issues/new", query_string={"who": "0300 5551112"}).get_data(as_text=True)
    assert "/plugins/issues/new/unknown?who=0300+5551112" in found or "unknown?who=0300%205551112" in found
    answer = send(client, "/plugins/issues/new/unknown", number="0300 5551112", what="It leaks", urgency="trouble")
    here = answer.headers["Location"]
    page = client.get(here).get_data(as_text=True)
    assert "We do not know yet who this is." in page

    with app.app_context():
        problem_id = int(here.rsplit("/", 1)[1])
        caller = service.get(problem_id).customer_id
        assert f"/customers/{caller}/join" in page
        two = [sdk.customers.get(one) for one in sorted((known, caller))]
        chosen = {one.field: known for one in merging.differences(*two)}
        merging.merge(two[0].id, two[1].id, chosen, {one.id: one.version for one in two}, lambda *_words: "")
        assert service.get(problem_id).customer_id == known
        assert [one.id for one in sdk.customers.by_phone("0300 5551112")] == [known], "next time the number is known"
    assert "We do not know yet who this is." not in client.get(here).get_data(as_text=True)


# ---- who is responsible, and two at once ----


def test_whoever_sits_here_takes_it_and_it_stands_on_their_today(app, person):
    with app.test_request_context():
        ali, sara = sdk.staff.add("Ali", role="owner"), sdk.staff.add("Sara")
        customer_id = person("en")
        sdk.customers.change(customer_id, {"salesman_id": ali})
        staff.sit_down(sara)
        problem_id = service.record(customer_id, "It leaks", urgency="stopped")
        staff.sit_down(None)

        assert service.get(problem_id).staff_member_id == sara
        assert book.steps_of(problem_id)[0].staff_member_id == sara
        assert [one.id for one in book.part("mine", whose=sara).rows] == [problem_id]
        assert book.part("mine", whose=ali).rows == []
        assert [line.customer.id for line in today.make_day(sdk.today(), sara).lines] == [customer_id]
        assert today.make_day(sdk.today(), ali).lines == []

        service.take_over(problem_id, ali)
        assert service.take_over(problem_id, ali) is None
        assert [line.customer.id for line in today.make_day(sdk.today(), ali).lines] == [customer_id]
        with pytest.raises(sdk.LoyalAppError):
            service.take_over(problem_id, 999)


def test_where_nobody_says_who_sits_here_the_customers_salesman_is_responsible(app, person):
    with app.test_request_context():
        sdk.staff.add("Ali", role="owner")
        sara, theirs, nobodys = sdk.staff.add("Sara"), person("en"), person("ur")
        sdk.customers.change(theirs, {"salesman_id": sara})
        assert service.get(service.record(theirs, "It leaks")).staff_member_id == sara
        assert service.get(service.record(nobodys, "It leaks")).staff_member_id is None


def test_who_has_left_is_named_and_somebody_is_asked_to_take_over(app, person):
    with app.test_request_context():
        sdk.staff.add("Ali", role="owner")
        sara = sdk.staff.add("Sara")
        problem_id = service.record(person("en"), "It leaks")
        service.take_over(problem_id, sara)
        staff.leave(sara)
    page = browser(app).get(f"/plugins/issues/{problem_id}").get_data(as_text=True)

    assert "is not here any more. Somebody has to take this over." in page
    assert browser(app).get(f"/plugins/issues/{problem_id}/change").status_code == 200


def test_a_problem_that_somebody_took_is_given_on_but_never_left_to_nobody(app, person):
    with app.test_request_context():
        ali, sara = sdk.staff.add("Ali", role="owner"), sdk.staff.add("Sara")
        problem_id = service.record(person("en"), "It leaks")
    client, here = browser(app), f"/plugins/issues/{problem_id}/change"
    assert "Nobody in particular" in client.get(here).get_data(as_text=True), "as it is now"
    with app.app_context():
        service.take_over(problem_id, sara)
        service.change(problem_id, "It leaks", urgency="trouble", version=None, whose=ali)
        with pytest.raises(sdk.LoyalAppError):
            service.change(problem_id, "It leaks", urgency="trouble", version=None, whose=None)
        sdk.db.session.rollback()
        assert service.get(problem_id).staff_member_id == ali

    assert "Nobody in particular" not in client.get(here).get_data(as_text=True)
    answer = send(client, here, what="It drips", thing="other", urgency="trouble", whose="")
    assert answer.status_code == 422
    with app.app_context():
        assert (service.get(problem_id).staff_member_id, service.get(problem_id).what) == (ali, "It leaks")


def test_two_who_change_one_problem_do_not_overwrite_each_other(here, person):
    problem_id = service.record(person(), "It leaks")
    seen = service.get(problem_id).version
    service.change(problem_id, "It leaks at the seam", urgency="stopped", version=seen, whose=None)
    with pytest.raises(sdk.Conflict):
        service.change(problem_id, "It leaks a lot", urgency="no_hurry", version=seen, whose=None)
    sdk.db.session.rollback()

    problem = service.get(problem_id)
    assert (problem.what, problem.urgency, problem.rank) == ("It leaks at the seam", "stopped", 0)


def test_two_calls_that_come_in_at_once_both_count(here, person):
    problem_id = service.record(person(), "It leaks")
    service.add_contact(problem_id)
    stale = service.get(problem_id)
    service.add_contact(problem_id)
    assert steps.found(problem_id).contacts == 3
    assert stale.contacts == 3


def test_changing_keeps_what_was_typed_and_says_that_somebody_was_first(app, person):
    with app.app_context():
        problem_id = service.record(person("en"), "It leaks", item="Iron")
    client, here = browser(app), f"/plugins/issues/{problem_id}/change"
    shown = client.get(here).get_data(as_text=True)
    assert 'value="Iron"' in shown
    fields = {"what": "It leaks now", "thing": "other", "item": "Iron", "urgency": "trouble", "whose": ""}
    assert send(client, here, **{**fields, "what": " ", "version": "1"}).status_code == 422
    version = shown.split('name="version"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    assert send(client, here, **fields, version=version).status_code == 303
    late = send(client, here, **{**fields, "what": "Mine"}, version=version)
    assert "Somebody else wrote something about this problem" in late.get_data(as_text=True)
    assert "Mine" in late.get_data(as_text=True)
    with app.app_context():
        assert service.get(problem_id).what == "It leaks now"


def test_nothing_is_planned_for_a_day_on_which_nobody_works(here, person):
    hours.save(hours.Hours(closed=(6,), keeps_holidays=False))
    saturday = sdk.now() + timedelta(days=(5 - sdk.today().weekday()) % 7)
    with clock.frozen(saturday):
        problem_id = service.record(person(), "It leaks", urgency="trouble")
        assert service.get(problem_id).next_step_on.weekday() == 0
        service.look_after(problem_id)
        assert service.get(problem_id).next_step_on.weekday() == 0
        urgent = service.record(person("hi"), "It stopped", urgency="stopped")
        assert service.get(urgent).next_step_on == sdk.today()


def test_our_minutes_are_added_up_and_taken_back_with_their_step(here, person):
    problem_id = service.record(person(), "It leaks")
    service.look_after(problem_id, 30)
    step = service.look_after(problem_id, 45, visited=True)
    assert (service.get(problem_id).minutes, book.steps_of(problem_id)[0].kind) == (75, "visited")
    service.take_back(problem_id, step)
    service.add_minutes(problem_id, 5)
    assert service.get(problem_id).minutes == 35
    with pytest.raises(sdk.LoyalAppError):
        service.look_after(problem_id, service.MOST_MINUTES + 1)
