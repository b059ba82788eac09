"""What is half written is there again for whoever wrote it, until it is sent, and never for anybody else's eyes."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from loyalapp.core import clock
from loyalapp.core.db import changes, data_version, db
from loyalapp.core.errors import LoyalAppError
from loyalapp.features.customers import service as customers
from loyalapp.features.drafts import place
from loyalapp.features.drafts import service as drafts
from loyalapp.features.privacy import service as privacy
from loyalapp.features.staff import service as staff
from tests.walk import filled, token_of

TYPED = [["said", "", "The motor is loud"], ["channel", "visit", True]]


@pytest.fixture
def kashif(any_app) -> int:
    """Somebody to write about."""
    with any_app.app_context():
        return customers.add({"name": "Kashif Example"}).id


def known(page: str) -> dict:
    return {form: typed for form, (typed, _at) in drafts.kept(page).items()}


# ---- what is kept ----


def test_the_last_words_of_each_form_are_kept_and_nothing_where_nothing_is_typed(any_app):
    with any_app.app_context():
        drafts.keep("/contacts/new/1", "", [["said", "", "The motor"]])
        drafts.keep("/contacts/new/1", "", TYPED)
        drafts.keep("/catch-up/", "7", [["said", "", "Fine"]])
        assert known("/contacts/new/1") == {"": TYPED}
        assert known("/catch-up/") == {"7": [["said", "", "Fine"]]}
        drafts.keep("/contacts/new/1", "", [])
        assert known("/contacts/new/1") == {}


def test_typing_makes_no_page_forget_what_it_remembered(app):
    with app.app_context():
        drafts.keep("/needs/new/1", "", TYPED)
        with db.engine.connect() as link:
            before = changes(app), data_version(link)
            drafts.keep("/contacts/new/1", "", TYPED)
            drafts.drop("/needs/new/1", "")
            after = changes(app), data_version(link)
        assert (after, known("/contacts/new/1"), known("/needs/new/1")) == (before, {"": TYPED}, {})


def test_pages_that_ask_in_the_moment_when_the_first_is_kept_all_get_an_answer(app):
    """The file is there a moment before its table is."""
    file = app.extensions["loyalapp.data"].work / place.FILE

    def ask(_one: int) -> dict:
        with app.app_context():
            return drafts.kept("/contacts/new/1")

    for _round in range(20):
        file.unlink(missing_ok=True)
        file.touch()
        with ThreadPoolExecutor(8) as pages:
            assert list(pages.map(ask, range(8))) == [{}] * 8


def test_a_draft_that_cannot_be_kept_leaves_the_one_before(any_app, monkeypatch):
    with any_app.app_context():
        drafts.keep("/contacts/new/1", "", TYPED)
        monkeypatch.setattr(drafts, "insert", {}.__getitem__)  # fails after what was kept is taken away
        with pytest.raises(KeyError):
            drafts.keep("/contacts/new/1", "", [["said", "", "Fine"]])
        monkeypatch.undo()
        db.session.rollback()
        assert known("/contacts/new/1") == {"": TYPED}


def test_everybody_at_the_desk_finds_only_what_they_wrote_themselves(any_app):
    with any_app.app_context():
        asma, rohit = staff.add("Asma"), staff.add("Rohit")
        staff.sit_down(asma)
        drafts.keep("/customers/new", "", [["name", "", "Zahid"]])
        staff.sit_down(rohit)
        assert known("/customers/new") == {}
        drafts.drop("/customers/new", "")
        staff.sit_down(asma)
        assert known("/customers/new") == {"": [["name", "", "Zahid"]]}
        staff.sit_down(None)


def test_what_nobody_came_back_for_in_two_weeks_is_gone(any_app, monkeypatch):
    with any_app.app_context():
        drafts.keep("/customers/new", "", [["name", "", "Zahid"]])
        later = clock.now() + timedelta(days=15)
        monkeypatch.setattr(drafts, "now", lambda: later)
        assert known("/customers/new") == {}
        drafts.keep("/needs/new/1", "", [["need", "", "A pump"]])
        monkeypatch.undo()
        assert known("/customers/new") == {}, "gone from the table too"


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("elsewhere", TYPED),
        ("/" + "x" * 400, TYPED),
        ("/a", {"said": "x"}),
        ("/a", [["said", "x"]]),
        ("/a", [["said", "", 7]]),
        ("/a", [["said", "", "nul\0"]]),
        ("/a\0", TYPED),
        ("/a", [["said", "", "half \ud83d"]]),
        ("/a", [["said", "", "x"]] * 401),
        ("/a", [["said", "", "x" * 60_001]]),
    ],
)
def test_what_no_form_could_hold_is_refused(app, page, typed):
    with app.app_context(), pytest.raises(LoyalAppError):
        drafts.keep(page, "", typed)


def test_an_erased_customer_takes_along_what_was_half_written_of_them_and_what_may_name_them(any_app, kashif):
    with any_app.app_context():
        other = customers.add({"name": "Zahid Example"}).id
        drafts.keep(f"/contacts/new/{kashif}", "", TYPED, kashif)
        drafts.keep("/customers/new", "", [["name", "", "Kashif"]])
        drafts.keep(f"/contacts/new/{other}", "", TYPED, other)
        privacy.erase(kashif)
        assert known(f"/contacts/new/{kashif}") == known("/customers/new") == {}
        assert known(f"/contacts/new/{other}") == {"": TYPED}


# ---- the pages ----


def keep(client, page: str, typed, form: str = "") -> int:
    told = {"csrf_token": token_of(client), "page": page, "form": form, "typed": json.dumps(typed)}
    return client.post("/drafts/", data=told).status_code


def test_a_form_that_was_taken_leaves_nothing_and_one_to_be_mended_keeps_it(app, client):
    with app.app_context():
        kashif = customers.add({"name": "Kashif Example"}).id
    page = f"/contacts/new/{kashif}"
    assert keep(client, page, TYPED) == 204
    told = {**filled(client, page, action=""), "said": "The motor is loud", "draft_page": page, "draft_form": ""}
    assert client.post(page, data={**told, "promised": "A price"}).status_code == 422
    shown = client.get("/drafts/", query_string={"page": page}).json
    assert shown[""]["typed"] == TYPED
    assert "data-throw-away" in shown[""]["note"]

    assert client.post(page, data=told).status_code == 303
    assert client.get("/drafts/", query_string={"page": page}).json == {}


def test_at_the_counter_nothing_comes_back_and_nothing_that_was_kept_is_lost(app, client):
    page = "/customers/new"
    keep(client, page, [["name", "", "Zahid"], ["notes", "", "Haggles"]])
    client.set_cookie(f"{app.extensions['loyalapp.door'].cookie}_counter", "1")
    assert client.get("/drafts/", query_string={"page": page}).json == {}
    keep(client, page, [["name", "", "Zahida"]])
    client.delete_cookie(f"{app.extensions['loyalapp.door'].cookie}_counter")

    kept = client.get("/drafts/", query_string={"page": page}).json[""]["typed"]
    assert kept == [["name", "", "Zahida"], ["notes", "", "Haggles"]]


@pytest.mark.parametrize("typed", ["", "{", "[1]", '[["a","b"]]', '[["a","","\\ud83d"]]'])
def test_nonsense_is_refused(client, typed):
    told = {"csrf_token": token_of(client), "page": "/customers/new", "form": "", "typed": typed}
    assert client.post("/drafts/", data=told).status_code == 400


def test_nonsense_in_the_address_finds_nothing(any_client):
    for page in ("", "elsewhere", "/a\0", "/" + "x" * 400):
        assert any_client.get("/drafts/", query_string={"page": page}).json == {}
        told = {"csrf_token": token_of(any_client), "page": page, "form": "\0"}
        assert any_client.post("/drafts/away", data=told).status_code == 204
