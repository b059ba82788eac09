"""Needs in the customer's words, offers that answer them, and suggestions that answer nothing else (D5)."""

from datetime import timedelta

import pytest

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import LANGUAGES, MESSAGE_LANGUAGES
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.catalogue import product_groups
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import needs
from loyalapp.features.interactions import service as interactions
from loyalapp.features.interactions.models import Need
from loyalapp.features.needs import hooks, service
from tests.walk import filled


@pytest.fixture
def sana(any_app) -> int:
    with any_app.app_context():
        made = customers.add({"name": "Sana Shaikh"}).id
        db.session.remove()
    return made


def told(who: int, text: str, ago: int = 3, group: str | None = None) -> int:
    made = needs.add(who, text, product_group=group)
    needs.get(made).learned_on = today() - timedelta(days=ago)
    db.session.commit()
    return made


def suggested() -> list[str]:
    return [one.key for one in hooks.today_entries(today(), 9)]


def test_a_need_stays_open_until_it_is_met(any_app, sana):
    with any_app.app_context():
        one = needs.add(sana, "دوسری مشین\nعید سے پہلے")
        assert [row.text for row in needs.needs_of(sana)] == ["دوسری مشین\nعید سے پہلے"]
        needs.meet(one)
        assert needs.needs_of(sana) == []
        needs.reopen(one)
        assert len(needs.needs_of(sana)) == 1
        with pytest.raises(LoyalAppError):
            needs.add(sana, " \u200b ")
        with pytest.raises(NotFound):
            needs.meet(4711)


def test_a_need_told_in_a_talk_belongs_to_it(any_app, sana):
    with any_app.app_context():
        contact = interactions.record(sana, said="x", need="A second table")
        assert db.session.query(Need).one().interaction_id == contact


def test_an_offer_names_its_need_and_a_yes_meets_it(any_app, sana):
    with any_app.app_context():
        one = needs.add(sana, "A second table")
        made = needs.offer(sana, "Table 12", one)
        assert [(row.words, row.need_id, row.more) for row in needs.of(sana)[1]] == [("Table 12", one, "open")]
        needs.decide(made, "later")
        assert len(needs.needs_of(sana)) == 1
        needs.decide(made, "yes")
        assert needs.needs_of(sana) == []
        needs.decide(made, "open")
        assert len(needs.needs_of(sana)) == 1
        with pytest.raises(LoyalAppError):
            needs.decide(made, "perhaps")


def test_an_offer_for_somebody_elses_need_is_refused(any_app, sana):
    with any_app.app_context():
        other = customers.add({"name": "Other"}).id
        theirs = needs.add(other, "A table")
        with pytest.raises(LoyalAppError):
            needs.offer(sana, "Table", theirs)


def test_only_told_needs_that_we_can_answer_are_suggested(any_app, sana):
    with any_app.app_context(), any_app.test_request_context():
        product_groups.add("Cutting tables")
        db.session.commit()
        chosen = told(sana, "More room for cloth", group="Cutting tables")
        named = told(sana, "Two cutting tables, if it goes well", ago=2)
        told(sana, "Quicker answers on the phone")
        told(sana, "Cutting tables", ago=0)
        assert suggested() == [f"need:{chosen}", f"need:{named}"]

        needs.offer(sana, "Table 12", chosen)
        needs.meet(named)
        assert suggested() == []
        needs.offer(sana, "Something", None)
        assert suggested() == []


def test_what_was_struck_out_comes_back(any_app, sana):
    with any_app.app_context():
        one = needs.add(sana, "A table")
        made = needs.offer(sana, "Table 12", one)
        gone = needs.remove_offer(made)
        step = needs.remove(one)
        assert needs.of(sana) == ([], [])
        bring_back.undo(step)
        bring_back.undo(gone)
        wanted, offers = needs.of(sana)
        assert ([row.words for row in wanted], [row.words for row in offers]) == (["A table"], ["Table 12"])


@pytest.mark.parametrize("channel", [None, "call", "whatsapp"])
def test_questions_are_there_in_every_language(app, channel):
    with app.test_request_context():
        for language in MESSAGE_LANGUAGES:
            assert len(service.questions(language, channel)) >= 2
        assert service.questions(None, channel) == service.questions("en", channel)
    assert set(LANGUAGES) <= set(MESSAGE_LANGUAGES)


# ---- pages ----


def test_a_need_is_written_on_its_page_and_stands_beside_the_customer(any_client, sana):
    url = f"/needs/new/{sana}"
    empty = any_client.post(url, data=filled(any_client, url, need=" "))
    assert empty.status_code == 422
    page = any_client.post(url, data=filled(any_client, url, need="एक और टेबल"), follow_redirects=True)
    text = page.get_data(as_text=True)
    assert "एक और टेबल" in text
    assert "/needs/offer/" in text


def test_an_offer_that_nobody_asked_for_is_marked_and_gives_questions(any_app, any_client, sana):
    with any_app.app_context():
        customers.change(sana, {"message_language": "hi"})
        db.session.remove()
    url = f"/needs/offer/{sana}"
    text = any_client.get(url).get_data(as_text=True)
    assert "Not yet asked" in text
    assert "कमी महसूस" in text
    any_client.post(url, data=filled(any_client, url, what="Table 12"))
    assert "Not yet asked what they need" in any_client.get(f"/customers/{sana}").get_data(as_text=True)


def test_the_answer_is_written_with_a_way_back(any_app, any_client, sana):
    with any_app.app_context():
        one = needs.add(sana, "A table")
        made = needs.offer(sana, "Table 12", one)
        db.session.remove()
    url = f"/needs/offers/{made}/yes"
    form = filled(any_client, f"/customers/{sana}", action=url)
    shown = any_client.post(url, data=form, follow_redirects=True).get_data(as_text=True)
    assert f"/needs/offers/{made}/open" in shown
    with any_app.app_context():
        assert needs.needs_of(sana) == []
