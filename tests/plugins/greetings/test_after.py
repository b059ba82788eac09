"""What became of greetings: answers, thanks, a year, figures without shares of few; found, handed over, erased."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from loyalapp import sdk
from loyalapp.core import clock
from loyalapp.features.welcome import service as welcome
from plugins.greetings import after, giving, handing_over, knowing, marked, service
from plugins.greetings.models import DAY, MARK, OWN, WISH, Card

NOW = datetime(2026, 3, 18, 10, 0, tzinfo=ZoneInfo("Asia/Karachi"))


@pytest.fixture(autouse=True)
def _spring():
    with clock.frozen(NOW):
        yield


def add(name: str = "Tariq", **values) -> int:
    return sdk.customers.add({"name": name, "message_language": "en", **values}).id


def given(customer_id: int, occasion: str = "other", own_line: str = "") -> int:
    card = service.make(customer_id, service.draft(customer_id, occasion)._replace(own_line=own_line))
    giving.give(card, "by_hand")
    return card


def test_a_reply_is_noted_thanked_for_and_taken_back(any_app):
    with any_app.app_context():
        card = given(add())
        after.note_reply(card, "glad", "So kind of you!")
        after.thanked(card)
        one = service.get(card)
        assert (one.reply, one.reply_note, one.replied_on, one.thanked_on) == (
            "glad", "So kind of you!", NOW.date(), NOW.date(),
        )  # fmt: skip
        after.forget_reply(card)
        one = service.get(card)
        assert (one.reply, one.reply_note, one.replied_on, one.thanked_on) == (None, "", None, None)


def test_no_reply_without_a_greeting_an_answer_of_the_list_and_few_words(app):
    with app.app_context():
        one = add()
        waits = service.make(one, service.draft(one, "other"))
        with pytest.raises(sdk.LoyalAppError):
            after.note_reply(waits, "glad")
        card = given(one)
        for reply, note in (("splendid", ""), ("", ""), ("glad", "x" * 400)):
            with pytest.raises(sdk.LoyalAppError):
                after.note_reply(card, reply, note)
        with pytest.raises(sdk.NotFound):
            after.note_reply(999, "glad")


def test_a_year_says_who_was_told_what_and_goes_on_by_pages(any_app):
    with any_app.app_context():
        people = [add(f"P{number:02}") for number in range(45)]
        for one in people:
            given(one, own_line=f"Line for {one}")
        first = after.year(2026)
        assert len(first.rows) == after.AT_ONCE
        second = after.year(2026, first.after)
        assert [row.customer_id for row in (*first.rows, *second.rows)] == people[::-1]
        assert second.after is None
        assert first.rows[0].own_line == f"Line for {people[-1]}"
        assert after.year(2025).rows == []


def test_no_share_is_shown_under_twenty_cases(any_app):
    with any_app.app_context():
        cards = [given(add(f"P{number}")) for number in range(19)]
        for card in cards[:10]:
            after.note_reply(card, "glad")
        assert after.figures(2026).replies == [("glad", 10, None), (None, 9, None)]
        given(add("P20"))
        assert after.figures(2026).replies == [("glad", 10, 50), (None, 10, 50)]


def test_who_was_never_greeted_is_counted_and_named(any_app):
    with any_app.app_context():
        greeted, never = add("A"), add("B")
        add("C", stage="prospect")
        given(greeted)
        found = after.figures(2026)
        assert (found.customers, found.never) == (2, 1)
        assert [row.id for row in after.never_greeted(10)] == [never]


def test_cards_are_found_by_their_own_line_and_answer_but_never_by_a_festival(app):
    with app.app_context(), app.test_request_context():
        card = given(add("Tariq"), own_line="Happy Diwali to your new shop in Anarkali")
        after.note_reply(card, "told", "My son was married")
        for words in ("anarkali", "son was"):
            assert [one.why for one in knowing.results(words, 5)] == ["Tariq"]
        for words in ("diwali", "Eid", "عید", "दीवाली", "happy diwali", "Christmas", "an"):
            assert knowing.results(words, 5) == []


def test_a_briefing_tells_of_the_day_and_the_last_answer(app):
    with app.app_context():
        one = add(birth_month=3, birth_day=20, since=date(2021, 3, 21))
        card = given(one)
        after.note_reply(card, "told", "My son was married")
        lines = [line.text for line in knowing.before_a_talk(one)]
        assert "Birthday" in lines[0]
        assert "5 years" in lines[1]
        assert "My son was married" in lines[2]


def test_the_customer_is_handed_everything_also_marks(app):
    with app.app_context():
        one = add()
        given(one, own_line="Only for you")
        marked.mark(one, "eid_fitr", 1447, greet=True)
        marked.wish(one, "diwali", wanted=False)
        cards, days = handing_over.about(one, "en")
        assert "Only for you" in cards.lines[0][1]
        assert sorted(text for _day, text in days.lines) == ["\u2068Diwali\u2069: no", "\u2068Eid ul-Fitr\u2069: yes"]
        assert [one.title for one in handing_over.about(one, "ur-Latn")] == list(handing_over.ROMAN["ur-Latn"][:2])
        assert handing_over.about(add("B"), "en") == []


def test_example_data_is_lively_and_leaves_without_a_trace(any_app):
    with any_app.app_context():
        welcome.add_examples()
        for table in (MARK, WISH, OWN, DAY):
            assert sdk.db.session.execute(select(table)).first() is not None, table
        assert sdk.db.session.scalar(select(Card.reply).where(Card.reply.is_not(None)).limit(1))
        welcome.remove_examples()
        for table in (MARK, WISH, OWN, DAY, Card.__table__):
            assert sdk.db.session.execute(select(table)).all() == [], table
