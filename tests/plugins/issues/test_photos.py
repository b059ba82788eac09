"""Photos of the broken part: taken by their content, shown as pictures and nothing else, gone with the customer."""

import io
import json

import pytest

from loyalapp import sdk
from loyalapp.features.customers import merging
from loyalapp.features.privacy import service as privacy
from plugins.issues import allies, handing, hours, photos, service
from plugins.issues.allies import Written
from plugins.issues.models import Photo
from tests.core.test_pictures import JPEG, png, with_secrets
from tests.plugins.issues.conftest import browser, send


@pytest.fixture
def problem(app, person) -> int:
    with app.app_context():
        hours.save(hours.Hours(closed=(), keeps_holidays=False))
        return service.record(person("en"), "It leaks")


def bring(client, problem_id: int, *files: tuple[bytes, str]):
    here = f"/plugins/issues/{problem_id}"
    return send(client, here, f"{here}/photos", photo=[(io.BytesIO(content), name) for content, name in files])


def kept(app, problem_id: int) -> int:
    with app.app_context():
        return photos.count(problem_id)


def test_a_photo_is_kept_shown_small_and_large_without_where_it_was_taken(app, problem):
    client = browser(app)
    assert bring(client, problem, (with_secrets(), "part.jpg"), (JPEG, "part 2.jpg")).status_code == 303

    page = client.get(f"/plugins/issues/{problem}").get_data(as_text=True)
    assert "/plugins/issues/photos/1/small" in page
    assert 'href="/plugins/issues/photos/2"' in page
    large, small = client.get("/plugins/issues/photos/1"), client.get("/plugins/issues/photos/1/small")
    assert (large.mimetype, small.mimetype) == ("image/jpeg", "image/png")
    for secret in (b"GPS", b"SECRET", b"script"):
        assert secret not in large.data
    for answer in (large, small):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Content-Disposition"].startswith('inline; filename="photo-1')
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "photo.jpg", "drawing"),
        (b"<html><script>alert(1)</script></html>", "part.png", "not a picture"),
        (b"MZ\x90\0", "photo.jpg.exe", "not a picture"),
        (png(30_000, 30_000, rows=1), "small.png", "too many points"),
        (b"\xff\xd8\xff\xe0 broken", "a.jpg", "broken"),
        (b"", "empty.jpg", "not a picture"),
    ],
)
def test_what_is_no_photo_is_refused_in_plain_words_whatever_its_name(app, problem, content, name, words):
    client = browser(app)
    assert bring(client, problem, (content, name)).status_code == 303

    page = client.get(f"/plugins/issues/{problem}").get_data(as_text=True)
    assert words in page
    assert '<div class="note madder" role="alert">' in page, "a refusal does not look like a success"
    assert '<div class="note neem"' not in page
    assert kept(app, problem) == 0


def test_a_very_large_file_is_refused_in_plain_words(app, problem, monkeypatch):
    monkeypatch.setattr("loyalapp.core.pictures.LARGEST", 1000)
    client = browser(app)
    bring(client, problem, (JPEG + b"\0" * 300_000, "part.jpg"))

    assert "very large" in client.get(f"/plugins/issues/{problem}").get_data(as_text=True)
    assert kept(app, problem) == 0


def test_a_misleading_name_is_shown_as_text_and_used_for_nothing(app, problem):
    client = browser(app)
    name = "../../<img src=x onerror=alert(1)>\u202egpj.exe"
    bring(client, problem, (b"no picture", name))
    page = client.get(f"/plugins/issues/{problem}").get_data(as_text=True)
    assert "<img src=x" not in page
    assert "\u202e" not in page

    bring(client, problem, (JPEG, name))
    assert kept(app, problem) == 1
    assert 'filename="photo-1.jpg"' in client.get("/plugins/issues/photos/1").headers["Content-Disposition"]


def test_nothing_chosen_and_one_too_many(app, problem):
    client = browser(app)
    send(client, f"/plugins/issues/{problem}", f"/plugins/issues/{problem}/photos")
    assert "choose a photo first" in client.get(f"/plugins/issues/{problem}").get_data(as_text=True)
    same = {"problem_id": problem, "mimetype": "image/jpeg", "content": JPEG, "small": b"", "width": 96, "height": 64}
    with app.app_context():
        sdk.db.session.add_all(Photo(**same) for _number in range(photos.MOST - 1))
        sdk.db.session.commit()
    bring(client, problem, *[(JPEG, "a.jpg")] * 2)

    page = client.get(f"/plugins/issues/{problem}").get_data(as_text=True)
    assert "At most" in page
    assert 'name="photo"' not in page, "there is no room for another"
    assert kept(app, problem) == photos.MOST


def test_removed_and_brought_back(app, problem):
    client = browser(app)
    bring(client, problem, (JPEG, "a.jpg"))
    here = f"/plugins/issues/{problem}"
    send(client, here, "/plugins/issues/photos/1/remove")
    assert client.get("/plugins/issues/photos/1").status_code == 404
    assert kept(app, problem) == 0
    send(client, here, "/plugins/issues/photos/1/bring-back")
    assert client.get("/plugins/issues/photos/1/small").status_code == 200


def test_numbers_that_are_none_and_a_page_without_its_token(app, problem):
    client = browser(app)
    for number in ("0", "999", str(2**40), "1/../../secret.key", "-1"):
        assert client.get(f"/plugins/issues/photos/{number}").status_code == 404, number
    answer = client.post(f"/plugins/issues/{problem}/photos", data={"photo": (io.BytesIO(JPEG), "a.jpg")})
    assert answer.status_code in (400, 403)
    assert kept(app, problem) == 0


def test_a_photo_of_a_removed_customer_is_not_shown(app, problem):
    client = browser(app)
    bring(client, problem, (JPEG, "a.jpg"))
    with app.app_context():
        sdk.customers.remove(service.get(problem).customer_id)

    assert client.get("/plugins/issues/photos/1").status_code == 404


def test_photos_are_moved_given_out_and_erased_with_the_customer(app, problem, person):
    with app.app_context():
        photos.add(problem, JPEG)
        customer_id = service.get(problem).customer_id
        other = sdk.customers.add({"name": "John Mathews"}).id
        versions = {one: sdk.customers.get(one).version for one in (other, customer_id)}
        merging.merge(other, customer_id, {}, versions, lambda _field, value: str(value))
        assert service.get(problem).customer_id == other
        assert photos.held(other) == {problem: 1}
        ally = allies.add(Written({"name": "Usman", "department": "repair", "phone": "0300 1112233"}))
        handing.give(problem, ally)
    client = browser(app)
    send(client, "/plugins/issues/hand-overs/1", "/plugins/issues/hand-overs/1/save", format="pdf")
    exports = app.extensions["loyalapp.data"].exports
    assert list(exports.glob("*help*.pdf"))

    with app.test_request_context():
        file = json.loads(privacy.hand_over(other, "json").read_text("utf-8"))
        assert json.dumps(file).count(JPEG[-200:-2].hex()) == 1
        privacy.erase(other)
    with app.app_context():
        assert sdk.db.session.query(Photo).count() == 0
    assert not list(exports.glob("*help*.pdf")), "the sheet too"
