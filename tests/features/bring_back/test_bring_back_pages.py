"""The page of what can be brought back, and the places where something is removed."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from loyalapp.core import clock
from loyalapp.core.clock import now, today
from loyalapp.core.db import db
from loyalapp.features.bring_back import sentences
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.bring_back.service import Outcome
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from loyalapp.features.interactions import service as interactions
from tests.markup import Page
from tests.walk import speak


def words(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def one(app):
    """A customer with a contact, a promise, a sale and a fact."""
    with app.app_context():
        made = customers.add({"name": "Zainab Bibi", "phones": ["0300 1234567"]}).id
        interactions.record(made, said="Fine", learned="Likes tea", promised="A price", promised_for=today())
        catalogue.record_purchase(made, "Iron", today())
    return made


@pytest.mark.parametrize(
    ("remove", "sentence", "there"),
    [
        ("/contacts/1/remove", "You removed a contact with", "/contacts/1"),
        ("/catalogue/purchase/1/remove", "You removed a sale to", "/catalogue/purchase/1"),
        ("/customers/facts/1/forget", "You removed something we knew about", "/customers/facts/1"),
        ("/customers/1/remove", "You removed", "/customers/1"),
    ],
)
def test_what_is_removed_stands_in_one_list_and_comes_back(client, app, csrf, one, remove, sentence, there):
    def rows():
        with app.app_context():
            tables = ("interaction", "promise", "purchase", "customer_fact", "customer_phone")
            return {name: db.session.execute(text(f"SELECT * FROM {name}")).all() for name in tables}

    before = rows()
    client.post(remove, data=csrf())
    assert client.get(there).status_code == 404

    page = words(client.get("/bring-back/"))
    assert sentence in page
    undo = next(form for form in Page(page).forms if form.action.startswith("/bring-back/"))
    back = client.post(undo.action, data=undo.fields, follow_redirects=True)

    assert back.request.path == f"/customers/{one}"
    assert client.get(there).status_code == 200
    assert rows() == before
    assert "Brought back" in words(client.get("/bring-back/"))
    assert client.post(undo.action, data=undo.fields).status_code == 409


def test_a_fact_that_is_struck_out_is_searched_no_more_until_it_is_back(client, app, csrf, one):
    with app.app_context():
        assert [row.id for row in customers.find("likes tea")] == [one]
    client.post("/customers/facts/1/forget", data=csrf())
    with app.app_context():
        assert customers.find("likes tea") == []
        bring_back.undo(bring_back.steps()[0].id)
        assert [row.id for row in customers.find("likes tea")] == [one]


def test_a_long_list_goes_on_behind(client, app):
    with app.app_context():
        for number in range(bring_back.PAGE + 2):
            bring_back.begin("bulk", {"what": "tag", "count": 1, "value": f"tag-{number}"})
        db.session.commit()

    first = client.get("/bring-back/")
    older = words(first).split('href="/bring-back/?before=')[1].split('"')[0]
    second = words(client.get(f"/bring-back/?before={older}"))

    assert "tag-51" in words(first)
    assert "tag-1" in second
    assert "tag-0" in second
    assert "tag-2" not in second


def test_nobody_is_in_the_trash_for_longer_than_thirty_days(client, app, csrf, one):
    with app.app_context():
        other = customers.add({"name": "Karim", "phones": ["0301 1234567"]}).id
        customers.remove(other)
        with clock.frozen(now() + timedelta(days=29)):
            bring_back.prune()
            assert db.session.get(Customer, other).name == "Karim"
        with clock.frozen(now() + timedelta(days=31)):
            bring_back.prune()
        assert db.session.get(Customer, other).name != "Karim"
        assert db.session.get(Customer, other).erased_at is not None
        assert customers.get(one).name == "Zainab Bibi"
        assert db.session.scalar(select(db.func.count()).select_from(Customer)) == 2


def test_the_first_change_of_a_day_throws_away_what_is_too_old(client, app, csrf, one):
    token = csrf()
    client.post(f"/customers/{one}/remove", data=token)
    with clock.frozen(now() + timedelta(days=31)):
        client.post("/language", data={**token, "language": "en"})
        assert "Nothing to bring back." in words(client.get("/bring-back/"))
    with app.app_context():
        assert db.session.execute(text("SELECT count(*) FROM undo_step")).scalar() == 0


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_every_kind_of_step_has_a_sentence(client, app, language):
    steps = [
        ("deletion", {"what": what, "name": "N"})
        for what in ("customer", "contact", "purchase", "promise", "fact", "consent")
    ]
    steps += [("bulk", {"what": what, "count": 2, "value": "V"}) for what in ("tag", "untag", "salesman", "sort", "")]
    steps += [("bulk", {"what": "remove", "count": 1}), ("merge", {"winner": "W", "loser": "L"})]
    steps += [("import", {"file": "f.xlsx", "new": 180, "changed": 4, "sales": 1}), ("import", {})]
    with app.app_context():
        for kind, facts in steps:
            bring_back.begin(kind, facts)
        db.session.commit()
    speak(client, language)
    answer = client.get("/bring-back/")

    assert answer.status_code == 200
    assert words(answer).count("entry-name") == len(steps)


def test_what_stayed_is_named_up_to_a_few(app):
    with app.test_request_context():
        names = [f"N{number}" for number in range(5)]

        assert sentences.became(Outcome("bulk", {}, 0, [])) == "Brought back."
        assert sentences.became(Outcome("bulk", {}, 2, [])).endswith("What was changed since is left as it is now.")
        assert sentences.became(Outcome("bulk", {}, 1, names[:1])).endswith("now: \u2068N0\u2069.")
        assert sentences.became(Outcome("bulk", {}, 5, names)).endswith("\u2068N2\u2069 and 2 more.")
