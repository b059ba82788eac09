"""What is learned about a customer on their page: facts, and answers to what we do not know yet."""

import re

import pytest

from loyalapp.features.customers import service
from tests.features.customers.test_customer_pages import add, form_of, text

# ---- facts ----


def test_fact_carries_source_day_and_use_and_is_corrected_and_struck_out(app, client, csrf):
    made, page = add(app), "/customers/1"
    fact = {"text": "Second workshop", "source": "seen", "learned_on": "3/2/2026", "may_use": "y"}
    assert client.post(f"{page}/learn", data={**csrf(), **fact}).status_code == 303
    with app.app_context():
        kept = service.get(made).facts[0]
        assert (kept.source, kept.learned_on.isoformat(), kept.may_use, kept.do_not_mention) == (
            "seen",
            "2026-02-03",
            True,
            False,
        )

    url = f"/customers/facts/{kept.id}"
    assert url in text(client.get(page))
    client.post(url, data={**form_of(client, url, text="Second shop"), "do_not_mention": "y"})
    with app.app_context():
        kept = service.get(made).facts[0]
        assert (kept.text, kept.may_use, kept.do_not_mention) == ("Second shop", False, True)
    shown = text(client.get(page))
    assert "Second shop" in shown.split('class="hush private"', 1)[1].split("</div>", 1)[0]

    client.post(f"{url}/forget", data=csrf())
    with app.app_context():
        assert service.get(made).facts == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "\u200b"},
        {"text": "x" * 1001},
        {"text": "Tea", "learned_on": "1/1/2045"},
        {"text": "Tea", "learned_on": "soon"},
    ],
)
def test_fact_of_nothing_too_much_or_from_the_future_is_not_kept(app, client, csrf, wrong):
    made = add(app)
    answer = client.post(f"/customers/{made}/learn", data={**csrf(), "source": "told", **wrong})

    assert answer.status_code == 422
    with app.app_context():
        assert service.get(made).facts == []


def test_fact_of_a_customer_who_was_removed_is_not_there(app, client, csrf):
    made = add(app)
    with app.app_context():
        fact = service.learn(made, "Likes tea")
        service.remove(made)

    assert client.get(f"/customers/facts/{fact}").status_code == 404
    assert client.post(f"/customers/facts/{fact}/forget", data=csrf()).status_code == 404
    assert client.get("/customers/facts/99").status_code == 404


# ---- what we do not know yet ----

ANSWERS = {
    "phones": ("0300 1234567", lambda one: one.phones[0].number == "+923001234567"),
    "address_form": ("صاحبہ", lambda one: one.address_form == "صاحبہ"),
    "place": ("Lahore", lambda one: one.place == "Lahore"),
    "message_language": ("ur-Latn", lambda one: one.message_language == "ur-Latn"),
    "trade": ("tailor", lambda one: one.trade == "tailor"),
    "channel": ("call", lambda one: one.channel == "call"),
    "hours": ("after 4", lambda one: one.hours == "after 4"),
    "size": ("small", lambda one: one.size == "small"),
    "birthday": ("25/12", lambda one: one.birthday.text() == "--12-25"),
    "locality": ("Anarkali", lambda one: one.locality == "Anarkali"),
}


def test_one_question_at_a_time_is_answered_on_the_page_until_nothing_is_unknown(app, client, csrf):
    made = add(app)
    asked = []
    for _turn in range(20):
        page = text(client.get(f"/customers/{made}"))
        found = re.findall(rf'action="/customers/{made}/answer/(\w+)"', page)
        if not found:
            break
        assert len(found) == 1
        asked += found
        said = ANSWERS[found[0]][0]
        assert client.post(f"/customers/{made}/answer/{found[0]}", data={**csrf(), found[0]: said}).status_code == 303

    assert sorted(asked) == sorted(ANSWERS)
    with app.app_context():
        one = service.get(made)
        assert [field for field, (_said, is_kept) in ANSWERS.items() if not is_kept(one)] == []


def test_firm_is_asked_who_decides_there_and_not_for_its_birthday_or_address(app, client, csrf):
    made = add(app, kind="firm", phones=["0300 1234567"])
    page = text(client.get(f"/customers/{made}"))
    assert f"/customers/{made}/answer/people" in page

    client.post(f"/customers/{made}/answer/people", data={**csrf(), "people": "Rashid"})
    with app.app_context():
        one = service.get(made)
        assert [(person.name, person.role) for person in one.people] == [("Rashid", "Purchase")]
        assert not {"birthday", "address_form"} & {question.field for question in service.unknown(one, one.people)}


@pytest.mark.parametrize(
    ("question", "said", "sentence"),
    [
        ("phones", "12", "does not look like a phone number"),
        ("phones", "", "Please write the answer first."),
        ("birthday", "31/2", "Please write the day"),
        ("place", "x" * 5000, "300"),
        ("message_language", "klingon", "Please choose one of the list."),
    ],
)
def test_answer_that_cannot_be_is_said_beside_the_question_and_stays(app, client, csrf, question, said, sentence):
    made = add(app)
    answer = client.post(f"/customers/{made}/answer/{question}", data={**csrf(), question: said})

    assert answer.status_code == 422
    assert f"/customers/{made}/answer/{question}" in text(answer)
    if question != "message_language":
        assert sentence in text(answer)


def test_answer_that_came_meanwhile_is_not_overwritten(app, client, csrf):
    made = add(app)
    with app.app_context():
        service.change(made, {"place": "Multan"})
    answer = client.post(f"/customers/{made}/answer/place", data={**csrf(), "place": "Delhi"}, follow_redirects=True)

    assert "This is known already." in text(answer)
    with app.app_context():
        assert service.get(made).place == "Multan"


def test_question_that_nobody_asks_leads_back_to_the_page(app, client, csrf):
    made = add(app)

    for question in ("name", "csrf_token", "version"):
        assert client.post(f"/customers/{made}/answer/{question}", data=csrf()).status_code == 303
