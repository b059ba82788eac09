"""The evening catch-up: a day of visits, each kept by itself as soon as it is sent."""

from datetime import timedelta

import pytest

from loyalapp.core.clock import local, today
from loyalapp.core.db import db
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import promises
from loyalapp.features.interactions import service as interactions
from tests.walk import filled, speak

PAGE = "/contacts/catch-up/"


@pytest.fixture
def three(any_app) -> list[int]:
    """Two whom Today names, and one more."""
    with any_app.app_context():
        called = {"Sana Shaikh": "", "Bilal Ahmad": "बिलाल अहमद", "Gul Khan": ""}
        made = [customers.add({"name": name, "name_hi": hindi}).id for name, hindi in called.items()]
        for who in made[:2]:
            promises.promise(who, "The price", today())
        db.session.remove()
    return made


def write(client, who: int, query: str = "", **typed):
    address = f"{PAGE}{who}{query}"
    form = filled(client, f"{PAGE}{query}", action=address)
    form.pop(f"c{who}-nobody")  # a tick that is not set is not sent
    return client.post(address, data=form | {f"c{who}-{name}": value for name, value in typed.items()})


def test_the_people_of_the_day_wait_and_go_when_they_are_written(any_app, any_client, three):
    sana, bilal, gul = three
    text = any_client.get(PAGE).get_data(as_text=True)
    assert f"{PAGE}{sana}" in text
    assert f"{PAGE}{bilal}" in text
    assert f"{PAGE}{gul}" not in text

    answer = write(any_client, sana, said="سب ٹھیک ہے", next_on="کل")
    assert answer.status_code == 303
    text = any_client.get(PAGE).get_data(as_text=True)
    assert f'action="{PAGE}{sana}' not in text
    assert "سب ٹھیک ہے" in text
    with any_app.app_context():
        row = interactions.latest(sana, 1)[0]
        assert (row.channel, row.is_answered, row.said) == ("visit", True, "سب ٹھیک ہے")
        steps = [(one.due_on, one.is_told) for one in promises.promises_of(sana) if not one.is_told]
        assert steps == [(today() + timedelta(days=1), False)]

    speak(any_client, "hi")
    assert "बिलाल अहमद" in any_client.get(PAGE).get_data(as_text=True)


def test_past_the_limit_a_visit_asks_why(any_app, any_client, three):
    gul = three[2]
    with any_app.app_context():
        customers.change(gul, {"contact_limit": 0})
        db.session.remove()
    answer = write(any_client, gul, f"?with={gul}", said="Fine")
    assert answer.status_code == 422
    assert f'name="c{gul}-in_spite"' in answer.get_data(as_text=True)
    form = filled(any_client, f"{PAGE}?with={gul}", action=f"{PAGE}{gul}?with={gul}")
    form.pop(f"c{gul}-nobody")
    typed = {f"c{gul}-said": "Fine", f"c{gul}-in_spite": "They asked for it"}
    assert any_client.post(f"{PAGE}{gul}?with={gul}", data=form | typed).status_code == 303


def test_nobody_there_needs_no_words_and_an_empty_line_is_not_kept(any_app, any_client, three):
    sana = three[0]
    assert write(any_client, sana).status_code == 422
    assert write(any_client, sana, nobody="y").status_code == 303
    with any_app.app_context():
        assert [row.is_answered for row in interactions.latest(sana, 9)] == [False]


def test_one_more_is_added_by_a_few_letters(any_client, three):
    gul = three[2]
    answer = any_client.get(f"{PAGE}?who=gul")
    assert answer.headers["Location"] == f"{PAGE}?with={gul}"
    assert f"{PAGE}{gul}?with={gul}" in any_client.get(answer.headers["Location"]).get_data(as_text=True)
    assert write(any_client, gul, f"?with={gul}", said="x").headers["Location"] == f"{PAGE}?with={gul}"
    assert "Nobody found" in any_client.get(f"{PAGE}?who=zzzz").get_data(as_text=True)
    assert f"with={gul}" in any_client.get(f"{PAGE}who?q=gul").get_data(as_text=True)


def test_what_was_typed_stays_where_something_is_to_be_mended(any_client, three):
    answer = write(any_client, three[0], said="لمبی بات", next_on="31/2")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "لمبی بات" in text
    assert "31/2" in text


def test_yesterday_can_be_written_and_a_day_to_come_cannot(any_app, any_client, three):
    sana, gul = three[0], three[2]
    with any_app.app_context():
        yesterday, tomorrow = (today() + timedelta(days=one) for one in (-1, 1))
    query = f"?with={gul}&day={yesterday}"
    assert write(any_client, gul, query, said="x").status_code == 303
    with any_app.app_context():
        assert local(interactions.latest(gul, 1)[0].happened_at).date() == yesterday
    assert write(any_client, sana, f"?with={sana}&day={tomorrow}", said="x").status_code == 422


@pytest.mark.parametrize("query", ["with=x,,9999999999,4711", "day=2026-13-45", "with=" + ",".join(["1"] * 500)])
def test_nonsense_in_the_address_shows_the_page(any_client, three, query):
    assert any_client.get(f"{PAGE}?{query}").status_code == 200
