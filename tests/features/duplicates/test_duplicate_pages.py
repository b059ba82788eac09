"""The pages of doubles: found while typing, listed with their reason, joined field by field, told apart for good."""

import pytest

from loyalapp.features.customers import service as customers
from tests.markup import Page
from tests.walk import filled, speak

BUTTONS = ("more", "look")


@pytest.fixture
def two(app):
    """The same woman in two scripts, with one number."""
    with app.app_context():
        one = customers.add({"name": "Zainab Bibi", "place": "Lahore", "phones": ["0300 1234567"]}).id
        other = customers.add({"name": "زینب بی بی", "place": "Multan", "phones": ["0300 1234567"]}).id
    return one, other


def words(answer):
    return answer.get_data(as_text=True)


def test_who_may_be_here_already_is_shown_and_can_be_added_all_the_same(client, two):
    typed = {"name": "Zainab", "phones-0-number": "0300-1234567"}
    asked = client.post("/customers/new", data={**filled(client, "/customers/new", action=""), **typed})

    assert "You may already have:" in words(asked)
    form = next(one for one in Page(words(asked)).forms if "phones-0-number" in one.fields)
    assert form.fields["name"] == "Zainab"
    ids = [str(one) for one in two]
    fields = {name: value for name, value in form.fields.items() if name not in BUTTONS}
    saved = client.post("/customers/new", data={**fields, "not": ids})
    assert saved.headers["Location"] == "/customers/3"


def test_a_pair_is_listed_with_its_reason_joined_and_parted(client, two):
    one, other = two
    page = words(client.get("/customers/duplicates"))
    assert "Same number: " in page
    side_by_side = f"/customers/{other}/join/{one}"
    assert f'href="/customers/{one}/join/{other}"' in page

    form = filled(client, side_by_side, action="", name=str(other), place=str(one))
    joined = client.post(side_by_side, data=form, follow_redirects=True)

    assert joined.request.path == f"/customers/{one}"
    assert "They are one customer now." in words(joined)
    assert client.get(f"/customers/{other}").headers["Location"] == f"/customers/{one}"
    undo = next(form for form in Page(words(joined)).forms if form.action.startswith("/bring-back/"))
    assert "You made one customer of" in words(client.get("/bring-back/"))
    back = client.post(undo.action, data=undo.fields, follow_redirects=True)
    assert "Brought back." in words(back)
    assert client.get(f"/customers/{other}").status_code == 200


def test_what_somebody_changed_meanwhile_is_not_joined_over(client, app, two):
    one, other = two
    url = f"/customers/{one}/join/{other}"
    form = filled(client, url, action="")
    with app.app_context():
        customers.change(other, {"place": "Delhi"})

    answer = client.post(url, data=form)

    assert answer.status_code == 422
    assert "Somebody changed one of the two just now." in words(answer)
    again = next(form for form in Page(words(answer)).forms if "seen" in form.fields)
    assert client.post(url, data=again.fields).status_code == 303


def test_not_the_same_is_remembered_until_it_is_doubted(client, csrf, two):
    one, other = two
    told = client.post(f"/customers/{one}/not/{other}", data=csrf(), follow_redirects=True)

    assert "Nobody is here twice" in words(told)
    undo = next(form for form in Page(words(told)).forms if "/perhaps/" in form.action)
    client.post(undo.action, data=undo.fields)
    assert "Same number: " in words(client.get("/customers/duplicates"))


def test_another_is_found_by_a_few_letters(client, app, two):
    one, other = two
    with app.app_context():
        far = customers.add({"name": "Unlike Anybody"}).id

    assert f"/customers/{one}/join/{other}" in words(client.get(f"/customers/{one}/join"))
    assert f"/customers/{one}/join/{far}" in words(client.get(f"/customers/{one}/join?who=unlike"))
    assert "Nobody was found" in words(client.get(f"/customers/{one}/join?who=qqqq"))


@pytest.mark.parametrize("other", ["1", "999"])
def test_who_is_joined_with_nobody(client, two, other):
    answer = client.get(f"/customers/1/join/{other}")

    assert answer.status_code in (400, 404)
    assert 'class="house"' in words(answer)


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_the_pages_speak_every_language(client, csrf, two, language):
    one, other = two
    speak(client, language)
    client.post(f"/customers/{other}/remove", data=csrf())

    assert client.get("/customers/duplicates").status_code == 200
    assert client.get(f"/customers/{one}/join").status_code == 200
    assert client.get("/bring-back/").status_code == 200
