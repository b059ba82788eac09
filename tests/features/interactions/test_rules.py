"""The contact rules (practice E4): who may be contacted, for what, when, and what is said against it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from loyalapp.core import clock, i18n
from loyalapp.core.clock import now, today
from loyalapp.core.errors import LoyalAppError
from loyalapp.features.customers import consent
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import rules, service, standings
from loyalapp.features.settings import service as settings

NOON = datetime(2026, 3, 5, 12, 0, tzinfo=ZoneInfo("Asia/Karachi"))


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


def add(**values) -> int:
    return customers.add({"name": "Sana", **values}).id


def kinds(who: int, purpose: str = "contact", **more) -> tuple[str, ...]:
    return rules.may_contact([who], purpose, **more)[who].kinds


def test_the_third_unasked_contact_in_30_days_is_advised_against(any_app):
    with any_app.app_context():
        who = add()
        service.record(who, said="one")
        assert kinds(who) == ()
        service.record(who, said="two")

        verdict = rules.may_contact([who])[who]
        assert (verdict.kinds, verdict.used, verdict.limit, verdict.wants_reason) == (("full",), 2, 2, True)
        assert kinds(who, "promise") == kinds(who, "asked") == kinds(who, "problem") == ()
        with clock.frozen(NOON + timedelta(days=31)):
            assert kinds(who) == ()


def test_the_own_number_of_a_customer_wins(any_app):
    with any_app.app_context():
        who, never = add(contact_limit=3), add(contact_limit=0)
        for _time in range(2):
            service.record(who, said="x")

        assert (kinds(who), kinds(never)) == ((), ("full",))
        assert rules.may_contact([never])[never].why == ("They like no unasked contacts at all.",)


def test_a_call_that_nobody_took_uses_up_nothing_and_a_message_does(any_app):
    with any_app.app_context():
        called, written = add(), add()
        service.record(called, is_answered=False, channel="call")
        service.record(written, is_answered=False, channel="whatsapp")

        assert rules.unasked_counts([called, written]) == {written: 1}


def test_after_three_tries_without_an_answer_we_stop_until_they_call(any_app):
    with any_app.app_context():
        who, patient, endless = add(), add(stop_after=5), add(stop_after=0)
        for number in range(4):
            for one in (who, patient, endless):
                service.record(one, is_answered=False, happened_at=now() - timedelta(days=9 - number))
        assert (kinds(who), kinds(patient), kinds(endless)) == (("silent",), (), ())
        assert kinds(who, "promise") == ()

        service.record(who, started_by="customer", said="You called?")
        assert kinds(who) == ()


def test_old_tries_are_forgotten(any_app):
    with any_app.app_context():
        who = add()
        for _time in range(3):
            service.record(who, is_answered=False, happened_at=now() - timedelta(days=91))

        assert kinds(who) == ()


def test_greetings_and_offers_wait_while_a_problem_is_open_and_its_solving_never_does(any_app):
    from plugins.issues import service as issues

    with any_app.app_context():
        who = add(no_contact=True, contact_limit=0)
        issues.record(who, "It does not sew")

        assert kinds(who, "greeting") == ("no_contact", "problem", "full")
        assert kinds(who, "review") == ("no_contact", "full")
        verdict = rules.may_contact([who], "problem")[who]
        assert (verdict.kinds, verdict.hints) == ((), ("They asked us not to contact them.",))


def test_what_they_refused_is_held_back(any_app):
    with any_app.app_context():
        who = add()
        consent.write(who, "offers", "told", given=False)

        assert (kinds(who, "offer"), kinds(who, "greeting")) == (("refused",), ())


def test_a_pause_ends_on_its_day_and_says_why(any_app):
    with any_app.app_context():
        who = add(paused_until=today() + timedelta(days=3), pause_why="travelling")
        assert "travelling" in rules.may_contact([who])[who].why[0]
        assert (kinds(who, "promise"), kinds(who, "asked")) == (("paused",), ())
        with clock.frozen(NOON + timedelta(days=3)):
            assert kinds(who) == ()


@pytest.mark.parametrize(
    ("begin", "end", "hour", "is_quiet"),
    [
        ("21:00", "09:00", 22, True),
        ("21:00", "09:00", 0, True),
        ("21:00", "09:00", 8, True),
        ("21:00", "09:00", 9, False),
        ("13:00", "15:00", 14, True),
        ("13:00", "15:00", 15, False),
        ("", "", 3, False),
        ("21:00", "", 22, False),
        ("09:00", "09:00", 9, False),
    ],
)
def test_quiet_hours_also_over_midnight(app, begin, end, hour, is_quiet):
    with app.app_context():
        settings.save_firm(settings.firm()._replace(quiet_from=begin, quiet_to=end))
        at = NOON.replace(hour=hour)
        assert bool(rules.quiet_until(at)) is is_quiet
        who = add()
        assert (kinds(who, at=at) == ("quiet",)) is is_quiet
        assert kinds(who, channel="email", at=at) == ()
        assert kinds(who, "problem", at=at) == ()


def test_quiet_hours_are_those_of_the_firms_clock_not_of_the_computer(app):
    with app.app_context():
        night_here = datetime(2026, 3, 5, 18, 0, tzinfo=ZoneInfo("UTC"))
        with i18n.in_language("hi"):
            assert rules.quiet_until(night_here) == i18n.isolate_text("सुबह\xa09:00")
        settings.save_firm(settings.firm()._replace(zone="UTC"))
        assert rules.quiet_until(night_here) is None


def test_the_hour_alone_asks_for_no_reason(app):
    with app.app_context():
        who = add()
        assert not rules.may_contact([who], at=NOON.replace(hour=23))[who].wants_reason


def test_wishes_on_way_and_time_are_one_hint(any_app):
    with any_app.app_context():
        who = add(channel="whatsapp", hours="after 4 pm")

        (both,) = rules.may_contact([who], channel="call")[who].hints
        assert "WhatsApp" in both
        assert "after 4 pm" in both
        (hours,) = rules.may_contact([who], channel="whatsapp")[who].hints
        assert "WhatsApp" not in hours
        assert kinds(who, channel="call") == ()


def test_removed_and_unknown_customers_have_no_verdict(any_app):
    with any_app.app_context():
        gone, who = add(), add()
        customers.remove(gone)

        assert set(rules.may_contact([gone, who, 4711])) == {who}
        assert rules.may_contact([]) == {}


def test_passing_the_limit_is_written_down_with_a_reason(any_app, any_client):
    with any_app.app_context():
        who = add(contact_limit=0)
    page = f"/contacts/new/{who}"
    text = any_client.get(page).get_data(as_text=True)
    form = {"csrf_token": text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]}
    form |= {"channel": "call", "started_by": "us", "reached": "yes", "said": "Fine"}
    assert "They like no unasked contacts at all." in text
    assert 'name="in_spite"' in text

    refused = any_client.post(page, data=form)
    assert refused.status_code == 422
    assert "Please write why you contacted them all the same." in refused.get_data(as_text=True)
    assert "Fine" in refused.get_data(as_text=True)
    assert any_client.post(page, data={**form, "in_spite": "They asked for it"}).status_code == 303
    assert any_client.post(page, data={**form, "started_by": "customer"}).status_code == 303
    with any_app.app_context():
        assert [service.get(number).in_spite for number in (1, 2)] == ["They asked for it", None]


def test_check_asks_for_no_reason_where_they_wait_for_us(app):
    with app.app_context():
        who = add(contact_limit=0)
        with pytest.raises(LoyalAppError):
            rules.check(who, "us", " ")
        service.promise(who, "the price", today())
        rules.check(who, "us", "")


def test_whoever_called_and_was_not_answered_waits_on_today(any_app):
    with any_app.app_context():
        who, answered = add(), add()
        for one in (who, answered):
            service.record(one, started_by="customer", is_answered=False, happened_at=now() - timedelta(hours=30))
        service.record(answered, said="We rang back")
        assert [row.customer_id for row in standings.unanswered(9)] == [who]

        settings.save_firm(settings.firm()._replace(answer_within=0))
        assert standings.unanswered(9) == []
