"""Allies: kept without an account, suggested for what they are good at, never left with something that nobody sees."""

from datetime import timedelta

import pytest

from loyalapp import sdk
from loyalapp.core import clock
from plugins.issues import allies, handing, hours, kinds, service, waiting
from plugins.issues.allies import Written
from plugins.issues.models import Step
from tests.plugins.issues.conftest import browser, queries

USMAN = {"name": "Usman", "department": "repair", "phone": "0300 1112233", "language": "ur"}
KEVIN = {"name": "Kevin", "department": "supplier", "email": "kevin@example.com"}


@pytest.fixture(autouse=True)
def always_open(any_app):
    with any_app.app_context():
        hours.save(hours.Hours(closed=(), keeps_holidays=False))


def add(values=USMAN, kind_ids=(), groups=()) -> int:
    return allies.add(Written(values, kind_ids, groups))


def mended(**changes):
    with pytest.raises(sdk.LoyalAppError) as found:
        add({**USMAN, **changes})
    return found.value.field


# ---- kept ----


def test_a_name_and_one_way_to_reach_them_are_enough(here):
    ally = allies.get(add({"name": "  Usman ", "department": "repair", "whatsapp": "۰۳۰۰ ۱۱۱۲۲۳۳"}))

    assert (ally.name, ally.whatsapp, ally.language) == ("Usman", "+923001112233", None)
    assert mended(name=" \u200b ") == "name"
    assert mended(name="x" * 101) == "name"
    assert mended(phone="0300 11122") == "phone"
    assert mended(phone="", language="ur") == "phone"
    assert mended(email="usman at example") == "email"
    assert mended(email="a@b.c\nBcc: x@y.z") == "email"
    assert mended(department="boss") == "department"
    assert [one.name for one in allies.here()] == ["Usman"]


def test_two_people_at_one_ally_overwrite_nothing(here):
    ally_id = add()
    seen = allies.get(ally_id).version
    allies.change(ally_id, Written({**USMAN, "name": "Usman Ali"}), seen)

    with pytest.raises(sdk.Conflict):
        allies.change(ally_id, Written({**USMAN, "name": "Usmaan"}), seen)
    assert allies.get(ally_id).name == "Usman Ali"


def test_whoever_knows_the_kind_and_the_goods_comes_first(here):
    first, second = (one.id for one in kinds.offered()[:2])
    for item, group in (("Overlock 747", "Machines"), ("Steam iron", "Irons")):
        sdk.catalogue.record_purchase(
            sdk.customers.add({"name": f"Buyer of {item}"}).id, item, sdk.today(), group=group
        )
    everything = add({**USMAN, "name": "Everything"})
    fits = add({**USMAN, "name": "Fits"}, [first], ["Machines"])
    other_goods = add({**USMAN, "name": "Other goods"}, [first], ["Irons"])
    other_kind = add({**USMAN, "name": "Other kind"}, [second])

    offered = [one.ally.id for one in allies.suggested(first, "Machines")]

    assert offered[:2] == [fits, everything]
    assert set(offered[2:]) == {other_goods, other_kind}
    assert allies.suggested(None, None)[0].fit == 0
    allies.change(fits, Written(USMAN, [9999], ["No such group"]))
    assert allies.skills_of([fits])[fits] == allies.Skills(), "what is not known here is left out"


def test_among_equals_the_one_on_whom_less_waits(here, person):
    busy, free = add({**USMAN, "name": "A busy"}), add({**USMAN, "name": "B free"})
    handing.give(service.record(person(), "It leaks"), busy)

    assert [one.ally.id for one in allies.suggested(None, None)] == [free, busy]


# ---- handed over, answered ----


def test_a_hand_over_waits_until_it_is_answered_and_stays_with_the_taker(here, person):
    problem_id, ally_id = service.record(person(), "It leaks"), add()
    day = sdk.today() + timedelta(days=2)

    given = handing.give(problem_id, ally_id, note="Please look", answer_by=day)

    problem = service.get(problem_id)
    assert (problem.handed_on, problem.next_step_on, problem.state) == (1, day, "open"), "our own next step (A5)"
    assert sdk.db.session.get(Step, given.step_id).ally_id == ally_id
    [waits] = waiting.everything()
    assert (waits.name, waits.answer_by, waits.customer_id) == ("Usman", day, problem.customer_id)
    assert waiting.counts() == {ally_id: 1}
    assert handing.answered(given.hand_over_id, "The seal is worn") is not None
    assert service.get(problem_id).next_step_on == sdk.today(), "the next step is ours again"
    assert waiting.everything() == []
    assert handing.answered(given.hand_over_id, "Again") is None, "somebody else had written it down"
    [told] = waiting.all_of(problem_id)
    assert told.answer == "The seal is worn"


def test_what_cannot_be_handed_over_says_why(here, person):
    problem_id, ally_id = service.record(person(), "It leaks"), add()
    handing.give(problem_id, ally_id)
    wrong = [
        ({"ally_id": ally_id}, "ally"),
        ({"ally_id": add(KEVIN), "answer_by": sdk.today() - timedelta(days=1)}, "answer_by"),
        ({"ally_id": add(KEVIN), "note": "x" * 501}, "note"),
        ({"ally_id": add(KEVIN), "tried": "x" * 1001}, "tried"),
    ]
    for values, field in wrong:
        with pytest.raises(sdk.LoyalAppError) as found:
            handing.give(problem_id, **values)
        assert found.value.field == field
        sdk.db.session.rollback()
    for nobody in (0, -1, 999, 2**40):
        with pytest.raises(sdk.NotFound):
            handing.give(problem_id, nobody)
        sdk.db.session.rollback()
    assert len(waiting.everything()) == 1
    service.solve(problem_id)
    assert handing.give(problem_id, ally_id) is None, "it is over"


def test_taken_back_a_hand_over_was_not_given_and_an_answer_not_said(here, person):
    problem_id, ally_id = service.record(person(), "It leaks"), add()
    given = handing.give(problem_id, ally_id)
    step = handing.answered(given.hand_over_id, "The seal is worn")

    service.take_back(problem_id, step)
    assert [one.answer for one in waiting.everything()] == [""]
    service.take_back(problem_id, given.step_id)
    assert waiting.all_of(problem_id) == []
    assert service.get(problem_id).handed_on == 0


def test_they_need_more_time_is_another_day_for_both(here, person):
    problem_id, ally_id = service.record(person(), "It leaks", urgency="stopped"), add()
    given = handing.give(problem_id, ally_id)
    turn = service.get(problem_id).turn

    handing.ask_again(given.hand_over_id)

    tomorrow = sdk.today() + timedelta(days=1)
    assert waiting.one(given.hand_over_id).answer_by == tomorrow
    assert service.get(problem_id).next_step_on == tomorrow
    assert service.get(problem_id).turn > turn, "a new entry on Today"


# ---- removed while something waits ----


def test_an_ally_on_whom_something_waits_is_not_removed(here, person):
    problem_id, ally_id = service.record(person(), "It leaks"), add()
    handing.give(problem_id, ally_id)

    with pytest.raises(sdk.LoyalAppError, match="Usman"):
        allies.remove(ally_id)
    sdk.db.session.rollback()
    assert not allies.get(ally_id).is_gone

    other = add({**USMAN, "name": "Bilal"})
    assert handing.give_all(ally_id, other) == 1
    assert [(one.name, one.note) for one in waiting.everything()] == [("Bilal", "")]
    allies.remove(ally_id)
    assert [one.name for one in allies.here()] == ["Bilal"]
    assert {one.name for one in waiting.all_of(problem_id)} == {"Usman", "Bilal"}, "the name stays in what happened"
    with pytest.raises(sdk.LoyalAppError):
        handing.give(problem_id, ally_id)
    sdk.db.session.rollback()
    allies.bring_back(ally_id)
    assert len(allies.here()) == 2


def test_what_is_solved_or_whose_customer_is_gone_waits_on_nobody(here, person):
    ally_id = add()
    solved, gone = service.record(person("en"), "It leaks"), service.record(person("hi"), "It blinks")
    handing.give(solved, ally_id)
    handing.give(gone, ally_id)
    service.solve(solved)
    sdk.customers.remove(service.get(gone).customer_id)

    assert waiting.everything() == []
    allies.remove(ally_id)
    assert allies.here() == []


def test_a_row_of_an_ally_that_vanished_keeps_the_name_and_its_page(any_app, person):
    """As after a delete by hand in the database: the foreign key is emptied."""
    with any_app.app_context():
        problem_id, ally_id = service.record(person("en"), "It leaks"), add()
        given = handing.give(problem_id, ally_id)
        sdk.db.session.delete(allies.get(ally_id))
        sdk.db.session.commit()
        [waits] = waiting.everything()
        assert (waits.name, waits.ally_id) == ("Usman", None)
    page = browser(any_app).get(f"/plugins/issues/hand-overs/{given.hand_over_id}")
    assert page.status_code == 200
    assert "Usman" in page.get_data(as_text=True)


# ---- thanked ----


def thanks(app):
    with app.test_request_context():
        found = [one for one in sdk.ask("today_entries", day=sdk.today(), limit=50) if "thanks" in one.key]
    sdk.db.session.remove()
    return found


def test_after_it_is_solved_today_asks_once_to_thank(here, person):
    problem_id, ally_id = service.record(person("en"), "It leaks"), add()
    given = handing.give(problem_id, ally_id)
    handing.answered(given.hand_over_id, "A new seal")
    assert thanks(here) == [], "not before the customer says so"
    service.solve(problem_id)

    [entry] = thanks(here)
    assert "Usman" in entry.what
    handing.thanked(given.hand_over_id)
    assert thanks(here) == []
    handing.not_thanked(given.hand_over_id)
    assert len(thanks(here)) == 1
    with clock.frozen(sdk.now() + timedelta(days=30)):
        assert thanks(here) == [], "later nobody remembers what for"


def test_whoever_never_answered_and_whoever_was_asked_twice(here, person):
    problem_id, usman, kevin = service.record(person("en"), "It leaks"), add(), add(KEVIN)
    handing.give(problem_id, kevin)
    for answer in ("Tomorrow", "A new seal"):
        handing.answered(handing.give(problem_id, usman).hand_over_id, answer)
    service.solve(problem_id)

    assert len(thanks(here)) == 1, "Usman once, Kevin not"


def test_the_lists_ask_the_same_few_questions_however_long_they_are(any_app, person):
    client = browser(any_app)

    def count() -> list[int]:
        counted = []
        for page in ("/plugins/issues/allies", "/plugins/issues/waiting", "/plugins/issues/1/hand-over"):
            client.get(page)
            with queries(any_app) as sent:
                assert client.get(page).status_code == 200
            counted.append(len(sent))
        return counted

    with any_app.app_context():
        customer_id = person("en")
        handing.give(service.record(customer_id, "It leaks"), add())
    few = count()
    with any_app.app_context():
        for number in range(6):
            ally_id = add({**USMAN, "name": f"Ally {number}"})
            handing.give(service.record(customer_id, f"It leaks {number}"), ally_id)
    assert count() == few
