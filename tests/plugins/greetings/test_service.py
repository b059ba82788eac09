"""Cards for one person: proposed, made, given once, and never the same for a few dozen."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from loyalapp import sdk
from loyalapp.core import clock
from loyalapp.core.db import db
from loyalapp.features.customers import consent
from plugins.greetings import due, giving, service

NOW = datetime(2026, 3, 5, 10, 0, tzinfo=ZoneInfo("Asia/Karachi"))
DAY = NOW.date()


@pytest.fixture(autouse=True)
def _spring():
    with clock.frozen(NOW):
        yield


def add(**values) -> int:
    return sdk.customers.add({"name": "طارق بھٹی", **values}).id


def test_draft_speaks_the_customers_language_with_respect(app):
    with app.app_context():
        one = add(name="طارق بھٹی", name_en="Tariq Bhatti", address_form="صاحب", message_language="ur")
        two = add(name="सुनीता शर्मा", name_en="Sunita Sharma", message_language="hi")
        three = add(name="Thomas Mathew", address_form="Mr", message_language="en")
        assert service.draft(one, "birthday").address == "طارق بھٹی صاحب"
        assert service.draft(one, "birthday").greet == "سالگرہ مبارک"
        assert service.draft(two, "birthday").address == "सुनीता शर्मा जी"
        assert service.draft(two, "diwali", language="hi-Latn").address == "Sunita Sharma ji"
        assert service.draft(three, "other").address == "Dear Mr Thomas Mathew"
        assert service.draft(three, "eid_fitr").design == "eid"


def test_a_first_deal_counts_the_years_and_names_the_day(app):
    with app.app_context():
        one = add(message_language="ur", since=date(2021, 3, 5))
        made = service.draft(one, "first_deal")
        assert (made.years, made.design, made.greet) == (5, "anniversary", "پانچ سال کا ساتھ")
        assert made.since == "5 مارچ، 2021 سے"
        coming = add(message_language="en", since=date(2025, 3, 10))
        assert service.draft(coming, "first_deal").greet == "One year together"
        with pytest.raises(sdk.LoyalAppError):
            service.draft(add(since=date(2026, 1, 1)), "first_deal")
        with pytest.raises(sdk.LoyalAppError):
            service.draft(add(), "first_deal")


def test_the_wording_varies_by_itself(app):
    with app.app_context():
        people = [add(message_language="en") for _one in range(4)]
        wishes = []
        for one in people:
            made = service.draft(one, "birthday")
            service.make(one, made)
            wishes.append(made.wish)
        assert len(set(wishes[:3])) == 3


def test_a_card_needs_a_form_of_address_and_a_wish_and_fits(app):
    with app.app_context():
        one = add(message_language="en")
        drafted = service.draft(one, "birthday")
        for change, field in (
            ({"address": " \u200b"}, "address"),
            ({"wish": ""}, "wish"),
            ({"own_line": "x" * 301}, "own_line"),
        ):
            with pytest.raises(sdk.LoyalAppError) as caught:
                service.make(one, drafted._replace(**change))
            assert caught.value.field == field
        assert service.cards_of(one, 5) == []


def test_unknown_choices_fall_back_to_known_ones(app):
    with app.app_context():
        one = add(message_language="en")
        drafted = service.draft(one, "birthday")._replace(design="../secret", language="xx", occasion="x", years=9999)
        card = service.get(service.make(one, drafted))
        assert (card.design, card.language, card.occasion, card.years) == ("garden", "en", "other", 200)
        with pytest.raises(sdk.LoyalAppError):
            service.draft(one, "new_moon")


def test_given_once_is_one_unasked_contact(app):
    with app.app_context():
        one = add(message_language="en")
        card = service.make(one, service.draft(one, "birthday"))
        giving.give(card, "whatsapp")
        giving.give(card, "by_hand")
        assert sdk.interactions.unasked_counts([one]) == {one: 1}
        assert service.get(card).given_how == "whatsapp"
        assert service.waiting(5) == []
        with pytest.raises(sdk.LoyalAppError):
            giving.give(service.make(one, service.draft(one, "other")), "by_pigeon")


def test_past_the_limit_a_greeting_is_written_down_only_with_its_reason(app):
    with app.app_context():
        one = add(message_language="en", contact_limit=0)
        card = service.make(one, service.draft(one, "birthday"))
        with pytest.raises(sdk.LoyalAppError, match="why you greeted"):
            giving.give(card, "whatsapp", "  ")
        assert (service.get(card).given_on, sdk.interactions.latest(one, 1)) == (None, [])
        giving.give(card, "whatsapp", "An old friend")
        made = sdk.db.session.get(sdk.Interaction, sdk.interactions.latest(one, 1)[0].id)
        assert (made.in_spite, made.unasked) == ("An old friend", True)


def test_a_card_of_a_removed_customer_is_gone(app):
    with app.app_context():
        one = add(message_language="en")
        card = service.make(one, service.draft(one, "birthday"))
        assert [row.id for row in service.waiting(5)] == [card]
        sdk.customers.remove(one)
        assert service.waiting(5) == []
        with pytest.raises(sdk.NotFound):
            service.get(card)


# ---- who is due ----


def names(people: list[due.Due]) -> list[tuple[str, str]]:
    return [(one.name, one.occasion) for one in people]


def test_birthdays_and_first_deals_come_by_themselves(any_app):
    with any_app.app_context():
        add(name="Today", birth_month=3, birth_day=5)
        add(name="Later", birth_month=3, birth_day=18)
        add(name="Too late", birth_month=3, birth_day=19)
        add(name="Yesterday", birth_month=3, birth_day=4)
        add(name="Deal", since=date(2020, 3, 7))
        add(name="New deal", since=date(2026, 3, 5))
        add(name="Prospect", since=date(2020, 3, 7), stage="prospect")
        add(name="A firm", kind="firm", birth_month=3, birth_day=5)
        sdk.customers.remove(add(name="Gone", birth_month=3, birth_day=5))
        found = due.people_due(DAY, 14, 10)
        assert names(found) == [
            ("Today", "birthday"),
            ("A firm", "firm_birthday"),
            ("Deal", "first_deal"),
            ("Later", "birthday"),
        ]
        assert (found[2].years, found[2].day) == (6, date(2026, 3, 7))
        assert found[2].key == f"greetings:{found[2].customer_id}:first_deal:2026"
        assert names(due.people_due(DAY, 14, 1)) == [("Today", "birthday")]


def test_over_new_year_and_on_leap_days(app):
    with app.app_context():
        add(name="New Year", birth_month=1, birth_day=1)
        add(name="Leap", birth_month=2, birth_day=29)
        found = due.people_due(date(2026, 12, 30), 4, 10)
        assert [(one.name, one.day) for one in found] == [("New Year", date(2027, 1, 1))]
        assert [one.day for one in due.people_due(date(2027, 2, 26), 4, 10)] == [date(2027, 2, 28)]
        assert [one.day for one in due.people_due(date(2028, 2, 26), 4, 10)] == [date(2028, 2, 29)]


def test_who_was_greeted_or_put_aside_is_not_due(any_app):
    with any_app.app_context():
        given, aside, made = (add(name=one, birth_month=3, birth_day=6) for one in ("Given", "Aside", "Made"))
        giving.give(service.make(given, service.draft(given, "birthday")), "by_hand")
        service.put_aside(aside, "birthday")
        service.make(made, service.draft(made, "birthday"))
        assert names(due.people_due(DAY, 4, 10)) == [("Made", "birthday")]
        service.take_up_again(aside, "birthday")
        assert names(due.people_due(DAY, 4, 10)) == [("Aside", "birthday"), ("Made", "birthday")]
        assert names(due.people_due(DAY + timedelta(days=365), 4, 10)) == [
            ("Given", "birthday"),
            *names(due.people_due(DAY, 4, 10)),
        ]


def test_one_customers_own_days_need_no_query(app):
    with app.app_context():
        customer = sdk.customers.get(add(birth_month=3, birth_day=8, since=date(2020, 3, 6)))
        assert due.due_for(customer, DAY, 14) == [("first_deal", date(2026, 3, 6)), ("birthday", date(2026, 3, 8))]
        assert due.due_for(customer, DAY, 1) == []


def test_today_asks_the_same_number_of_queries_for_few_and_many(app):
    from plugins.greetings.plugin import today_entries

    counted = []
    with app.test_request_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
        add(birth_month=3, birth_day=5)
        counted.clear()
        assert len(today_entries(DAY, 10)) == 1
        few = len(counted)
        for _one in range(12):
            add(birth_month=3, birth_day=6)
        counted.clear()
        assert len(today_entries(DAY, 10)) == 10
        assert len(counted) == few


def test_the_index_is_used(app):
    with app.app_context():
        asked = []
        event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
        due.people_due(DAY, 4, 10)
        for query, values in [one for one in asked if "birth_month" in one[0] or "since_month" in one[0]]:
            plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()
            text = " ".join(str(row) for row in plan)
            assert "ix_customer_birth" in text or "ix_customer_since" in text, text


def test_who_wants_no_greetings_is_not_offered_for_one(app):
    with app.app_context():
        welcome, tired = (add(name=name, birth_month=3, birth_day=6) for name in ("Welcome", "Tired"))
        consent.write(tired, "greetings", "told", given=False)

        assert [one.customer_id for one in due.people_due(DAY, 4, 10)] == [welcome]


def test_a_day_just_past_is_still_due_where_the_computer_was_off(app):
    from plugins.greetings import plugin

    with app.test_request_context():
        missed = add(name="Missed", birth_month=3, birth_day=2)
        add(name="Too late", birth_month=2, birth_day=27)
        coming = add(name="Coming", birth_month=3, birth_day=7)
        found = plugin.today_entries(DAY, 9)
        assert [(one.customer_id, one.weight) for one in found] == [(coming, -2), (missed, -3)]
        assert [one.customer_id for one in plugin.today_entries(DAY, 1)] == [coming]


def test_the_desk_and_the_card_say_what_the_contact_rules_say(app, client):
    with app.app_context():
        who = add(birth_month=3, birth_day=6, contact_limit=0)
    for page in ("/plugins/greetings/", f"/plugins/greetings/new/{who}"):
        assert "They like no unasked contacts at all." in client.get(page).get_data(as_text=True)


@pytest.mark.parametrize("field", ["wish", "own_line", "address", "sender"])
def test_letters_that_no_font_has_are_named_instead_of_drawn_as_boxes(app, field):
    with app.app_context():
        one = sdk.customers.add({"name": "Murugan"}).id
        drafted = service.draft(one, "other")
        with pytest.raises(sdk.LoyalAppError, match="வணக") as told:
            service.make(one, drafted._replace(**{field: f"{getattr(drafted, field)} வணக்கம்"}))
        assert told.value.field == field


def test_whose_name_no_font_has_is_named_in_other_letters(app):
    with app.app_context():
        one = sdk.customers.add({"name": "முருகன்"}).id
        assert service.make(one, service.draft(one, "other", language="en")._replace(address="Dear Murugan"))
