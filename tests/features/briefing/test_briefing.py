"""The briefing before a call or a visit: everything on one screen, nothing private on the sheet."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.core.i18n import in_language
from loyalapp.features.briefing import service
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import needs
from loyalapp.features.interactions import service as interactions
from loyalapp.features.screen import service as screen


def somebody() -> int:
    who = customers.add({
        "name": "عمران صدیقی", "address_form": "صاحب", "message_language": "ur", "place": "Lahore",
        "phones": ["0300 1234567"], "do_not_mention": "His brother", "people": [{"name": "Bashir", "role": "Accounts"}],
    }).id  # fmt: skip
    interactions.record(who, said="The order goes out on Friday", learned="Likes tea")
    interactions.promise(who, "The price", today() + timedelta(days=1))
    interactions.promise(who, "Ask about the second shop", today() + timedelta(days=9), is_told=False)
    needs.add(who, "An overlock before Eid")
    catalogue.record_purchase(
        who, "Iron", today() - timedelta(days=300), serial="A1", warranty_until=today() + timedelta(days=20)
    )
    customers.learn(who, "Pays in the first week", may_use=False)
    customers.learn(who, "A hard divorce", do_not_mention=True)
    return who


def test_everything_there_is_to_know_stands_under_its_heading(any_app):
    from plugins.issues import service as issues
    from plugins.value import service as value

    with any_app.app_context():
        who = somebody()
        issues.record(who, "It breaks the thread")
        value.hear(who, likes="You always pick up the phone")
        found = service.of(who)

        said = {(one.title, one.is_private): " ".join(one.lines) for one in found.sections}
        assert "The order goes out on Friday" in said["The last talk", False]
        assert "It breaks the thread" in said["Open problem", False]
        assert "The price" in said["Our open promises", False]
        assert "An overlock before Eid" in said["What they need", False]
        assert "Ask about the second shop" in said["Raise next time", False]
        assert "The warranty ends on" in said["What they have from us", False]
        assert "Likes tea" in said["Good to know", False]
        assert "Pays in the first week" in said["Good to know", True]
        assert "You always pick up the phone" in said["Likes best", False]
        assert "Bashir" in said["People there", False]
        assert said["Please do not mention", True].count("\u2068") == 2
        assert found.spoken == "عمران صدیقی صاحب"


def test_the_sheet_holds_nothing_private(app, client, csrf, monkeypatch):
    with app.app_context():
        who = somebody()
    handed = {}
    monkeypatch.setattr(
        "loyalapp.features.briefing.sheets.typeset", lambda _file, data, _form: handed.update(data) or b"%PDF"
    )
    answer = client.post(f"/customers/{who}/briefing/sheet", data=csrf())

    assert answer.status_code == 303
    words = str(handed)
    assert "The order goes out on Friday" in words
    for secret in ("His brother", "A hard divorce", "Pays in the first week"):
        assert secret not in words


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_the_sheet_is_one_page_however_much_there_is(app, language):
    with app.app_context(), in_language(language):
        who = somebody()
        for number in range(40):
            customers.learn(who, f"گنیں ایکسیسبیلٹی شर्मा {number} " * 30)
            needs.add(who, f"Something long {number} " * 20)
        made = service.sheet(who)

    assert made.startswith(b"%PDF")
    assert b"/Type/Pages/Count 1/" in made


def test_the_sheet_stands_in_the_letters_that_who_sits_here_chose(app):
    with app.app_context(), in_language("ur"):
        who = somebody()
        assert (b"Nastaliq" in (made := service.sheet(who)), b"Naskh" in made) == (True, False)
        screen.choose(screen.Screen("naskh"))
        assert (b"Nastaliq" in (made := service.sheet(who)), b"Naskh" in made) == (False, True)


def test_the_sheet_goes_with_an_erased_customer(app, client, csrf):
    from loyalapp.features.privacy import erasing

    with app.app_context():
        who = customers.add({"name": "Sana"}).id
    client.post(f"/customers/{who}/briefing/sheet", data=csrf())
    with app.app_context():
        assert len(erasing.files_of([who], [])) == 1


def test_nothing_known_yet_is_said_and_the_page_is_one_click_from_today_and_the_customer(app, client):
    with app.app_context():
        who = customers.add({"name": "Sana"}).id
        interactions.promise(who, "The price", today())
    link = f'href="/customers/{who}/briefing"'
    assert link in client.get("/").get_data(as_text=True)
    assert link in client.get(f"/customers/{who}").get_data(as_text=True)
    assert "The price" in client.get(f"/customers/{who}/briefing").get_data(as_text=True)
    assert client.get("/customers/4711/briefing").status_code == 404


def test_the_page_asks_no_more_of_the_database_when_there_is_more(app, client):
    with app.app_context():
        who = somebody()
        engine = db.engine
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))
    client.get(f"/customers/{who}/briefing")
    first = len(asked)
    with app.app_context():
        for number in range(9):
            needs.add(who, f"More {number}")
            interactions.promise(who, f"More {number}", today())
    client.get(f"/customers/{who}/briefing")
    asked.clear()
    client.get(f"/customers/{who}/briefing")

    assert len(asked) <= first
