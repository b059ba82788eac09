"""The pages of one customer: the first screen, lines that are added without script, who sent them, facts, questions."""

import re

import pytest
from sqlalchemy import event

from loyalapp.core.db import db
from loyalapp.features.customers import records, service
from loyalapp.features.customers.models import Customer
from loyalapp.features.interactions import service as interactions
from loyalapp.features.staff import service as staff
from tests.markup import Page
from tests.walk import filled


def text(answer):
    return answer.get_data(as_text=True)


def form_of(client, url, **typed):
    """What the form of a page sends, with the button Save."""
    return filled(client, url, action="", **typed)


def add(app, **values):
    with app.app_context():
        return service.add({"name": "Sana Shaikh", **values}).id


def test_first_screen_asks_four_things_and_the_rest_is_folded(client):
    page = text(client.get("/customers/new"))
    before_folds = page.split('<details class="more"', 1)[0]

    asked = set(re.findall(r' name="([^"]+)"', before_folds.split("<main", 1)[1])) - {"csrf_token", "version"}
    assert asked == {"name", "phones-0-number", "place", "message_language"}
    assert '<details class="more" id="who">' in page


def test_customer_is_added_with_everything_by_one_form(app, client):
    typed = form_of(client, "/customers/new", name="ہنر سینٹر", kind="firm", channel="visit", hours="after 4 pm")
    typed |= {"phones-0-number": "0300 1234567; 0321 7654321", "phones-0-on_whatsapp": "y", "tags": "school، wholesale"}
    typed |= {"people-0-name": "Farah", "people-0-role": "Doctor", "people-0-number": "0333 1112223"}
    typed |= {"days-0-what": "Wedding", "days-0-day": "29 Feb", "firm_birthday": "1/3/1999", "birthday": "۲۵/۱۲"}
    answer = client.post("/customers/new", data=typed)

    assert answer.status_code == 303
    with app.app_context():
        made = service.get(int(answer.headers["Location"].rsplit("/", 1)[1]))
        assert [one.number for one in made.phones] == ["+923001234567", "+923217654321"]
        assert [(one.name, one.role) for one in made.people] == [("Farah", "Doctor")]
        assert {(one.kind, one.when.text()) for one in made.days} == {
            ("own", "--02-29"),
            ("birthday_of_firm", "1999-03-01"),
        }
        assert [one.tag for one in made.tags] == ["school", "wholesale"]
        assert (made.birthday.text(), made.kind, made.channel) == ("--12-25", "firm", "visit")


def test_change_without_a_change_leaves_everything_as_it_was(app, client):
    made = add(
        app,
        phones=[{"number": "0300 1234567", "label": "shop", "on_whatsapp": False}],
        people=[{"name": "Farah", "role": "Doctor", "number": "0333 1112223", "note": "mornings"}],
        days=[
            {"what": "Wedding", "month": 2, "day": 29},
            {"kind": "birthday_of_firm", "month": 3, "day": 1, "year": 1999},
        ],
        tags=["school", "wholesale"],
        birth_month=5,
        birth_day=4,
        notes="One\nTwo",
    )
    with app.app_context():
        before = records.batch(Customer.id == made, 1)
    typed = form_of(client, f"/customers/{made}/edit")
    assert (
        "checked"
        not in re.search(r'<input[^>]*name="phones-0-on_whatsapp"[^>]*>', text(client.get(f"/customers/{made}/edit")))[
            0
        ]
    )
    del typed["phones-0-on_whatsapp"]  # browsers do not send what is not ticked
    answer = client.post(f"/customers/{made}/edit", data=typed)

    assert answer.status_code == 303
    with app.app_context():
        assert records.batch(Customer.id == made, 1) == before


@pytest.mark.parametrize(("rows", "name"), [("phones", "label"), ("people", "name"), ("days", "what")])
def test_a_line_is_added_without_script_and_what_was_typed_stays(app, client, rows, name):
    typed = form_of(client, "/customers/new", name="Sana", notes="Half written")
    lines = sum(one.startswith(f"{rows}-") and one.endswith(f"-{name}") for one in typed)
    answer = client.post("/customers/new", data={**typed, f"{rows}-0-{name}": "Typed already", "more": rows})
    sent = next(one.fields for one in Page(text(answer)).forms if "notes" in one.fields)

    assert answer.status_code == 200
    assert sum(one.startswith(f"{rows}-") and one.endswith(f"-{name}") for one in sent) > lines
    assert (sent[f"{rows}-0-{name}"], sent["name"], sent["notes"].strip()) == ("Typed already", "Sana", "Half written")
    with app.app_context():
        assert service.total() == 0


@pytest.mark.parametrize(
    ("wrong", "sentence", "part"),
    [
        ({"phones-1-number": "0300 123456"}, "one digit short", "reach"),
        ({"people-1-role": "Doctor"}, "Please write a name.", "people"),
        ({"days-0-what": "Wedding", "days-0-day": "31 February"}, "Please write the day", "dates"),
        ({"days-1-what": "Wedding"}, "Which day is it?", "dates"),
        ({"birthday": "30/2/1990"}, "Please write the day", "dates"),
        ({"birthday": "25/12/2149"}, "still to come", "dates"),
        ({"email": "nobody"}, "does not look like an e-mail", "reach"),
        ({"tags": "Muslim"}, "faith or festival", "ours"),
        ({"name_ur": "ا" * 201}, "200", "who"),
        ({"referred_by": "Nobody At All"}, "Nobody of this name", "ours"),
    ],
)
def test_what_is_to_be_mended_stands_in_an_open_part_and_nothing_is_lost(app, client, wrong, sentence, part):
    typed = form_of(client, "/customers/new", name="Sana", notes="Half written")
    answer = client.post("/customers/new", data={**typed, **wrong})
    page = text(answer)

    assert answer.status_code == 422
    assert sentence in page
    assert f'<details class="more" id="{part}" open>' in page
    assert "Half written" in page
    with app.app_context():
        assert service.total() == 0


def test_page_with_more_lines_is_opened_again_with_as_many(client):
    """So it is when the language is switched on it."""
    many = form_of(client, "/customers/new?phones=4&people=5&days=6")
    assert {"phones-3-number", "people-4-name", "days-5-what"} <= many.keys()
    assert not {"phones-4-number", "people-5-name", "days-6-what"} & many.keys()
    for count in ("99999999", "-1", "x", "²"):
        assert client.get(f"/customers/new?phones={count}").status_code == 200


@pytest.mark.parametrize("index", ["9" * 5000, "²", "-1", "99999"])
def test_line_of_a_number_that_no_form_has_is_no_fault(client, index):
    typed = form_of(client, "/customers/new", name="Sana")

    assert client.post("/customers/new", data={**typed, f"phones-{index}-number": "0300 1234567"}).status_code == 303


def test_who_sent_them_is_chosen_by_a_few_letters_without_script(app, client):
    sender, other = add(app, name="Tariq Bhatti", place="Faisalabad"), add(app, name="Tariq Mehmood")
    typed = form_of(client, "/customers/new", name="Sana", referred_by="tariq")

    looked = client.post("/customers/new", data={**typed, "look": "1"})
    assert looked.status_code == 200
    assert f'value="{sender}"' in text(looked)
    assert f'value="{other}"' in text(looked)

    kept = client.post("/customers/new", data=typed)
    assert kept.status_code == 422
    assert "Please choose who it was." in text(kept)

    done = client.post("/customers/new", data={**typed, "referred_by_id": str(sender)})
    with app.app_context():
        made = int(done.headers["Location"].rsplit("/", 1)[1])
        assert service.get(made).referred_by_id == sender
    assert f'href="/customers/{sender}"' in text(client.get(f"/customers/{made}"))
    again = client.post(f"/customers/{made}/edit", data=form_of(client, f"/customers/{made}/edit"))
    assert again.status_code == 303
    with app.app_context():
        assert service.get(made).referred_by_id == sender


def test_whole_name_of_one_customer_needs_no_second_choice(app, client):
    sender = add(app, name="Tariq Bhatti")
    answer = client.post(
        "/customers/new", data=form_of(client, "/customers/new", name="Sana", referred_by="tariq  BHATTI")
    )

    with app.app_context():
        assert service.get(int(answer.headers["Location"].rsplit("/", 1)[1])).referred_by_id == sender


def test_letters_bring_a_few_to_choose_and_never_oneself(app, client):
    one, two = add(app, name="Tariq Bhatti"), add(app, name="Tariq Mehmood")

    piece = text(client.get(f"/customers/who?q=tariq&without={one}"))
    assert f'value="{two}"' in piece
    assert f'value="{one}"' not in piece
    assert "Nobody found" in text(client.get("/customers/who?q=zzzz"))


def test_salesman_who_left_stays_with_the_customer_and_is_offered_to_nobody_else(app, client):
    with app.app_context():
        bilal = staff.add("Bilal")
        made = service.add({"name": "Sana", "salesman_id": bilal}).id
        staff.leave(bilal)

    assert ">Bilal<" in text(client.get(f"/customers/{made}/edit"))
    assert ">Bilal<" not in text(client.get("/customers/new"))
    client.post(f"/customers/{made}/edit", data=form_of(client, f"/customers/{made}/edit"))
    with app.app_context():
        assert service.get(made).salesman_id == bilal


MOST_QUESTIONS = 22  # of the core and four plugins together, whatever a customer has


def test_the_page_of_a_customer_asks_a_stated_number_of_questions_at_most(app, client):
    seen: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *words: seen.append(words[2]))
        made = service.add({"name": "Amna", "phones": ["0300 1234567"]}).id
    counts = []
    for facts in (0, 5, 30):
        with app.app_context():
            for number in range(facts):
                service.learn(made, f"Fact {facts} {number}")
                interactions.record(made, said=f"Said {number}")
        client.get(f"/customers/{made}")
        seen.clear()
        assert client.get(f"/customers/{made}").status_code == 200
        counts.append([one for one in seen if not one.startswith(("PRAGMA", "BEGIN"))])

    assert {len(one) for one in counts} == {len(counts[0])}
    assert len(counts[0]) <= MOST_QUESTIONS, counts[0]
    assert not [one for one in counts[0] if one.startswith("SAVEPOINT")]  # nobody needs an entity to show a page
