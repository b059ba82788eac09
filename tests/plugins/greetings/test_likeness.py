"""Cards that are too much alike are found (E1): quickly, whatever the spelling, and vary by themselves."""

import pytest
from hypothesis import given as given_some
from hypothesis import strategies as some
from sqlalchemy import event, func, insert, select

from loyalapp import sdk
from loyalapp.core.db import db
from plugins.greetings import likeness, rewording, service, varying, words
from plugins.greetings.models import TRAITS, Card

MARKET = {"trade": "Tailor", "place": "Lahore", "locality": "Anarkali", "message_language": "en"}


def add(name: str = "Ali", **more) -> int:
    return sdk.customers.add({"name": name, "message_language": "en", **more}).id


def card(customer_id: int, occasion: str = "birthday", **words_of_it) -> int:
    return service.make(customer_id, service.draft(customer_id, occasion)._replace(**words_of_it))


def given(customer_id: int, occasion: str = "birthday", **words_of_it) -> None:
    sdk.db.session.get(Card, card(customer_id, occasion, **words_of_it)).given_on = sdk.today()
    sdk.db.session.commit()


def echoes(customer_id: int, occasion: str = "birthday", **words_of_it) -> list[likeness.Echo]:
    shown = service.draft(customer_id, occasion)._replace(**words_of_it)
    return rewording.too_close(sdk.customers.get(customer_id), shown)


# ---- how near two texts are


@given_some(some.text(max_size=80), some.text(max_size=80))
def test_likeness_is_the_same_both_ways_and_whole_for_the_same_words(one, other):
    assert likeness.alike(one, other) == likeness.alike(other, one)
    assert 0 <= likeness.alike(one, other) <= 1
    assert likeness.alike(one, one) == 1


@pytest.mark.parametrize(
    ("one", "other", "is_close"),
    [
        ("May you live  LONG.", "may you live long", True),
        ("آپ کو اور آپ کے گھر والوں کو عید مبارک۔", "آپ كو اور آپ كے گھر والوں كو عيد مبارك", True),
        ("दुआ है कि यह ईद अपनों के साथ हँसी-ख़ुशी बीते।", "दुआ है कि यह ईद अपनों के साथ हंसी खुशी बीते", True),
        ("A very happy Holi to you and your family.", "A very happy Holi to you and to your family!", True),
        ("A very happy Holi to you and your family.", "May every colour of joy find its way to your door.", False),
        ("", "Something", False),
    ],
)
def test_what_is_close(one, other, is_close):
    assert (likeness.alike(one, other) >= likeness.CLOSE) is is_close


def test_ready_wordings_are_far_enough_from_each_other(app):
    with app.test_request_context():
        for key in ("birthday", "eid_fitr", "diwali", "new_year"):
            for language in sdk.MESSAGE_LANGUAGES:
                found = words.wishes(key, language, 5)
                pairs = [(a, b) for place, a in enumerate(found) for b in found[:place]]
                assert not [pair for pair in pairs if likeness.alike(*pair) >= likeness.SAME_WISH]


def test_what_is_the_same_is_marked_word_by_word():
    found = likeness.pieces("May you live long and happy", "may you, live short and HAPPY")
    assert found == [("May you live", True), ("long", False), ("and happy", True)]


# ---- who is compared with whom


def test_strangers_are_only_compared_letter_by_letter(any_app):
    with any_app.test_request_context():
        one, other = add("One"), add("Other")
        card(one, wish="May you live long and see many happy years.")
        found = echoes(other, wish="May you live  LONG, and see many happy years")
        assert [(echo.met.name, echo.met.knows, echo.met.before) for echo in found] == [("One", False, False)]
        assert echoes(other, wish="Something else altogether, and nothing of that.") == []
        own = "We still talk about the tea you made for us that rainy evening in the old market."
        assert echoes(other, wish="May you live long and see many happy years.", own_line=own) == []
        assert echoes(other, "new_year", wish="May you live long and see many happy years.") == []


@pytest.mark.parametrize(
    "common",
    [
        {"firm": "Bhatti Brothers"},
        {"trade": "Tailor", "place": "Lahore"},
        {"locality": "Anarkali", "place": "Lahore"},
        {"referred": True},
    ],
)
def test_people_who_know_each_other_do_not_get_the_same_wish(any_app, common):
    with any_app.test_request_context():
        sender = add("Sender")
        more = {"referred_by_id": sender} if common.get("referred") else common
        one, other = add("One", **more), add("Other", **more)
        card(one, wish="May you live long and see many happy years.", own_line="To the best cook of the street.")
        mine = {
            "wish": "May you live long and see many happy years!",
            "own_line": "All the best for the new shop in Multan.",
        }
        assert [echo.met.knows for echo in echoes(other, **mine)] == [True]
        assert echoes(add("Stranger"), **mine) == []
        if common.get("referred"):
            assert [echo.met.knows for echo in echoes(sender, **mine)] == [True]


def test_nobody_gets_the_same_words_twice(any_app):
    with any_app.test_request_context():
        one = add()
        given(one, "new_year", wish="May you live long and see many happy years.", own_line="To the best cook in town.")
        found = echoes(one, wish="A fine day to you.", own_line="To the best cook in town.")
        assert [echo.met.before for echo in found] == [True]
        assert [echo.met.before for echo in echoes(one, wish="May you live long and see many happy years.")] == [True]
        assert echoes(one, wish="A fine day to you.", own_line="") == []


def test_cards_of_the_last_time_and_of_the_removed_do_not_count(app):
    with app.test_request_context():
        one, gone, other = add("One"), add("Gone"), add("Other")
        old = sdk.db.session.get(Card, card(one, wish="May you live long and see many happy years."))
        old.made_on = sdk.today() - likeness.SAME_TIME - likeness.SAME_TIME
        card(gone, wish="May you live long and see many happy years.")
        sdk.customers.remove(gone)
        assert echoes(other, wish="May you live long and see many happy years.") == []


def test_the_numbers_of_a_card_go_with_it(any_app):
    with any_app.test_request_context():
        made = card(add(**MARKET))
        count = select(func.count()).select_from(TRAITS)
        assert sdk.db.session.scalar(count) == likeness.BANDS + likeness.CIRCLES - 1  # no firm
        sdk.db.session.delete(sdk.db.session.get(Card, made))
        sdk.db.session.commit()
        assert sdk.db.session.scalar(count) == 0


# ---- among very many


def _many(count: int) -> None:
    """So many cards with the same words for as many people of one market."""
    one = sdk.customers.get(add(**MARKET))
    made = service.draft(one.id, "birthday")
    first = 1000
    values = {
        **made._asdict(),
        "customer_id": one.id,
        "made_on": sdk.today(),
        "wish_key": sdk.norm(made.wish),
        "is_example": False,
    }
    sdk.db.session.execute(insert(Card), [{**values, "id": first + number} for number in range(count)])
    numbers = [one for one in likeness.traits(one, "birthday", made.wish) if one]
    sdk.db.session.execute(
        insert(TRAITS), [{"card_id": first + number, "trait": one} for number in range(count) for one in numbers]
    )
    sdk.db.session.commit()


def test_the_work_does_not_grow_with_the_cards(app):
    with app.test_request_context():
        one = sdk.customers.get(add("One", **MARKET))
        _many(3000)
        seen = likeness.met(one, "birthday", service.draft(one.id, "birthday").wish)
        assert 0 < len(seen) <= likeness.NEWEST * (likeness.BANDS + likeness.CIRCLES)
        asked = []
        event.listen(db.engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
        likeness.met(one, "birthday", "Some words")
        assert len(asked) == 2
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[0][0]}", asked[0][1]).all()
        steps = [str(row[-1]) for row in plan]
        assert not [step for step in steps if step.startswith("SCAN plg_greetings")], steps
        assert sum("ix_plg_greetings_trait_trait" in step for step in steps) == likeness.BANDS + likeness.CIRCLES


# ---- varying


def test_a_market_gets_different_wishes_and_designs_by_itself(app):
    with app.test_request_context():
        people = [add(f"P{number}", **MARKET) for number in range(4)]
        made = []
        for one in people:
            made.append(service.draft(one, "eid_fitr"))
            assert rewording.too_close(sdk.customers.get(one), made[-1]) == []
            service.make(one, made[-1])
        assert len({one.wish for one in made}) == len(people)
        assert len({one.design for one in made}) > 1


def test_when_every_wording_was_used_a_second_sentence_follows(app):
    with app.test_request_context():
        found = []
        for number in range(14):
            one = add(f"P{number}")
            found.append(service.draft(one, "birthday"))
            service.make(one, found[-1])
        assert len({one.wish for one in found}) == len(found)


def test_one_key_says_it_differently(app):
    with app.test_request_context():
        one, other = add("One", **MARKET), add("Other", **MARKET)
        first = service.draft(one, "birthday")
        service.make(one, first)
        shown = service.draft(other, "birthday")._replace(wish=first.wish, design=first.design)
        customer = sdk.customers.get(other)
        assert rewording.too_close(customer, shown)
        varied = rewording.changed(customer, shown, "vary")
        assert rewording.too_close(customer, varied) == []
        assert varied.wish != shown.wish
        assert varied.design != shown.design


def test_other_words_go_round_without_coming_back_at_once(app):
    with app.test_request_context():
        one = add()
        customer, shown = sdk.customers.get(one), service.draft(one, "birthday")
        seen = []
        for _press in range(6):
            shown = rewording.changed(customer, shown, "wish")
            seen.append(shown.wish)
        assert len(set(seen)) == 6


def test_tone_and_wording_are_chosen_by_a_key(app):
    with app.test_request_context():
        one = add()
        customer, shown = sdk.customers.get(one), service.draft(one, "birthday")
        short = rewording.changed(customer, shown, "tone-short")
        assert (short.tone, short.wish) == ("short", words.wishes("birthday", "en", tone="short")[0])
        assert rewording.changed(customer, short, "say-1").wish == words.wishes("birthday", "en", tone="short")[1]
        for button in ("say-99", "say-x", "take-5", "tone-loud", "unknown", "form-77", "", "say-٩٩٩٩"):
            assert rewording.changed(customer, shown, button).address == shown.address


def test_a_form_of_address_is_asked_for_once(app):
    with app.test_request_context():
        one = sdk.customers.add({"name": "طارق بھٹی", "message_language": "ur"}).id
        shown = service.draft(one, "birthday")
        asked = rewording.changed(sdk.customers.get(one), shown, "form-0")
        assert asked.address == "طارق بھٹی صاحب"
        assert service.draft(one, "eid_fitr").address == "طارق بھٹی صاحب"


def test_a_wish_many_strangers_got_is_new_again_with_a_line_of_ones_own(app):
    with app.test_request_context():
        card(add("One"), wish="Many happy returns of the day.")
        customer = sdk.customers.get(add("Other"))
        seen = varying.around(customer, "birthday")
        choices = ["Many happy returns of the day.", "Good health to you."]
        assert varying.another(choices, seen, "", "") == "Good health to you."
        assert varying.another(["Many happy returns of the day."], seen, "", "") == "Many happy returns of the day."
