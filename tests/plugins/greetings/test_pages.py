"""The pages of greetings on the real app, as a browser sees them."""

import html
import re
from datetime import date, timedelta

import pytest

from loyalapp import sdk
from plugins.greetings import looks, service

HOME = "/plugins/greetings"


@pytest.fixture
def tariq(app) -> int:
    with app.app_context():
        today = sdk.today()
        values = {
            "name": "طارق بھٹی",
            "address_form": "صاحب",
            "message_language": "ur",
            "birth_month": today.month,
            "birth_day": today.day,
            "since": date(today.year - 5, today.month, min(today.day, 28)),
            "phones": ["0300 1234567"],
        }
        one = sdk.customers.add(values).id
        sdk.customers.learn(one, "بیٹے کی منگنی", "خود بتایا")
    return one


def fields(page: str) -> dict[str, str]:
    """What a browser would post back of the card's form."""
    form = page.split('<form class="desk"', 1)[1].split("</form>", 1)[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        found[name[1]] = html.unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', form):
        found[name] = html.unescape(text).strip()
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        found[name] = re.search(r'<option selected value="([^"]*)"', options)[1]
    return found


def press(client, customer: int, page: str, button: str, **typed):
    return client.post(f"{HOME}/new/{customer}", data={**fields(page), **typed, "do": button})


def test_an_empty_desk_says_what_to_do(client):
    page = client.get(f"{HOME}/").text
    assert "Write birthdays on the customers’ pages" in page


def test_the_desk_shows_who_is_due_and_nobody_can_be_greeted_in_bulk(client, tariq):
    page = client.get(f"{HOME}/").text
    assert "طارق بھٹی صاحب" in page
    assert "Birthday today." in page
    assert not re.search(r'type="checkbox"', page)


def test_from_today_to_given(client, tariq, app):
    page = client.get(f"{HOME}/new/{tariq}?occasion=birthday").text
    assert fields(page)["address"] == "طارق بھٹی صاحب"
    page = press(client, tariq, page, "take-0").text
    assert fields(page)["own_line"] == "منگنی کی خوشی بھی بہت بہت مبارک ہو۔"
    answer = press(client, tariq, page, "save")
    assert answer.status_code == 303
    card = answer.headers["Location"]
    page = client.get(card).text
    assert "https://wa.me/923001234567?text=" in page
    token = re.search(r'name="csrf_token" value="([^"]*)"', page)[1]
    assert client.post(f"{card}/give", data={"csrf_token": token, "how": "whatsapp"}).status_code == 303
    assert "Given on" in client.get(card).text
    with app.app_context():
        assert sdk.interactions.unasked_counts([tariq]) == {tariq: 1}
    assert "Birthday today." not in client.get(f"{HOME}/").text


def test_past_the_limit_the_card_warns_and_asks_why_beside_its_field(client, tariq, app):
    with app.app_context():
        sdk.customers.change(tariq, {"contact_limit": 0})
        sdk.db.session.remove()
    page = client.get(f"{HOME}/new/{tariq}?occasion=birthday").text
    card = press(client, tariq, page, "save").headers["Location"]
    page = client.get(card).text
    assert "They like no unasked contacts at all." in page
    sent = {"csrf_token": re.search(r'name="csrf_token" value="([^"]*)"', page)[1], "how": "by_hand"}
    answer = client.post(f"{card}/give", data=sent)
    assert answer.status_code == 422
    assert "Please write why you greeted them all the same." in answer.text
    assert client.post(f"{card}/give", data={**sent, "in_spite": "A neighbour"}).status_code == 303


def test_the_picture_beside_the_words_and_the_finished_one(client, tariq):
    page = client.get(f"{HOME}/new/{tariq}?occasion=birthday").text
    address = html.unescape(re.search(r'src="([^"]*preview[^"]*)"', page)[1])
    assert client.get(address).data.startswith(b"\x89PNG")
    card = press(client, tariq, page, "save").headers["Location"]
    answer = client.get(f"{card}/card.png")
    assert (answer.mimetype, answer.data[:4]) == ("image/png", b"\x89PNG")
    assert len(answer.data) < 400_000
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_button_keeps_what_was_typed(client, tariq):
    page = client.get(f"{HOME}/new/{tariq}?occasion=birthday").text
    typed = {"wish": "خاص مبارک", "own_line": "ایک بات", "sender": "نادیہ"}
    for button in ("design", "show"):
        kept = fields(press(client, tariq, page, button, **typed).text)
        assert {key: kept[key] for key in typed} == typed
    assert fields(press(client, tariq, page, "design").text)["design"] == "paisley"
    assert fields(press(client, tariq, page, "wish", **typed).text)["wish"] != "خاص مبارک"
    anew = fields(press(client, tariq, page, "anew", language="hi", occasion="diwali").text)
    assert (anew["greet"], anew["design"], anew["language"]) == ("शुभ दीपावली", "diwali", "hi")


def test_mistakes_are_said_beside_the_field(client, tariq):
    page = client.get(f"{HOME}/new/{tariq}?occasion=birthday").text
    answer = press(client, tariq, page, "save", wish="")
    assert answer.status_code == 422
    assert "Please write a wish." in answer.text
    assert press(client, tariq, page, "save", address="x" * 250).status_code == 422
    assert press(client, tariq, page, "take-99").status_code == 200
    assert press(client, tariq, page, "save", design="../../x", years="-5").status_code == 303


def test_save_writes_a_picture_and_a_pdf(client, tariq, app, data_dir):
    with app.app_context():
        card = service.make(tariq, service.draft(tariq, "birthday"))
    token = re.search(r'name="csrf_token" value="([^"]*)"', client.get(f"{HOME}/{card}").text)[1]
    for form in ("png", "pdf"):
        client.post(f"{HOME}/{card}/save", data={"csrf_token": token, "format": form})
        assert "Saved:" in client.get(f"{HOME}/{card}").text
    kinds = sorted(file.suffix for file in (data_dir / "exports").iterdir())
    assert kinds == [".pdf", ".png"]


def test_not_this_time_takes_the_person_off_the_desk(client, tariq):
    page = client.get(f"{HOME}/new/{tariq}?occasion=birthday").text
    assert press(client, tariq, page, "not_now").status_code == 303
    assert "Birthday today." not in client.get(f"{HOME}/").text


def test_what_is_not_there_is_said_kindly(client):
    for address in (f"{HOME}/999", f"{HOME}/999/card.png", f"{HOME}/new/999"):
        assert client.get(address).status_code == 404
    assert client.get(f"{HOME}/preview.png?wish={'x' * 400}").status_code == 400


def test_today_and_the_customers_page_lead_to_the_card(client, tariq):
    assert f"{HOME}/new/{tariq}" in client.get(f"/customers/{tariq}").text
    assert f"{HOME}/new/{tariq}?occasion=birthday" in html.unescape(client.get("/").text)


@pytest.mark.parametrize(("language", "word"), [("ur", "کارڈ محفوظ کریں"), ("hi", "कार्ड सहेजें"), ("en", "Save the card")])
def test_the_pages_speak_three_languages(client, tariq, csrf, language, word):
    client.post("/language", data={**csrf(f"{HOME}/new/{tariq}"), "language": language, "next": "/"})
    assert word in client.get(f"{HOME}/new/{tariq}?occasion=birthday").text
    assert client.get(f"{HOME}/").status_code == 200
    assert client.get("/help/greetings").status_code == 200


def test_markup_in_words_is_only_text(client, app):
    with app.app_context():
        one = sdk.customers.add({"name": "<b>Ali</b> #panic() $x$", "message_language": "en"}).id
        card = service.make(one, service.draft(one, "other"))
    assert "<b>Ali" not in client.get(f"{HOME}/new/{one}").text
    assert "<b>Ali" not in client.get(f"{HOME}/{card}").text
    assert client.get(f"{HOME}/{card}/card.png").status_code == 200


def test_pages_do_the_same_on_every_database(any_client, any_app):
    with any_app.app_context():
        one = sdk.customers.add({"name": "Ali", "message_language": "en"}).id
        card = service.make(one, service.draft(one, "other"))
    for address in (f"{HOME}/", f"{HOME}/new/{one}", f"{HOME}/{card}", f"{HOME}/{card}/card.png"):
        assert any_client.get(address).status_code == 200


def test_done_on_today_settles_the_day_and_undo_brings_it_back(client, tariq, app):
    from plugins.greetings.plugin import today_entry_was_finished, today_entry_was_reopened

    key = f"greetings:{tariq}:birthday:2026"
    with app.app_context():
        today_entry_was_finished("promise:7", tariq)
        today_entry_was_finished(key, tariq)
    assert "Birthday today." not in client.get(f"{HOME}/").text
    with app.app_context():
        today_entry_was_reopened(key, tariq)
    assert "Birthday today." in client.get(f"{HOME}/").text


def test_examples_can_be_looked_at_and_go_with_their_customers(client, app):
    from plugins.greetings.example import add_examples

    with app.app_context():
        people = [sdk.customers.add({"name": name, "is_example": True}).id for name in ("Ali", "Sunita", "Mathew")]
        add_examples(sdk.Example({str(one): one for one in people}, sdk.today()))
        assert len(service.cards_of(people[0], 5)) == 1
        waiting = service.waiting(5)[0].id
    assert client.get(f"{HOME}/{waiting}").status_code == 200
    assert "Greeting card" in client.get(f"/customers/{people[0]}").text
    with app.app_context():
        sdk.customers.remove_examples()
        assert service.cards_of(people[0], 5) == []


def test_flowers_for_years_are_offered_where_there_are_years(app):
    with app.test_request_context():
        shown = {key: [one.key for one in looks.fitting(key)] for key in ("first_deal", "birthday", "firm_birthday")}
    assert shown["first_deal"][0] == "anniversary"
    assert "anniversary" not in shown["birthday"] + shown["firm_birthday"]
    assert len(shown["birthday"]) >= 12


def test_who_is_in_mourning_is_told_before_a_card_is_written(app, client, tariq):
    page = f"{HOME}/new/{tariq}?occasion=birthday"
    assert "mourning" not in client.get(page).text
    with app.app_context():
        sdk.customers.change(tariq, {"paused_until": sdk.today() + timedelta(days=9), "pause_why": "mourning"})
    told, _picture, words = client.get(page).text.partition('class="card-view"')
    assert "mourning" in told, "above the picture, where it is seen in a small window too"
    assert "mourning" not in words
