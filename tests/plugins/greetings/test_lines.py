"""The personal line: made from facts, the timeline and the first deal, in the card's language; nothing that hurts."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loyalapp import sdk
from loyalapp.core import clock
from loyalapp.features.customers import consent
from plugins.greetings import lines, rewording, service


def add(**values) -> int:
    return sdk.customers.add({"name": "Ali", "message_language": "en", **values}).id


def offered(customer_id: int, language: str = "en") -> list[str]:
    return [one.line for one in lines.offers(sdk.customers.get(customer_id), language)]


@pytest.mark.parametrize("language", sdk.MESSAGE_LANGUAGES)
@pytest.mark.parametrize(
    "fact", ["بیٹی کی شادی مارچ میں", "बेटी की शादी मार्च में", "Daughter's wedding in March", "beti ki shaadi"]
)
def test_a_fact_in_any_script_becomes_a_line_in_the_cards_language(app, language, fact):
    with app.test_request_context():
        one = add()
        sdk.customers.learn(one, fact, "told")
        line = offered(one, language)[0]
        assert sdk.address.script_of(line) == (language if language in sdk.LANGUAGES else "en")
        assert fact not in line
        assert fact in lines.offers(sdk.customers.get(one), language)[0].source


@pytest.mark.parametrize("language", sdk.MESSAGE_LANGUAGES)
def test_every_topic_and_record_has_a_line_in_every_language(app, language):
    table = lines._table()
    for entry in [*table["topic"].values(), *table["record"].values()]:
        line = entry[language].format(item="X", year=2021, month="March", years="five years")
        assert sdk.address.script_of(line) == (language if language in sdk.LANGUAGES else "en")
        assert line[-1] in ".۔।"


def test_lines_come_from_the_timeline_and_the_first_deal(app):
    with app.test_request_context():
        today = sdk.today()
        one = add(since=today.replace(year=today.year - 5, day=1))
        sdk.catalogue.record_purchase(one, "JK-8700", today.replace(year=today.year - 5, day=1))
        sdk.catalogue.record_purchase(one, "Steam iron", today - timedelta(days=9))
        sdk.interactions.record(one, channel="visit", unasked=False, note="Looked at the machine")
        add(referred_by_id=one)
        found = offered(one)
        assert any(line.startswith("It was a pleasure to meet you in ") for line in found)
        assert "May the Steam iron be of good use to you." in found
        assert f"In {today.year - 5} it all began with the JK-8700. We have not forgotten." in found
        assert "You spoke well of us to others, and we have not forgotten it." in found
        assert 3 < len(found) <= lines.MOST


@pytest.mark.parametrize("day", [date(2026, 3, 13), date(2026, 3, 18)])
def test_the_years_of_a_line_are_those_of_the_card_of_the_first_deal(app, day):
    """Five years to the day are a little less than five times 365 and a quarter."""
    with app.test_request_context(), clock.frozen(datetime(day.year, day.month, day.day, 10, tzinfo=UTC)):
        one = add(since=date(2021, 3, 18))
        assert service.draft(one, "first_deal", language="en").years == 5
        assert any("five years" in line for line in offered(one))
        assert not any("four years" in line for line in offered(one))


def test_a_problem_that_was_solved_is_thanked_for(app):
    from plugins.issues import closing  # the plugin that writes what is read here
    from plugins.issues import service as problems

    with app.test_request_context():
        one = add()
        problem = problems.record(one, "It leaks")
        assert lines._line("patience", "en") not in offered(one)
        problems.done(problem)
        closing.solve(problem)
        assert lines._line("patience", "en") in offered(one)


def test_what_is_not_to_be_mentioned_never_comes_up(app):
    with app.test_request_context():
        one = add(since=sdk.today().replace(year=2021, day=1), do_not_mention="Never talk about the overlock machine")
        sdk.customers.learn(one, "Son failed the exam", do_not_mention=True)
        secret = sdk.customers.learn(one, "New shop in Multan")
        sdk.customers.correct_fact(secret, "New shop in Multan", "told", may_use=False)
        sdk.customers.learn(one, "His shop in Multan is doing well")
        sdk.customers.learn(one, "Children are at college for their exams")
        sdk.customers.learn(one, "Likes tea")
        sdk.catalogue.record_purchase(one, "Overlock B9", sdk.today() - timedelta(days=20))
        text = " ".join(offered(one)).casefold()
        assert "cup of tea" in text
        for word in ("overlock", "multan", "exam", "studies", "new place"):
            assert word not in text
        assert lines.only_to_read(sdk.customers.get(one), "ur") == []


@pytest.mark.parametrize(
    "sad", ["Father died in May", "والد کا انتقال ہوا", "बेटा अस्पताल में है", "qarz hai", "wedding cancelled, court case"]
)
def test_sad_things_do_not_stand_on_a_card_of_joy(app, sad):
    with app.test_request_context():
        one = add()
        sdk.customers.learn(one, sad)
        for language in sdk.MESSAGE_LANGUAGES:
            assert offered(one, language) == []
            assert lines.only_to_read(sdk.customers.get(one), language) == []


def test_nothing_is_offered_of_details_that_are_not_ours_to_keep(app):
    with app.test_request_context():
        one = add()
        sdk.customers.learn(one, "Daughter's wedding")
        consent.write(one, "details", "told", given=False)
        assert offered(one) == []


def test_what_was_noted_in_the_cards_letters_can_be_written_on_from(app):
    with app.test_request_context():
        one = add()
        sdk.customers.learn(one, "Grows roses on the roof")
        assert offered(one) == ["Grows roses on the roof"]
        assert offered(one, "ur") == []
        assert lines.only_to_read(sdk.customers.get(one), "ur") == ["Grows roses on the roof"]


def test_a_line_is_taken_with_one_key_and_never_offered_again(app):
    with app.test_request_context():
        one = add()
        sdk.customers.learn(one, "Likes cricket")
        sdk.customers.learn(one, "Likes tea")
        customer, shown = sdk.customers.get(one), service.draft(one, "birthday")
        taken = rewording.changed(customer, shown, "take-0")
        assert taken.own_line in offered(one)
        service.make(one, taken)
        left = [offer.line for offer in rewording.offers(customer, shown)]
        assert len(left) == 1
        assert taken.own_line not in left


def test_a_line_begins_with_a_capital_also_where_it_begins_with_a_number_in_words():
    assert lines._line("years", "ur-Latn", years="do saal").startswith("Do saal")
