"""A list is chosen, looked at, changed, brought in and accounted for through the pages, in three languages."""

import re
import threading
import time
from pathlib import Path

import pytest

from loyalapp.core.db import db
from loyalapp.core.sqlite import connector
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports import jobs, service, views
from loyalapp.features.staff import service as staff
from tests.features.imports import made
from tests.markup import Page


def choose(client, csrf, path: Path, name: str | None = None):
    """Send a file; the answer leads to the page of its columns."""
    with path.open("rb") as stream:
        data = {**csrf("/imports/new"), "file": (stream, name or path.name)}
        return client.post("/imports/new", data=data, content_type="multipart/form-data")


def selected(page: str) -> dict[str, str]:
    """What the form of the columns would send if it were sent as it stands."""
    found = {}
    for name, options in re.findall(r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option (?:selected )?value="([^"]*)"(?: selected)?>', _first_selected(options))
        found[name] = chosen[1] if chosen else ""
    return found


def _first_selected(options: str) -> str:
    return next((one for one in re.findall(r"<option[^>]*>", options) if "selected" in one), "")


def follow(client, answer):
    """Where it ends, also on a busy computer, where a short list has its progress shown too."""
    while True:
        if answer.status_code == 303:
            answer = client.get(answer.headers["Location"])
        elif "data-progress" in answer.get_data(as_text=True):
            time.sleep(0.05)
            answer = client.get(answer.request.path)
        else:
            return answer


@pytest.mark.parametrize("path", [made.LAHORE, made.DELHI, made.PHONE, made.SALES], ids=lambda path: path.name)
def test_a_list_goes_in_through_the_pages(any_client, path):
    def token(page: str) -> dict[str, str]:
        text = any_client.get(page).get_data(as_text=True)
        return {"csrf_token": text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]}

    settle = choose(any_client, token, path).headers["Location"]
    page = follow(any_client, any_client.get(settle)).get_data(as_text=True)
    assert path.name in page

    account = follow(any_client, any_client.post(settle, data={**token(settle), "do": "bring", **selected(page)}))

    text = account.get_data(as_text=True)
    assert account.request.path == "/imports/1"
    assert "were added" in text
    assert path.name in any_client.get("/imports/new").get_data(as_text=True)


def test_a_page_of_somebody_who_sits_here_does_not_keep_the_list_from_coming_in(app, client, csrf, monkeypatch):
    with app.app_context():
        asma = staff.add("Asma", "en", role="owner")  # her page asks who she is, and so holds the database
        staff.add("Rohit", "hi")
    client.post("/desk/switch", data={**csrf("/customers/"), "who": asma, "next": "/customers/"})
    monkeypatch.setattr(views, "PATIENCE", 60)
    settle = choose(client, csrf, made.LAHORE).headers["Location"]

    answer = client.post(settle, data={**csrf(settle), "do": "bring"})

    assert answer.headers["Location"].endswith("/columns")
    assert client.get(answer.headers["Location"]).headers["Location"].endswith("/imports/1")


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_pages_speak_every_language(client, csrf, app, language):
    client.post("/language", data={**csrf(), "language": language, "next": "/imports/new"})
    settle = choose(client, csrf, made.LAHORE).headers["Location"]

    pages = [client.get("/imports/new"), client.get(settle)]
    pages.append(follow(client, client.post(settle, data={**csrf(settle), "do": "bring"})))
    pages.append(follow(client, choose(client, csrf, made.LAHORE)))

    for page in pages:
        text = page.get_data(as_text=True)
        assert page.status_code == 200
        assert f'<html lang="{language}" dir="{"rtl" if language == "ur" else "ltr"}">' in text
        assert "%(" not in text


def test_the_user_changes_what_a_column_means(client, csrf, app):
    settle = choose(client, csrf, made.DELHI).headers["Location"]
    wishes = selected(client.get(settle).get_data(as_text=True)) | {"column-8": "leave", "stage": "prospect"}

    again = follow(client, client.post(settle, data={**csrf(settle), "do": "again", **wishes}))

    assert selected(again.get_data(as_text=True))["column-8"] == "leave"
    follow(client, client.post(settle, data={**csrf(settle), "do": "bring", **selected(again.get_data(as_text=True))}))
    with app.app_context():
        found = db.session.query(Customer).filter_by(name="Sana Shaikh").first()
        assert (found.stage, found.notes) == ("prospect", "जन्मदिन: 31/02/1990")


def test_wishes_sent_with_bring_are_heeded_at_once(client, csrf, app):
    settle = choose(client, csrf, made.DELHI).headers["Location"]

    follow(client, client.post(settle, data={**csrf(settle), "do": "bring", "column-8": "leave"}))

    with app.app_context():
        assert db.session.query(Customer).filter(Customer.notes.contains("पंक्ति")).count() == 0


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda folder: made.locked_workbook(folder / "a.xlsx"), "password"),
        (
            lambda folder: made.workbook(folder / "a.xlsx", made.PEOPLE, far=(1_048_576, 16_384)),
            "far away from the list",
        ),
        (lambda folder: made.workbook(folder / "a.xlsx", []), "empty"),
        (lambda folder: made.table(folder / "a.xlsx", [["%PDF-1.4"]]), "cannot read this kind of file"),
        (lambda folder: made.table(folder / "a.csv", [["<html>"]]), "web page"),
    ],
)
def test_bad_files_get_one_sentence_and_a_way_on(client, csrf, app, tmp_path, make, sentence):
    answer = follow(client, choose(client, csrf, make(tmp_path)))

    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in text
    assert "/imports/new" in text
    with app.app_context():
        assert db.session.query(Customer).count() == 0


def test_no_file_chosen(client, csrf):
    answer = client.post("/imports/new", data=csrf("/imports/new"))

    assert answer.status_code == 422
    assert "Please choose a file first." in answer.get_data(as_text=True)


def test_columns_of_nobody(client, csrf):
    settle = choose(client, csrf, made.PHONE).headers["Location"]
    nobody = {f"column-{index}": "leave" for index in range(9)}

    answer = follow(client, client.post(settle, data={**csrf(settle), "do": "bring", **nobody}))

    assert answer.request.path == settle
    assert "Nothing in this list was chosen as name or phone." in answer.get_data(as_text=True)


def test_a_list_that_is_not_open(client):
    for page in ("columns", "progress", "state"):
        assert client.get(f"/imports/nothing/{page}").status_code == 404
    assert client.get("/imports/77").status_code == 404


def test_progress_and_stop(client, csrf, app, monkeypatch):
    """While a list is looked at or brought in, its pages say how far it is, other pages answer, and Stop stops."""
    gate, reached = threading.Event(), threading.Event()
    plan = service.plan

    def slow(path, wishes, progress, **options):
        def wait(done):
            reached.set()
            gate.wait(20)
            progress(done)

        return plan(path, wishes, wait, **options)

    monkeypatch.setattr(service, "plan", slow)
    monkeypatch.setattr("loyalapp.features.imports.views.PATIENCE", 0.01)
    settle = choose(client, csrf, made.LAHORE).headers["Location"]
    job_id = settle.split("/")[2]
    assert reached.wait(20)

    page = client.get(settle).get_data(as_text=True)
    state = client.get(f"/imports/{job_id}/state").get_json()
    assert "<progress" in page
    assert state == {"state": "looking", "busy": True, "done": "0", "share": 0}
    assert client.get("/customers/").status_code == 200

    with app.app_context():
        jobs.get(job_id).stop = True
    gate.set()
    client.post(f"/imports/{job_id}/stop", data=csrf())
    with app.app_context():
        jobs.get(job_id).wait(20)
    answer = client.get(settle, follow_redirects=True)
    assert answer.request.path == "/imports/new"
    assert "Stopped. Nothing of this list was brought in." in answer.get_data(as_text=True)
    assert client.get(f"/imports/{job_id}/state").get_json()["busy"] is False


def test_a_fault_of_ours_is_told_with_its_number(client, csrf, monkeypatch):
    def broken(*_given, **_options):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(service, "plan", broken)

    answer = follow(client, choose(client, csrf, made.LAHORE))

    assert answer.status_code == 422
    assert re.search(r"Number of the fault: [0-9A-F]{6}", answer.get_data(as_text=True))


def test_other_desks_can_write_while_a_list_is_read(client, csrf, app):
    """Reading and deciding hold no lock: what somebody writes meanwhile is there at once, and is not lost."""
    reached, gate = threading.Event(), threading.Event()

    def read():
        def progress(_done):
            reached.set()
            gate.wait(20)

        with app.app_context():
            service.plan(made.LAHORE, progress=progress)

    reader = threading.Thread(target=read)
    reader.start()
    assert reached.wait(20)
    form = next(one for one in Page(client.get("/customers/new").get_data(as_text=True)).forms if "name" in one.fields)
    answer = client.post("/customers/new", data={**form.fields, "name": "Meanwhile"})
    gate.set()
    reader.join(20)

    assert answer.status_code == 303


def test_a_list_comes_in_though_somebody_saves_a_customer_all_the_time(app, tmp_path):
    """At last they wait until it was worked out; nothing that they saved before is missing from what it was held to."""
    path = made.table(tmp_path / "a.csv", [["Name", "Mobile"], ["Gul", "0300 1234567"], ["Zain", "0300 1234568"]])
    saved, refused = [], []

    def save(_done=0):
        assert len(saved) < 20, "the list never comes in"
        link = connector(app.extensions["loyalapp.data"].database)()
        link.execute("PRAGMA busy_timeout = 50")
        try:
            link.execute("UPDATE customer SET version = version + 1 WHERE name = 'Noor'")
            link.commit()
            saved.append(1)
        except link.OperationalError:
            refused.append(1)
        finally:
            link.close()

    with app.app_context():
        customers.add({"name": "Noor"})
        preview = service.plan(path)
        save()
        outcome = service.carry_out(preview, save)

        assert outcome.counts["new"] == 2
        assert len(saved) == service.TURNS
        assert refused
        assert db.session.query(Customer).filter_by(name="Noor").one().version == 1 + service.TURNS


def test_values_of_a_list_are_shown_as_text(client, csrf, tmp_path):
    evil = "<script>alert(1)</script>"
    path = made.table(tmp_path / "a.csv", [["Name", "Mobile", evil], [evil, "12", "x"], ["", "", evil]])

    page = follow(client, choose(client, csrf, path, f"{evil}.csv")).get_data(as_text=True)

    assert "&lt;script&gt;" in page
    assert evil not in page


def test_uploads_are_thrown_away(client, csrf, app):
    settle = choose(client, csrf, made.PHONE).headers["Location"]
    follow(client, client.post(settle, data={**csrf(settle), "do": "bring"}))

    assert list(app.extensions["loyalapp.data"].work.glob("list-*")) == []


def test_a_file_of_this_computer_can_be_begun_with(app, client):
    with app.test_request_context():
        job = jobs.begin_with(made.PHONE)
        job.wait(20)

    assert job.state == jobs.READY
    assert client.get(f"/imports/{job.id}/columns").status_code == 200
