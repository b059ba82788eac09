"""Wordings of one's own: written, tried with a real customer, offered on cards, taken out and brought back."""

import html

import pytest

from loyalapp import sdk
from plugins.greetings import phrasing, rewording, service, varying
from plugins.greetings.models import Wording

HOME = "/plugins/greetings/wordings"
GOOD = {"text": "Stay well, {{ name }}.", "occasion": "birthday", "language": "en", "tone": "warm"}


@pytest.fixture
def ali(app) -> int:
    with app.app_context():
        return sdk.customers.add(
            {"name": "Ali Khan", "address_form": "Mr", "message_language": "en", "place": "Multan"}
        ).id


def test_a_wording_is_offered_first_to_whom_it_fits(app, ali):
    with app.app_context():
        for more in (
            {},
            {"text": "{{ firm }}"},
            {"text": "For {{ day }}", "occasion": ""},
            {"language": "hi"},
            {"tone": "short"},
        ):
            phrasing.write(None, **{**GOOD, **more})
        customer = sdk.customers.get(ali)
        found = varying.wordings(customer, "birthday", "en", 1, "warm")
        assert found[:2] == ["Stay well, Ali Khan.", "For your birthday"]
        assert varying.wordings(customer, "new_year", "en", 1, "warm")[0] == "For the New Year"
        assert service.draft(ali, "birthday").wish == "Stay well, Ali Khan."
        shown = service.draft(ali, "birthday")
        assert rewording.changed(customer, shown, "say-1").wish == "For your birthday"


def test_taken_out_it_is_not_offered_and_comes_back(any_app):
    with any_app.app_context():
        one = sdk.customers.add({"name": "Ali"})
        made = phrasing.write(None, **GOOD)
        phrasing.take_out(made)
        assert phrasing.filled(one, "birthday", "en", 1, "warm") == []
        assert phrasing.kept() == []
        phrasing.take_out(made, gone=False)
        assert phrasing.filled(one, "birthday", "en", 1, "warm") == ["Stay well, Ali."]


def test_two_people_cannot_overwrite_each_other(any_app):
    with any_app.app_context():
        made = phrasing.write(None, **GOOD)
        version = phrasing.get(made).version
        phrasing.write(made, **{**GOOD, "text": "Mine"}, version=version)
        with pytest.raises(sdk.Conflict):
            phrasing.write(made, **{**GOOD, "text": "Theirs"}, version=version)
        assert phrasing.get(made).text == "Mine"
        with pytest.raises(sdk.NotFound):
            phrasing.get(999)


def test_made_up_wordings_go_with_the_examples_unless_somebody_changed_them(app):
    with app.app_context():
        kept = Wording(**GOOD, is_example=True)
        sdk.db.session.add_all([Wording(**GOOD, is_example=True), kept])
        sdk.db.session.commit()
        phrasing.write(kept.id, **{**GOOD, "text": "Mine"})
        phrasing.remove_examples()
        assert [one.text for one in phrasing.kept()] == ["Mine"]


def test_written_tried_changed_and_taken_out_on_the_pages(client, csrf, ali):
    new = f"{HOME}/new"
    refused = client.post(new, data={**csrf(new), **GOOD, "text": "{% for x in y %}{% endfor %}"})
    assert refused.status_code == 422
    assert "cannot repeat anything" in refused.text
    assert "{% for x in y %}" in refused.text
    assert client.post(new, data={**csrf(new), **GOOD}).status_code == 303
    page = client.get(HOME).text
    assert "Stay well, {{ name }}." in page
    number = page.split(f"{HOME}/", 1)[1].split('"', 1)[0]
    changed = client.post(
        f"{HOME}/{number}", data={**csrf(f"{HOME}/{number}"), **GOOD, "text": "Be well, {{ called }}.", "version": "1"}
    )
    assert changed.status_code == 303
    assert "Be well" in client.get(HOME).text
    client.post(f"{HOME}/{number}/out", data=csrf(HOME))
    assert "Be well" not in client.get(HOME).text
    client.post(f"{HOME}/{number}/back", data=csrf(HOME))
    assert "Be well" in client.get(HOME).text
    assert client.get(f"{HOME}/999").status_code == 404


def test_while_it_is_written_a_real_customer_reads_it(client, ali):
    def said(**more) -> str:
        return html.unescape(client.get(f"{HOME}/said", query_string={**GOOD, **more}).text)

    assert "Stay well, Ali Khan." in said()
    assert "Dear Mr Ali Khan" in said()
    assert "All the best in Multan." in said(text="All the best in {{ town }}.", who="Ali")
    assert "Nobody is called so" in said(who="Zzyzx")
    assert "Did you mean" in said(text="{{ nmae }}")
    assert "Stay well" not in said(text="")
    assert "<script" not in client.get(f"{HOME}/said", query_string={**GOOD, "text": "<script>x</script>"}).text


def test_the_page_of_a_card_shows_two_alike_side_by_side_and_changes_them_with_one_key(client, csrf, app, ali):
    with app.app_context():
        other = sdk.customers.add({"name": "Omar", "place": "Multan", "message_language": "en", "trade": "Tailor"}).id
        sdk.customers.change(ali, {"trade": "Tailor"})
        first = service.draft(other, "birthday")
        service.make(other, first)
        shown = service.draft(ali, "birthday")._replace(wish=first.wish)
    address = f"/plugins/greetings/new/{ali}"
    posted = {**csrf(address), **{key: str(value) for key, value in shown._asdict().items()}}
    page = client.post(address, data={**posted, "do": "show"}).text
    assert "Somebody they may know got nearly these words." in page
    assert "Omar" in page
    assert f"<mark>{first.wish}</mark>" in page
    assert 'data-key="KeyV"' in page
    varied = client.post(address, data={**posted, "do": "vary"}).text
    assert "got nearly these words" not in varied


def test_the_page_asks_kindly_how_to_speak_to_them_once(client, csrf, app):
    with app.app_context():
        one = sdk.customers.add({"name": "طارق بھٹی", "message_language": "ur"}).id
        shown = service.draft(one, "birthday")
    address = f"/plugins/greetings/new/{one}"
    assert "How do you speak to them?" in client.get(address).text
    posted = {**csrf(address), **{key: str(value) for key, value in shown._asdict().items()}}
    page = client.post(address, data={**posted, "do": "form-0"}).text
    assert "طارق بھٹی صاحب" in page
    assert "How do you speak to them?" not in page
