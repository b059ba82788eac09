"""Contacts and promises: one deed is one transaction, promises are kept and reopened, and pages keep what was typed."""

from datetime import timedelta

import pytest

from loyalapp.core.clock import now, today
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import needs, service
from loyalapp.features.interactions.models import Interaction, Promise
from loyalapp.features.staff import service as staff
from tests.conftest import through_the_door
from tests.walk import filled

PAGES = ("/customers/", "/contacts/new/")


@pytest.fixture
def sana(any_app) -> int:
    with any_app.app_context():
        made = customers.add({"name": "Sana Shaikh", "phones": ["0300 1234567"]}).id
        db.session.remove()
    return made


def test_a_contact_keeps_what_was_said_learned_and_promised(any_app, sana):
    with any_app.app_context():
        day = today() + timedelta(days=2)
        words = {"said": "مشین\nٹھیک ہے", "learned": "Likes tea", "promised": "The price"}
        service.record(sana, channel="visit", **words, promised_for=day)

        row = service.latest(sana, 5)[0]
        assert (row.channel, row.said, row.learned) == ("visit", "مشین\nٹھیک ہے", "Likes tea")
        assert [one.text for one in customers.get(sana).facts] == ["Likes tea"]
        assert [(one.what, one.due_on, one.kept_on) for one in service.promises_of(sana)] == [("The price", day, None)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"channel": "fax"}, "channel"), ({"promised": "The price"}, "promised_for"), ({"channel": ""}, "channel")],
)
def test_what_cannot_be_kept_is_refused_and_nothing_stays(any_app, sana, wrong, field):
    with any_app.app_context():
        with pytest.raises(LoyalAppError) as refusal:
            service.record(sana, said="x", learned="y", **wrong)
        db.session.rollback()
        assert refusal.value.field == field
        assert service.latest(sana, 5) == []
        assert customers.get(sana).facts == []


def test_a_fault_in_the_middle_leaves_no_half_contact(any_app, sana, monkeypatch):
    def failing(*_more, **_named):
        raise RuntimeError("the disk")

    monkeypatch.setattr(customers, "add_fact", failing)
    with any_app.app_context():
        with pytest.raises(RuntimeError):
            service.record(sana, said="x", learned="y", promised="z", promised_for=today())
        db.session.rollback()
        assert (service.latest(sana, 5), service.promises_of(sana)) == ([], [])


def test_nobody_can_be_contacted_who_is_not_there(any_app):
    with any_app.app_context(), pytest.raises(NotFound):
        service.record(4711, said="x")


def test_promises_are_due_in_their_order_kept_and_opened_again(any_app, sana):
    with any_app.app_context():
        day = today()
        late, soon = (service.promise(sana, f"in {days}", day + timedelta(days=days)) for days in (-3, 1))
        assert [one.id for one in service.open_promises(day, 5)] == [late]
        assert [one.id for one in service.open_promises(day + timedelta(days=1), 5)] == [late, soon]

        service.keep(late)
        assert service.open_promises(day, 5) == []
        assert db.session.get_one(Promise, late).kept_on == day
        service.reopen(late)
        assert [one.id for one in service.open_promises(day, 5)] == [late]
        with pytest.raises(NotFound):
            service.keep(4711)
        with pytest.raises(LoyalAppError):
            service.promise(sana, " \u200b ", day)


def test_contacts_older_than_thirty_days_do_not_count(any_app, sana):
    with any_app.app_context():
        for days in (1, 29, 31, 300):
            service.record(sana, happened_at=now() - timedelta(days=days))
        assert service.unasked_counts([sana]) == {sana: 2}
        assert service.unasked_counts([]) == {}


def test_the_page_saves_and_shows_the_contact_on_the_customers_page(any_client, sana):
    url = f"/contacts/new/{sana}"
    data = filled(any_client, url, said="“The second hall opens soon.”", learned="Second hall", channel="whatsapp")
    page = any_client.post(url, data=data, follow_redirects=True)

    text = page.get_data(as_text=True)
    assert page.request.path == f"/customers/{sana}"
    assert "The second hall opens soon." in text
    assert "We wrote on WhatsApp" in text


def test_a_talk_from_today_leads_back_there_and_keeps_the_promise_it_was_about(any_client, any_app, sana):
    with any_app.app_context():
        kept, open_ = (service.promise(sana, what, today()) for what in ("The price", "A catalogue"))
        elsewhere = service.promise(customers.add({"name": "Omar"}).id, "A visit", today())
    url = f"/contacts/new/{sana}?from=today"
    data = filled(any_client, url, said="All is well.", kept=[str(kept), str(elsewhere), "nonsense"])

    assert any_client.post(url, data=data).headers["Location"].endswith("/")
    with any_app.app_context():
        assert [one.id for one in service.promises_of(sana)] == [open_]
        assert db.session.get(Promise, elsewhere).kept_on is None


def test_one_button_logs_that_nobody_answered(any_client, any_app, sana):
    url = f"/contacts/new/{sana}"

    assert 'name="reached" value="no"' in any_client.get(url).get_data(as_text=True)
    any_client.post(url, data={**filled(any_client, url), "reached": "no"})
    with any_app.app_context():
        assert db.session.query(Interaction.is_answered).all() == [(False,)]
    assert "No answer." in any_client.get(f"/customers/{sana}").get_data(as_text=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"promised": "Ein Preis", "promised_for": ""},
        {"promised_for": "نامعلوم دن"},
        {"promised_for": "31/02/2026"},
        {"learned": "x" * 1001},
        {"channel": "fax"},
    ],
)
def test_bad_input_keeps_what_was_typed(any_client, any_app, sana, wrong):
    url = f"/contacts/new/{sana}"
    data = {**filled(any_client, url), "said": "بہت کچھ کہا گیا", **wrong}
    answer = any_client.post(url, data=data)
    text = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert "field-error" in text
    assert "بہت کچھ کہا گیا" in text
    assert all(value in text for name, value in wrong.items() if name != "channel")
    with any_app.app_context():
        assert db.session.query(Interaction).count() == 0


@pytest.mark.parametrize("who", ["Sana", "صنا", "1234567", "۱۲۳۴۵۶۷"])
def test_the_caller_is_found_by_a_few_letters_or_the_number(any_client, sana, who):
    assert f"/contacts/new/{sana}" in any_client.get("/contacts/new", query_string={"who": who}).get_data(as_text=True)


def test_nobody_found_offers_a_way_on(any_client):
    text = any_client.get("/contacts/new?who=Nobody").get_data(as_text=True)

    assert "Nobody found" in text
    assert "/customers/new" in text


def test_promise_stands_on_the_customers_page_and_is_kept_there_with_a_way_back(app, client, csrf):
    with app.app_context():
        who = customers.add({"name": "Sana"}).id
        made = service.promise(who, "The price", today())

    page = f"/customers/{who}"
    assert f"/promises/{made}/kept" in client.get(page).get_data(as_text=True)
    client.post(f"/promises/{made}/kept", data=csrf())
    shown = client.get(page).get_data(as_text=True)
    assert f"/promises/{made}/reopen" in shown
    assert f"/promises/{made}/kept" not in shown
    client.post(f"/promises/{made}/reopen", data=csrf())
    with app.app_context():
        assert [one.id for one in service.promises_of(who)] == [made]


def test_last_talk_stands_at_the_head_of_the_page_and_a_sale_is_none(app, client):
    from loyalapp.features.catalogue import service as catalogue

    with app.app_context():
        who = customers.add({"name": "Sana"}).id
        catalogue.record_purchase(who, "Steam iron", today())
    assert "Last talk" not in client.get(f"/customers/{who}").get_data(as_text=True)

    with app.app_context():
        service.record(who, said="All is well")
    assert "Last talk: <bdi" in client.get(f"/customers/{who}").get_data(as_text=True)


def test_enter_takes_the_first_who_answers(any_client, sana):
    answer = any_client.get("/contacts/new?who=۱۲۳۴۵۶۷&take=first")
    assert answer.headers["Location"] == f"/contacts/new/{sana}"
    assert "Nobody found" in any_client.get("/contacts/new?who=zzzz&take=first").get_data(as_text=True)


def test_everything_of_one_talk_is_one_deed(any_app, any_client, sana):
    url = f"/contacts/new/{sana}"
    words = {"said": "Fine", "learned": "Likes tea", "need": "A table"}
    plans = {"promised": "The price", "promised_for": "tomorrow", "next_step": "Visit them", "next_on": "3"}
    any_client.post(url, data=filled(any_client, url, **words, **plans))
    with any_app.app_context():
        found = [(one.what, (one.due_on - today()).days, one.is_told) for one in service.promises_of(sana)]
        assert found == [("The price", 1, True), ("Visit them", 3, False)]
        assert [one.text for one in needs.needs_of(sana)] == ["A table"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"promised_for": today}, "promised"),
        ({"next_step": "Visit"}, "next_on"),
        ({"next_on": lambda: today() - timedelta(days=1)}, "next_on"),
        ({"promised": "x", "promised_for": lambda: today() + timedelta(days=9999)}, "promised_for"),
    ],
)
def test_a_plan_without_words_day_or_sense_is_refused(any_app, sana, wrong, field):
    with any_app.app_context():
        given = {name: value() if callable(value) else value for name, value in wrong.items()}
        with pytest.raises(LoyalAppError) as refusal:
            service.record(sana, said="x", **given)
        assert refusal.value.field == field


def test_talks_without_a_word_of_theirs_show_up_and_unanswered_calls_do_not(any_app, any_client, sana):
    def signs() -> list[bool]:
        return ["hardly a word" in any_client.get(f"{page}{sana}").get_data(as_text=True) for page in PAGES]

    with any_app.app_context():
        for _ in range(9):
            service.record(sana, is_answered=False)
        for _ in range(6):
            service.record(sana)
        db.session.remove()
    assert signs() == [False, False]
    with any_app.app_context():
        service.record(sana)
        db.session.remove()
    assert signs() == [True, True]
    with any_app.app_context():
        for _ in range(4):
            service.record(sana, said="All is well")
        db.session.remove()
    assert signs() == [False, False]


def test_two_who_log_on_one_customer_at_once_are_both_kept(any_app, any_client, sana):
    other = through_the_door(any_app)
    url = f"/contacts/new/{sana}"
    mine, theirs = filled(any_client, url, said="mine"), filled(other, url, said="theirs")
    assert [any_client.post(url, data=mine).status_code, other.post(url, data=theirs).status_code] == [303, 303]
    with any_app.app_context():
        assert {row.said for row in service.latest(sana, 9)} == {"mine", "theirs"}


def test_who_sits_here_is_written_on_what_they_log(any_app, sana):
    with any_app.app_context():
        made = service.record(sana, said="x", promised="y", promised_for=today(), need="z")
        assert service.get(made).staff_member_id == staff.at_desk()


def test_a_contact_before_the_clock_was_set_back_still_shows(any_app, any_client, sana):
    with any_app.app_context():
        service.record(sana, said="from tomorrow", happened_at=now() + timedelta(days=2))
        db.session.remove()
    assert "from tomorrow" in any_client.get(f"/customers/{sana}").get_data(as_text=True)
