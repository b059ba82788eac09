"""The promise book: kept, broken, given another day, each with a way back; it survives merges and people who leave."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.features.customers import merging
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import hooks, promises
from loyalapp.features.interactions import service as interactions
from loyalapp.features.interactions.models import PromiseMove
from loyalapp.features.staff import service as staff
from loyalapp.features.staff.models import StaffMember
from tests.conftest import through_the_door
from tests.walk import filled


@pytest.fixture
def sana(any_app) -> int:
    with any_app.app_context():
        made = customers.add({"name": "Sana Shaikh", "phones": ["0300 1234567"]}).id
        db.session.remove()
    return made


def days(number: int):
    return today() + timedelta(days=number)


def book(state: str) -> list[str]:
    return [one.what for one in promises.book(state, None, 99)]


def test_a_promise_is_kept_broken_and_opened_again(any_app, sana):
    with any_app.app_context():
        one = promises.promise(sana, "The price", days(2))
        assert book("open") == ["The price"]

        promises.keep(one)
        assert (book("open"), book("kept"), book("broken")) == ([], ["The price"], [])
        promises.reopen(one)
        promises.break_(one, "The part is not made any more")
        assert (book("open"), book("kept"), book("broken")) == ([], [], ["The price"])
        assert [step.why for step in promises.moves_of([one])[one]] == ["The part is not made any more"]
        assert promises.promises_of(sana) == []
        promises.reopen(one)
        assert (book("open"), promises.moves_of([one])) == (["The price"], {})


def test_another_day_is_kept_as_history_and_can_be_taken_back(any_app, sana):
    with any_app.app_context():
        one = promises.promise(sana, "The price", days(0))
        first = promises.move(one, days(3), "The van is in the workshop")
        second = promises.move(one, days(5))

        assert promises.get(one).due_on == days(5)
        assert [(step.due_before, step.due_after, step.why) for step in promises.moves_of([one])[one]] == [
            (days(0), days(3), "The van is in the workshop"),
            (days(3), days(5), ""),
        ]
        with pytest.raises(Conflict):
            promises.move_back(first.id)
        promises.move_back(second.id)
        promises.move_back(first.id)
        assert (promises.get(one).due_on, promises.moves_of([one])) == (days(0), {})


@pytest.mark.parametrize("far", [-1, 0, 9999])
def test_no_day_that_is_over_the_same_or_beyond_reason(any_app, sana, far):
    with any_app.app_context():
        one = promises.promise(sana, "The price", days(0))
        with pytest.raises(LoyalAppError) as refusal:
            promises.move(one, days(far))
        assert refusal.value.field == "due_on"


def test_what_is_settled_is_not_moved(any_app, sana):
    with any_app.app_context():
        one = promises.promise(sana, "The price", days(1))
        promises.keep(one)
        with pytest.raises(Conflict):
            promises.move(one, days(3))
        with pytest.raises(NotFound):
            promises.break_(4711)


def test_a_page_of_the_book_goes_on_where_the_last_one_ended(any_app, sana):
    with any_app.app_context():
        for number in range(5):
            promises.promise(sana, f"{number}", days(number // 2))
        first = promises.book("open", None, 2)
        last = first[-1]
        rest = promises.book("open", (last.due_on, last.id), 9)
        assert [one.what for one in [*first, *rest]] == ["0", "1", "2", "3", "4"]


def test_promises_of_two_who_are_one_go_along_and_those_of_a_removed_one_rest(any_app, sana):
    with any_app.app_context():
        other = customers.add({"name": "Sana S."}).id
        one = promises.promise(other, "The price", days(1))
        promises.move(one, days(2), "why")
        versions = {one: customers.get(one).version for one in (sana, other)}
        merging.merge(sana, other, {}, versions, lambda _field, value: str(value))
        assert [row.what for row in promises.promises_of(sana)] == ["The price"]
        assert promises.moves_of([one])

        customers.remove(sana)
        assert book("open") == []
        assert promises.due_count(days(9)) == 0


def test_whoever_leaves_or_goes_leaves_the_promises_to_everybody(any_app, sana):
    with any_app.app_context():
        member = staff.add("Asma")
        one = promises.promise(sana, "The price", today())
        promises.get(one).staff_member_id = member
        db.session.commit()
        staff.leave(member)
        assert [entry.what for entry in hooks.today_entries(today(), 9) if entry.key == f"promise:{one}"] == [
            "The price"
        ]

        db.session.execute(delete(StaffMember).where(StaffMember.id == member))
        db.session.commit()
        db.session.expire_all()
        assert promises.get(one).staff_member_id is None
        assert book("open") == ["The price"]


def test_own_steps_stand_behind_what_was_told_and_count_as_unasked(any_app, sana):
    with any_app.app_context():
        promises.promise(sana, "Ask about the hall", days(-9), is_told=False)
        promises.promise(sana, "The price", days(0))
        entries = [one for one in hooks.today_entries(today(), 9) if one.key.startswith("promise:")]
        entries.sort(key=lambda one: -one.weight)
        assert [(one.what, one.unasked) for one in entries] == [("The price", False), ("Ask about the hall", True)]
        assert promises.due_count(today()) == 1


def test_the_timeline_tells_what_became_of_a_promise(any_app, sana):
    with any_app.app_context():
        one = promises.promise(sana, "The price", days(0))
        promises.move(one, days(1), "late")
        promises.break_(one, "Sorry")
        two = promises.promise(sana, "The bill", days(0))
        promises.keep(two)
        promises.promise(sana, "our own", days(0), is_told=False)
        deeds = sorted((row.deed, row.what, row.why) for row in promises.history(sana, 99))
        assert deeds == [
            ("broken", "The price", "Sorry"),
            ("kept", "The bill", ""),
            ("made", "The bill", ""),
            ("made", "The price", ""),
            ("moved", "The price", "late"),
        ]


# ---- pages ----


def test_the_page_shows_days_and_keeps_with_a_way_back(any_app, sana):
    client = through_the_door(any_app)
    with any_app.app_context():
        late, soon = promises.promise(sana, "Late one", days(-3)), promises.promise(sana, "Soon one", days(4))
        db.session.remove()
    text = client.get("/promises/").get_data(as_text=True)
    assert text.index("Waiting from before") < text.index("Late one") < text.index("Soon one")
    assert "overdue" not in text.lower()

    form = filled(client, "/promises/", action=f"/promises/{late}/kept?to=/promises/")
    shown = client.post(f"/promises/{late}/kept?to=/promises/", data=form, follow_redirects=True)
    assert f"/promises/{late}/reopen" in shown.get_data(as_text=True)
    assert "Late one" in client.get("/promises/?state=kept").get_data(as_text=True)
    assert f"/promises/{soon}/kept" in shown.get_data(as_text=True)


def test_another_day_by_a_short_word_and_back(any_app, sana):
    client = through_the_door(any_app)
    with any_app.app_context():
        one = promises.promise(sana, "The price", days(0))
        db.session.remove()
    url = f"/promises/{one}/move"
    wrong = client.post(url, data=filled(client, url, due_on="gestern", why="The van"))
    assert wrong.status_code == 422
    assert "gestern" in wrong.get_data(as_text=True)
    done = client.post(url, data=filled(client, url, due_on="۳", why="The van"), follow_redirects=True)
    assert "The van" in done.get_data(as_text=True)
    with any_app.app_context():
        assert promises.get(one).due_on == days(3)
        step = db.session.query(PromiseMove).one().id
    client.post(f"/promises/moves/{step}/back", data=filled(client, url))
    with any_app.app_context():
        assert promises.get(one).due_on == days(0)


def test_a_broken_promise_keeps_what_they_were_told(any_app, sana):
    client = through_the_door(any_app)
    with any_app.app_context():
        one = promises.promise(sana, "The price", days(0))
        db.session.remove()
    url = f"/promises/{one}/break"
    client.post(url, data=filled(client, url, told="پرزہ نہیں ملا"))
    assert "پرزہ نہیں ملا" in client.get("/promises/?state=broken").get_data(as_text=True)
    assert "پرزہ نہیں ملا" in client.get(f"/customers/{sana}/timeline?kind=promise").get_data(as_text=True)


@pytest.mark.parametrize("query", ["state=x", "after=x", "after=2026-13-01,5", "after=2026-01-01,99999999999"])
def test_nonsense_in_the_address_shows_the_book(any_client, query):
    assert any_client.get(f"/promises/?{query}").status_code == 200


def test_next_step_and_promise_are_two_lines_of_the_book(any_app, sana):
    with any_app.app_context():
        interactions.record(sana, promised="The price", promised_for=days(1), next_on=days(2))
        assert [(one.what, one.is_told) for one in promises.promises_of(sana)] == [
            ("The price", True),
            ("Talk to them again", False),
        ]
