"""Two customers who are one: nothing of either is lost, a refusal wins, and parting them gives back what was there."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from sqlalchemy import inspect, text

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import consent, duplicates, merging
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions

# They count changes, and go on counting.
COUNTING = {"version", "updated_at"}


@pytest.fixture
def inside(any_app):
    """Everything here happens in the app, on each database."""
    with any_app.app_context():
        yield


def someone(name="Zainab Bibi", **values):
    return customers.add({"name": name, **values}).id


def say(field, value):
    return f"{field}: {value[0]}"


def join(winner, loser, **chosen):
    versions = {one: customers.get(one).version for one in (winner, loser)}
    return merging.merge(winner, loser, chosen, versions, say)


def content():
    """Every row of every table but the steps themselves, and the inside of the search."""
    names = [one for one in inspect(db.engine).get_table_names() if not one.startswith(("undo_", "customer_index"))]
    found = {}
    for name in sorted(names):
        rows = db.session.execute(text(f'SELECT * FROM "{name}"')).mappings()
        found[name] = sorted(str({key: one[key] for key in one if key not in COUNTING}) for one in rows)
    return found


def rich(name, number, **more):
    """A customer with something in every corner."""
    one = someone(name, place="Lahore", phones=[number], notes=f"note of {name}", **more)
    catalogue.record_purchase(one, "Iron", today() - timedelta(days=9), amount_minor=100)
    interactions.record(one, said=f"{name} said", learned="Likes tea", promised="A price", promised_for=today())
    return one


@pytest.mark.usefixtures("inside")
def test_everything_of_both_is_there():
    one = rich("Zainab Bibi", "0300 1234567", email="z@example.com", birth_month=3, birth_day=4)
    other = rich("Zainab B.", "0301 7654321", firm="Bibi Traders", trade="Cloth")

    join(one, other, name=one)

    found = customers.get(one)
    assert [phone.number for phone in found.phones] == ["+923001234567", "+923017654321"]
    assert (found.email, found.firm, found.trade, found.birth_month) == ("z@example.com", "Bibi Traders", "Cloth", 3)
    assert found.notes == "note of Zainab Bibi\nnote of Zainab B.\nname: Zainab B."
    assert [fact.text for fact in found.facts] == ["Likes tea"], "what both knew stands there once"
    assert len(interactions.latest(one, 9)) == len(interactions.promises_of(one)) == 2
    assert [row.id for row in customers.find("7654321")] == [one]
    assert merging.winner_of(other) == one
    with pytest.raises(NotFound):
        customers.get(other)


@pytest.mark.usefixtures("inside")
def test_each_field_is_chosen_and_the_rest_goes_into_the_notes():
    one = someone("Karim", place="Lahore", stage="prospect", contact_limit=4)
    other = someone("Karim", place="Multan", stage="customer", contact_limit=1)

    join(one, other, place=other, stage=one)

    found = customers.get(one)
    assert (found.place, found.stage, found.contact_limit) == ("Multan", "prospect", 1)
    assert found.notes.splitlines() == ["place: Lahore", "stage: customer", "contact_limit: 4"]


@pytest.mark.usefixtures("inside")
def test_a_name_in_another_script_stands_beside_the_chosen_one():
    one, other = someone("Ayesha"), someone("عائشہ")

    join(one, other, name=one)

    found = customers.get(one)
    assert (found.name, found.name_ur, found.notes) == ("Ayesha", "عائشہ", "")
    assert [row.id for row in customers.find("عائشہ")] == [one]


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("refuses", ["winner", "loser"])
def test_a_refusal_of_either_wins_however_old(refuses):
    one, other = someone(), someone("Zainab B.")
    said = {"winner": one, "loser": other}
    consent.write(said.pop(refuses), "offers", "told", date(2020, 1, 1), given=False)
    consent.write(said.popitem()[1], "offers", "told", today(), given=True)

    step = join(one, other)

    assert not consent.standing(one)["offers"].given
    bring_back.undo(step)
    assert {consent.standing(each)["offers"].given for each in (one, other)} == {True, False}


@pytest.mark.usefixtures("inside")
def test_parting_them_gives_back_what_was_there():
    one = rich("Zainab Bibi", "0300 1234567", tags=["vip", "school"])
    other = rich("زینب بی بی", "0300 1234567", tags=["VIP"], firm="Bibi")
    guest = someone("Guest", referred_by_id=other)
    duplicates.not_the_same(other, guest)
    before = content()

    step = join(one, other)
    assert content() != before
    outcome = bring_back.undo(step)

    assert (outcome.left, outcome.sentence) == (0, "")
    assert content() == before


@pytest.mark.usefixtures("inside")
def test_what_was_written_since_stays_with_the_winner_and_is_counted():
    one, other = rich("Zainab Bibi", "0300 1234567"), rich("Zainab B.", "0301 7654321")
    step = join(one, other)
    interactions.record(one, said="after")

    outcome = bring_back.undo(step)

    assert [row.said for row in interactions.latest(one, 9)] == ["after", "Zainab Bibi said"]
    assert [row.said for row in interactions.latest(other, 9)] == ["Zainab B. said"]
    assert outcome.sentence == "1 line that was written since then stays with \u2068Zainab Bibi\u2069."


@pytest.mark.usefixtures("inside")
def test_what_was_changed_of_a_winner_since_stays_and_the_other_comes_back():
    one, other = someone(place="Lahore"), someone("Zainab B.", place="Multan", phones=["0301 7654321"], email="z@b.pk")
    step = join(one, other, place=other)
    customers.change(one, {"locality": "Model Town"})

    outcome = bring_back.undo(step)

    found = customers.get(one)
    assert outcome.names == []
    assert (found.place, found.locality, found.email, found.phones) == ("Lahore", "Model Town", None, [])
    assert [row.id for row in customers.find("Lahore")] == [one]
    assert [phone.number for phone in customers.get(other).phones] == ["+923017654321"]
    assert [row.id for row in customers.find("7654321")] == [other]


@pytest.mark.usefixtures("inside")
def test_a_value_that_was_chosen_and_then_changed_stays_and_is_named():
    one, other = someone(place="Lahore"), someone("Zainab B.", place="Multan")
    step = join(one, other, place=other)
    customers.change(one, {"place": "Okara"})

    outcome = bring_back.undo(step)

    assert outcome.names == ["Zainab Bibi"]
    assert (customers.get(one).place, customers.get(other).place) == ("Okara", "Multan")


@pytest.mark.usefixtures("inside")
def test_three_in_a_row_come_apart_the_last_one_first():
    first, second, third = (rich(name, f"0300 123456{place}") for place, name in enumerate(("Aa", "Bb", "Cc")))
    before = content()
    inner = join(second, third)
    outer = join(first, second)

    assert merging.winner_of(third) == first
    with pytest.raises(Conflict, match="was joined with somebody else or removed after that"):
        bring_back.undo(inner)
    bring_back.undo(outer)
    assert merging.winner_of(third) == second
    bring_back.undo(inner)

    assert content() == before


@pytest.mark.usefixtures("inside")
def test_who_cannot_be_joined():
    one, other = someone(), someone("Karim")
    seen = {each: customers.get(each).version for each in (one, other)}

    with pytest.raises(LoyalAppError, match="one and the same"):
        merging.merge(one, one, {}, seen, say)
    with pytest.raises(NotFound, match="not in the list any more"):
        merging.merge(one, 99, {}, seen, say)
    customers.change(other, {"place": "Multan"})
    with pytest.raises(Conflict, match="changed one of the two just now"):
        merging.merge(one, other, {}, seen, say)
    customers.remove(other)
    with pytest.raises(NotFound, match="not in the list any more"):
        merging.merge(one, other, {}, seen, say)


@pytest.mark.usefixtures("inside")
def test_a_plugin_with_one_row_for_each_customer_keeps_both():
    one, other = someone(), someone("Zainab B.")
    for each, level in ((one, "a lot"), (other, "a little")):
        values = f"{each}, '{level}', ''"
        db.session.execute(
            text(f"INSERT INTO plg_reviews_assessment (customer_id, means, overruled_reason) VALUES ({values})")
        )
    db.session.commit()
    before = content()

    step = join(one, other)

    means = dict(db.session.execute(text("SELECT customer_id, means FROM plg_reviews_assessment")).all())
    assert means == {one: "a lot", other: "a little"}
    bring_back.undo(step)
    assert content() == before


WORDS = strategies.sampled_from([None, "Lahore", "Multan", "لاہور", "कराची"])
NAMES = strategies.sampled_from(["Zainab Bibi", "زینب", "ज़ैनब", "Zainab", "Karim Khan"])
PEOPLE = strategies.fixed_dictionaries(
    {
        "name": NAMES,
        "name_ur": strategies.sampled_from([None, "زینب بی بی"]),
        "place": WORDS,
        "locality": WORDS,
        "notes": strategies.sampled_from(["", "one", "one\ntwo"]),
        "stage": strategies.sampled_from(["prospect", "customer", "former"]),
        "contact_limit": strategies.sampled_from([None, 0, 2]),
        "birth_month": strategies.sampled_from([None, 2]),
        "phones": strategies.lists(strategies.sampled_from(["0300 1234567", "0301 7654321"]), unique=True),
        "tags": strategies.lists(strategies.sampled_from(["vip", "VIP", "school"])),
        "facts": strategies.lists(strategies.sampled_from(["Likes tea", "likes tea", "Has two sons"])),
        "contacts": strategies.integers(0, 2),
    }
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=PEOPLE, other=PEOPLE, takes=strategies.sets(strategies.sampled_from(sorted(merging.FIELDS))))
def test_joining_and_parting_changes_nothing(app, one, other, takes):
    with app.app_context():
        ids = [_whole(person) for person in (one, other)]
        before = content()

        bring_back.undo(join(*ids, **dict.fromkeys(takes, ids[1])))

        assert content() == before


def _whole(person):
    values = {key: value for key, value in person.items() if key not in ("facts", "contacts")}
    if values["birth_month"]:
        values["birth_day"] = 29
    made = customers.add(values).id
    for fact in person["facts"]:
        customers.learn(made, fact)
    for number in range(person["contacts"]):
        interactions.record(made, said=str(number))
    return made


@pytest.mark.usefixtures("inside")
def test_who_wants_to_be_left_in_peace_is_also_when_joined():
    until = today() + timedelta(days=9)
    winner = someone(stop_after=0, worth=None)
    loser = someone(no_contact=True, paused_until=until, pause_why="ill", stop_after=2, worth=3, worth_why="Advice")
    step = join(winner, loser)
    found = customers.get(winner)
    assert (found.no_contact, found.paused_until, found.pause_why, found.stop_after) == (True, until, "ill", 2)
    assert (found.worth, found.worth_why) == (3, "Advice")

    bring_back.undo(step)
    found = customers.get(winner)
    assert (found.no_contact, found.paused_until, found.stop_after, found.worth) == (False, None, 0, None)
