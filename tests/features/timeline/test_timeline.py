"""The timeline: page by page without a gap, sifted by kind, searched in any script, in a constant number of queries."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import event, insert

from loyalapp.core.clock import now, today
from loyalapp.core.db import db
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import promises
from loyalapp.features.interactions import service as interactions
from loyalapp.features.interactions.models import Interaction
from loyalapp.features.timeline import service
from loyalapp.features.timeline.service import Place


def fill(who: int, count: int) -> None:
    """Contacts and sales, many of them in the same moment and on the same day."""
    contacts = [
        {"customer_id": who, "happened_at": now() - timedelta(hours=number // 3 * 7), "said": f"c{number}"}
        for number in range(count)
    ]
    sales = [
        {"customer_id": who, "item": f"s{number}", "bought_on": today() - timedelta(days=number // 5)}
        for number in range(count)
    ]
    db.session.execute(insert(Interaction), contacts)
    db.session.execute(insert(Purchase), sales)
    db.session.commit()


def walk(who: int, **sift) -> list[str]:
    place, seen = None, []
    for _turn in range(200):
        part = service.part(who, place, **sift)
        seen += [one.said or one.title for one in part.entries]
        if part.older is None:
            return seen
        place = Place.read(part.older.text())
    raise AssertionError("it has no end")


@pytest.fixture
def sana(any_app) -> int:
    with any_app.app_context():
        made = customers.add({"name": "Sana Shaikh"}).id
        db.session.remove()
    return made


def test_page_by_page_everything_shows_once_and_in_order(any_app, sana):
    with any_app.app_context(), any_app.test_request_context():
        fill(sana, 173)
        seen = walk(sana)
        assert len(seen) == len(set(seen)) == 2 * 173
        keys = [service._keyed(one)[0] for one in service.part(sana).entries]
        assert keys == sorted(keys, reverse=True)


def test_a_day_with_more_than_a_page_is_walked_through_too(any_app, sana):
    with any_app.app_context(), any_app.test_request_context():
        rows = [{"customer_id": sana, "item": f"s{one}", "bought_on": today()} for one in range(130)]
        db.session.execute(insert(Purchase), rows)
        db.session.commit()
        assert len(set(walk(sana))) == 130


def test_contacts_at_midnight_are_not_lost_between_pages(any_app, sana):
    with any_app.app_context(), any_app.test_request_context():
        midnight = now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
        contacts = [{"customer_id": sana, "happened_at": midnight, "said": f"m{one}"} for one in range(70)]
        contacts += [
            {"customer_id": sana, "happened_at": midnight - timedelta(hours=one), "said": f"c{one}"}
            for one in range(1, 70)
        ]
        sales = [{"customer_id": sana, "item": f"s{one}", "bought_on": midnight.date()} for one in range(70)]
        db.session.execute(insert(Interaction), contacts)
        db.session.execute(insert(Purchase), sales)
        db.session.commit()
        assert len(set(walk(sana))) == 70 + 69 + 70


def test_it_is_sifted_by_kind_and_searched_in_any_script(any_app, sana):
    with any_app.app_context(), any_app.test_request_context():
        fill(sana, 30)
        interactions.record(sana, said="فضل صاحب کی مشین ٹھیک ہے", happened_at=now() - timedelta(days=400))
        promises.promise(sana, "The price of 747", today())
        assert all(one.startswith("s") or "s" in one for one in walk(sana, kind="sale"))
        assert len(walk(sana, kind="sale")) == 30
        assert walk(sana, kind="promise") == ["Promised: The price of 747"]
        assert walk(sana, words="Fazal") == walk(sana, words="مشین") == ["فضل صاحب کی مشین ٹھیک ہے"]
        assert walk(sana, words="۷۴۷") == ["Promised: The price of 747"]
        assert walk(sana, words="c17") == ["c17"]
        assert walk(sana, words="nothing at all") == []


def test_a_search_goes_on_where_it_stopped_looking(any_app, sana, monkeypatch):
    monkeypatch.setattr(service, "SIFTED", 40)
    with any_app.app_context(), any_app.test_request_context():
        interactions.record(sana, said="needle", happened_at=now() - timedelta(days=900))
        fill(sana, 120)
        first = service.part(sana, words="needle")
        assert (list(first.entries), first.is_cut) == ([], True)
        assert walk(sana, words="needle") == ["needle"]


def test_one_page_costs_the_same_for_ten_and_for_a_thousand(any_app, sana):
    def count() -> int:
        sent = []
        listen = lambda *args: sent.append(args[2])  # noqa: E731 -- one line to count
        event.listen(db.engine, "before_cursor_execute", listen)
        service.part(sana)
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(sent)

    with any_app.app_context(), any_app.test_request_context():
        fill(sana, 5)
        few = count()
        fill(sana, 500)
        assert count() == few


@pytest.mark.parametrize(
    "query", ["from=x", "from=2026-99-01,1", "from=2026-01-01,-5", "from=2026-01-01,99999999999", "kind=x"]
)
def test_nonsense_in_the_address_shows_the_newest(any_client, sana, query):
    assert any_client.get(f"/customers/{sana}/timeline?{query}").status_code == 200


def test_the_page_shows_finds_and_leads_to_older_ones(any_app, any_client, sana):
    with any_app.app_context():
        fill(sana, 60)
        db.session.remove()
    text = any_client.get(f"/customers/{sana}/timeline").get_data(as_text=True)
    assert "c0" in text
    assert "from=" in text
    found = any_client.get(f"/customers/{sana}/timeline?words=c59").get_data(as_text=True)
    assert "c59" in found
    assert f"/customers/{sana}/timeline" in any_client.get(f"/customers/{sana}").get_data(as_text=True)


@pytest.mark.parametrize("page", ["", "/timeline", "/briefing"])
def test_pages_of_a_customer_ask_as_many_questions_with_5000_entries_as_with_one(app, client, page):
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))
        who = customers.add({"name": "Sana Shaikh"}).id

    def count(entries: int) -> int:
        with app.app_context():
            fill(who, entries)
        client.get(f"/customers/{who}{page}")
        asked.clear()
        assert client.get(f"/customers/{who}{page}").status_code == 200
        return len(asked)

    assert count(1) == count(5000)


def test_the_last_page_of_5000_entries_asks_as_many_questions_as_the_first(app, client):
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))
        who = customers.add({"name": "Sana Shaikh"}).id
        fill(who, 5000)
        far = Place((now() - timedelta(days=900)).isoformat(), 0).text()
    client.get(f"/customers/{who}")  # what stands round every page is asked for once
    counts = []
    for address in (f"/customers/{who}/timeline", f"/customers/{who}/timeline?{urlencode({'from': far})}"):
        asked.clear()
        assert "s4" in client.get(address).get_data(as_text=True)
        counts.append(len(asked))

    assert counts[0] == counts[1]
