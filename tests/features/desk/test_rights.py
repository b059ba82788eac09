"""What only the owner may do: every page is walked and says so, with a clear sentence, and nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from loyalapp.core.clock import frozen
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import pins
from loyalapp.features.staff import service as staff
from loyalapp.features.staff.models import Deed
from loyalapp.web import rights
from tests import walk
from tests.features.desk.conftest import PIN
from tests.markup import Page
from tests.walk import filled, token_of

# Every page that needs the owner: those that send (POST) and those that are looked at. A new one is written here.
SENDING = {
    "backups.bring_back", "backups.from_file", "backups.leave_place", "backups.password", "backups.place",
    "backups.unlock", "first_aid.restart", "groups.after_sales", "groups.edit", "groups.merge", "groups.remove",
    "groups.show", "groups.sort", "groups.suggested", "issues.effort", "lists.to_file", "plugin_page.choose",
    "plugin_page.delete_kept", "plugin_page.discard", "plugin_page.go_back", "plugin_page.install",
    "plugin_page.from_backup", "plugin_page.not_from_backup", "plugin_page.remove", "plugin_page.save_kept",
    "plugin_page.stay", "privacy.erase", "privacy.hand_over",
    "settings.show", "greetings.choose", "greetings.firm", "greetings.firm_remove", "greetings.mail_account",
    "greetings.mail_forget", "safety.decrypt", "safety.encrypt", "safety.key", "safety.paper",
    "safety.show", "reviews.rhythm_page", "value.sort_gone", "value.sorts_page",
    "staff.come_back", "staff.edit", "staff.forget_pin", "staff.show", "standards.show", "territory.hand_over",
    "territory.leave",
}  # fmt: skip
LOOKING = {
    "backups.bring_back", "backups.from_file", "backups.password", "backups.place", "backups.unlock",
    "lists.to_file", "plugin_page.choose", "plugin_page.delete_kept", "plugin_page.remove",
    "plugin_page.review", "safety.decrypt", "safety.encrypt", "safety.key", "safety.paper",
    "privacy.erase", "territory.deeds", "territory.hand_over",
}  # fmt: skip
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
OURS = "Only the owner may do this."


@pytest.mark.parametrize(("method", "expected"), [("POST", SENDING), ("GET", LOOKING)])
def test_every_page_that_needs_the_owner_is_known(app, method, expected):
    with app.app_context():
        found = {one.endpoint for one in walk.rules(app, method) if rights.asks_owner(one.endpoint, method)}

    assert found == expected


def test_salesman_is_told_so_on_every_one_of_them_and_on_no_other(book):
    app, browser = book
    with app.app_context():
        asma = staff.add("Owner Example", role="owner")
        pins.choose(asma, PIN, PIN)
    wrong = []
    for method, expected in (("GET", LOOKING), ("POST", SENDING)):
        token = {"csrf_token": token_of(browser)} if method == "POST" else {}
        for rule, url in walk.addresses(app, method):
            if method == "POST" and rule.endpoint not in SENDING:
                continue  # others do what they do
            answer = browser.open(url, method=method, data=token, buffered=True)
            is_refused = answer.status_code == 403 and OURS in answer.get_data(as_text=True)
            if is_refused != (rule.endpoint in expected):
                wrong.append((method, url, answer.status_code))
    with app.app_context():
        staff.db.session.execute(staff.delete(staff.StaffMember).where(staff.StaffMember.id == asma))
        staff.db.session.commit()
    assert wrong == []


def gate_of(answer) -> dict[str, str]:
    """The fields of the form that asks for the owner."""
    return next(one.fields for one in Page(answer.get_data(as_text=True)).forms if one.action == "/desk/owner")


def test_owner_writes_the_pin_once_and_then_not_for_ten_minutes(client, shop, sit):
    with frozen(NOON):
        sit(shop.rohit)
        asked = client.get("/customers/file?place=Lahore")
        assert asked.status_code == 403
        passed = client.post("/desk/owner", data={**gate_of(asked), "gate_pin": "۴۸۱۲"})
        assert passed.headers["Location"] == "/customers/file?place=Lahore"
        assert client.get("/customers/file").status_code == 200
    with frozen(NOON + timedelta(minutes=9)):
        assert client.get("/plugins/install").status_code == 200
    with frozen(NOON + timedelta(minutes=11)):
        assert client.get("/plugins/install").status_code == 403
    with frozen(NOON - timedelta(days=1)):
        assert client.get("/plugins/install").status_code == 403, "a clock that is set back opens nothing"


def test_somebody_else_sits_down_and_the_owner_is_asked_again(client, shop, sit):
    sit(shop.asma, PIN)
    assert client.get("/customers/file").status_code == 200
    sit(shop.rohit)
    assert client.get("/customers/file").status_code == 403


def test_what_a_salesman_typed_in_the_settings_goes_through_with_the_owners_pin(app, client, shop, sit):
    sit(shop.rohit)
    client.post("/language", data={"csrf_token": token_of(client), "language": "en", "next": "/"})
    typed = filled(client, "/settings/", action="", city="کراچی")
    refused = client.post("/settings/", data=typed)
    assert refused.status_code == 403
    assert "What was typed is kept." in refused.get_data(as_text=True)

    wrong = client.post("/desk/owner", data={**gate_of(refused), "gate_pin": "1111"})
    assert wrong.status_code == 422
    fields = gate_of(wrong)
    assert fields["city"] == "کراچی"
    again = client.post("/desk/owner", data={**fields, "gate_pin": PIN})
    assert (again.status_code, again.headers["Location"]) == (307, "/settings/")
    sent = client.post("/settings/", data={**fields, "gate_pin": PIN})  # as the browser does after 307
    assert sent.status_code == 303
    with app.app_context():
        assert settings.firm().city == "کراچی"
        deed = staff.db.session.query(Deed).filter_by(what="settings").one()
        assert deed.staff_member_id == shop.asma, "it is the owner's deed, at the desk of another"


def test_owner_without_a_pin_says_so_by_one_press(app, client, shop, sit):
    with app.app_context():
        pins.take_away(shop.asma)
    sit(shop.rohit)
    asked = client.get("/customers/file")
    assert asked.status_code == 403
    assert client.post("/desk/owner", data=gate_of(asked)).status_code == 303
    assert client.get("/customers/file").status_code == 200


def test_the_form_leads_nowhere_else(client, shop, sit):
    sit(shop.rohit)
    fields = {**gate_of(client.get("/customers/file")), "gate_pin": PIN, "gate_next": "https://example.org/"}
    assert client.post("/desk/owner", data=fields).headers["Location"] == "/"


@pytest.mark.parametrize("owner", ["", "0", "x", "999999999999", "٣"])
def test_nobody_else_is_taken_for_the_owner(client, shop, sit, owner):
    sit(shop.rohit)
    fields = {**gate_of(client.get("/customers/file")), "gate_pin": PIN, "gate_owner": owner}
    assert client.post("/desk/owner", data=fields).status_code == 422
    assert client.get("/customers/file").status_code == 403


def test_as_long_as_nobody_is_the_owner_everybody_may_do_everything(app, client):
    with app.app_context():
        staff.add("Rohit")
        staff.add("Zahid")
    assert client.get("/customers/file").status_code == 200


def test_who_was_alone_stays_at_the_desk_when_a_second_one_is_written_down(app, client):
    with app.app_context():
        staff.add("Asma", role="owner")
    page = "/settings/staff/"
    assert client.post(page, data=filled(client, page, name="Rohit")).status_code == 303

    assert client.get("/customers/file").status_code == 200
    assert "Asma" in client.get(page).get_data(as_text=True).split("<summary", 1)[1].split("</summary>", 1)[0]


def test_service_itself_refuses_too(app, shop):
    with app.app_context():
        staff.sit_down(shop.rohit)
        with pytest.raises(staff.Refused):
            staff.require_owner()
        staff.sit_down(shop.asma)
        staff.require_owner()
        staff.sit_down(None)
