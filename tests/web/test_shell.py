"""The frame round every page: the language switch, notes with an undo, forms gone stale, and kind pages for trouble."""

import gzip

import pytest

from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from tests.conftest import close, open_app, through_the_door
from tests.walk import Page, speak, token_of

HTML = {"ur": 'lang="ur" dir="rtl"', "hi": 'lang="hi" dir="ltr"', "en": 'lang="en" dir="ltr"'}


def text(answer) -> str:
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("language", HTML)
def test_switching_the_language_keeps_the_page(client, csrf, language):
    answer = client.post(
        "/language", data={**csrf(), "language": language, "next": "/search?q=Imran"}, follow_redirects=True
    )

    assert answer.request.full_path == "/search?q=Imran"
    assert HTML[language] in text(answer)


def test_every_page_offers_to_come_back_to_itself(client):
    page = Page(text(client.get("/search?q=عمران")))
    switch = next(one for one in page.forms if one.action == "/language")

    assert switch.fields["next"] == "/search?q=عمران"


def test_language_is_remembered_by_the_desk_and_at_the_next_start(data_dir):
    app = open_app(data_dir)
    browser = through_the_door(app)
    browser.post("/language", data={"csrf_token": token_of(browser), "language": "ur"})
    assert HTML["ur"] in text(browser.get("/"))
    close(app)

    again = open_app(data_dir)
    assert HTML["ur"] in text(through_the_door(again).get("/"))
    close(again)


@pytest.mark.parametrize("language", ["", "de", "ur_PK", "UR", "../en", "\x00"])
def test_a_language_that_is_not_ours_is_refused(client, csrf, language):
    answer = client.post("/language", data={**csrf(), "language": language})

    assert answer.status_code == 400
    assert HTML["en"] in text(client.get("/"))


def test_a_strange_language_in_the_session_does_no_harm(client):
    speak(client, "xx")

    assert HTML["en"] in text(client.get("/"))


def test_the_page_after_a_post_can_be_reached_again_in_another_language(client, csrf):
    """A page that only a POST can make has no address to come back to."""
    page = Page(text(client.post("/plugins/restart", data=csrf())))
    switch = next(one for one in page.forms if one.action == "/language")

    assert client.get(switch.fields["next"]).status_code == 200


@pytest.mark.parametrize("language", HTML)
def test_a_note_stands_on_the_next_page_once_and_its_undo_works(client, app, csrf, language):
    with app.app_context():
        made = customers.add({"name": "Sana Shaikh"}).id
    speak(client, language)
    gone = Page(text(client.post(f"/customers/{made}/remove", data=csrf(), follow_redirects=True)))
    undo = next(one for one in gone.forms if one.action.startswith("/bring-back/"))
    assert client.get(f"/customers/{made}").status_code == 404

    back = client.post(undo.action, data=undo.fields, follow_redirects=True)

    assert back.request.path == f"/customers/{made}"
    assert undo.action not in text(back)
    assert undo.action not in text(client.get("/customers/"))


@pytest.mark.parametrize("language", HTML)
def test_a_stale_form_is_told_what_to_do(client, app, language):
    client.get("/customers/new")
    speak(client, language)
    answer = client.post("/customers/new", data={"name": "Sana", "csrf_token": "of an earlier run"})

    assert answer.status_code == 400
    assert HTML[language] in text(answer)
    assert ("This page was open for a long time" in text(answer)) == (language == "en")
    with app.app_context():
        assert customers.total() == 0


@pytest.mark.parametrize(
    ("method", "path", "status", "sentence"),
    [
        ("get", "/customers/4711", 404, "not in the list any more"),
        ("get", "/nothing", 404, "This page is not here"),
        ("get", "/today/done", 405, "cannot be opened like that"),
        ("get", "/customers/?after=nonsense", 404, "not there"),
    ],
)
@pytest.mark.parametrize("language", HTML)
def test_trouble_is_told_kindly_in_every_language(client, method, path, status, sentence, language):
    speak(client, language)
    answer = getattr(client, method)(path)

    assert answer.status_code == status
    assert HTML[language] in text(answer)
    assert (sentence in text(answer)) == (language == "en")
    assert Page(text(answer)).all("a"), "there is a way on"


def test_before_the_first_start_every_page_leads_to_it(tmp_path):
    app = open_app(tmp_path / "new")
    browser = through_the_door(app)

    for path in ("/", "/customers/", "/settings/", "/plugins/", "/nothing"):
        assert browser.get(path).headers["Location"] == "/welcome/"
    assert browser.get("/welcome/").status_code == 200
    assert browser.get("/healthz").status_code == 200
    close(app)


def test_static_files_may_be_kept_and_pages_may_not(client):
    kept = client.get("/static/css/base.css", buffered=True).headers["Cache-Control"]

    assert "max-age=31536000" in kept
    assert client.get("/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["css/pages.css", "js/app.js", "icons.svg"])
def test_sheets_scripts_and_icons_go_out_pressed_to_whoever_can_unpress_them(client, name):
    plain = client.get(f"/static/{name}", buffered=True)
    first, again = (
        client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip, br"}, buffered=True) for _time in range(2)
    )

    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(first.data) == gzip.decompress(again.data) == plain.data
    assert first.headers["Content-Length"] == str(len(first.data))
    assert len(first.data) < len(plain.data) / 1.4
    assert (first.headers["Content-Encoding"], first.headers["Vary"]) == ("gzip", "Accept-Encoding")
    known = {"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
    assert client.get(f"/static/{name}", headers=known, buffered=True).status_code == 304


def test_fonts_and_pictures_go_out_as_they_are(client):
    """They are pressed already."""
    font = "fonts/noto-sans-latin-400-normal.woff2"
    answer = client.get(f"/static/{font}", headers={"Accept-Encoding": "gzip"}, buffered=True)

    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"wOF2")


def test_what_reads_cannot_write(client, app):
    """A page that is only looked at works on a connection that refuses to change anything (attack 7)."""
    from sqlalchemy.exc import DBAPIError

    def writing():
        customers.add({"name": "Written by a GET"})
        return "done"

    app.view_functions["help.show"] = writing
    with pytest.raises(DBAPIError):
        client.get("/help/")
    with app.app_context():
        assert customers.total() == 0


def test_a_get_after_a_get_does_not_leave_posts_read_only(client, csrf):
    client.get("/")
    answer = client.post("/customers/new", data={**csrf(), "name": "Sana", "message_language": "", "stage": "customer"})

    assert answer.status_code == 303


def test_the_page_that_says_sorry_stands_even_where_the_database_is_broken(app, client, data_dir):
    app.config["PROPAGATE_BUGS"] = False
    with app.app_context():
        db.engine.dispose()
    for file in data_dir.glob("loyalapp.sqlite3*"):
        file.write_bytes(b"not a database any more" * 500)

    answer = client.get("/customers/")

    assert answer.status_code == 500
    assert "A part of the file with your data cannot be read." in text(answer)
    assert 'href="/plugins/"' in text(answer)


def test_what_a_refused_wish_had_begun_is_dropped_before_the_page_says_so(app, client, csrf):
    """Half a row in the session would be written by the first question of the page that says why, and break it."""

    def half_done():
        db.session.add(Customer(name=None))
        raise LoyalAppError("Please write a name.")

    app.view_functions["shell.switch_language"] = half_done
    answer = client.post("/language", data=csrf())

    assert answer.status_code == 400
    assert "Please write a name." in text(answer)
    assert customers_in(app) == 0


def customers_in(app) -> int:
    with app.app_context():
        return customers.total()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("ریٹ ٹھیک ہے", '<bdi dir="auto" lang="ur" class="tall">”ریٹ ٹھیک ہے“</bdi>'),
        ("The rate is fine", '<bdi dir="auto">“The rate is fine”</bdi>'),
        ("“Fine”", '<bdi dir="auto">“Fine”</bdi>'),
        ('He said "no"', '<bdi dir="auto">“He said &#34;no&#34;”</bdi>'),
    ],
)
def test_quotes_are_those_of_the_words_and_stay_with_them(app, said, shown):
    with app.test_request_context():
        assert app.jinja_env.filters["quoted"](said) == shown
