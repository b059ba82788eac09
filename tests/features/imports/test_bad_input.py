"""Lists as bad as lists get: each is one sentence and a way on, or goes in without harm."""

import io
import zipfile
from pathlib import Path

import pytest

from loyalapp.core.db import db
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports import jobs, layout, reading, service, sheet_process, work
from loyalapp.features.imports.refusals import SENTENCES, UnreadableList
from tests.features.imports import made
from tests.features.imports.deeds import HEAD, bring, count, everybody, listed
from tests.features.imports.test_import_pages import choose, follow, selected

CSV = "a.csv"


# ---- the shape of the list ----


def test_three_hundred_columns_and_more(client, csrf, app, tmp_path):
    width = 320
    titles = ["Name", "Mobile", *(f"Column {number}" for number in range(2, width))]
    path = made.table(
        tmp_path / CSV, [titles, ["Ali", "03001234567", *(f"value {number}" for number in range(2, width))]]
    )

    settle = choose(client, csrf, path).headers["Location"]
    page = client.get(settle).get_data(as_text=True)
    assert len(selected(page)) > layout.WIDEST
    follow(client, client.post(settle, data={**csrf(settle), "do": "bring", **selected(page)}))

    with app.app_context():
        notes = everybody()["Ali"].notes
        assert all(f"value {number}" in notes for number in range(2, width)), "nothing vanishes"


def test_duplicate_headers(app, tmp_path):
    titles = ["Name", "Name", "Phone", "Phone", "Phone", "City", "City", "Notes", "Notes", "", ""]
    row = ["Ali", "علی", "03001234567", "0321 7654321", "n/a", "Lahore", "Multan", "one", "two", "three", "four"]
    with app.app_context():
        bring(made.table(tmp_path / CSV, [titles, row]))

        one = everybody()["Ali"]
        assert (one.name_ur, one.place) == ("علی", "Lahore")
        assert [phone.number for phone in one.phones] == ["+923001234567", "+923217654321"]
        assert one.notes.splitlines() == ["one", "two", "J: three", "K: four", "City: Multan"]


def test_rows_of_every_length(app, tmp_path):
    path = tmp_path / CSV
    path.write_text("Name,Mobile,City\nAli\nSana,03217654321,Multan,more,and more\n\n,,\n,,,,x\n", "utf-8")
    with app.app_context():
        outcome = bring(path)

        assert dict(outcome.counts) == {"rows": 3, "new": 2, "not_taken": 1}
        assert everybody()["Sana"].notes == "D: more\nE: and more"


# ---- files that harm ----


def zip_bomb(path: Path, size: int) -> Path:
    """A workbook whose sheet unpacks to so many bytes."""
    made.workbook(path, made.PEOPLE)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            if name.endswith("sheet1.xml"):
                head, tail = content.split(b"<sheetData>")
                with book.open(name, "w", force_zip64=True) as part:
                    part.write(head + b"<sheetData>")
                    for _ in range(size >> 20):
                        part.write(b" " * (1 << 20))
                    part.write(tail)
            else:
                book.writestr(name, content)
    return path


def test_a_spreadsheet_bomb(tmp_path, monkeypatch):
    bomb = zip_bomb(tmp_path / "a.xlsx", 64 << 20)
    assert bomb.stat().st_size < 1 << 20
    source = Path(sheet_process.__file__).read_text("utf-8").replace("UNPACKED = 2 << 30", "UNPACKED = 32 << 20")
    small = tmp_path / "small_limit.py"
    small.write_text(source, "utf-8")
    monkeypatch.setattr("loyalapp.features.imports.sheets.MODULE", "small_limit")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    with pytest.raises(UnreadableList) as caught:
        reading.open_list(bomb)

    assert caught.value.reason == "far"


def test_entities_that_multiply(tmp_path):
    """A billion laughs: expat refuses it, in a process of its own."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    path = made.workbook(tmp_path / "a.xlsx", made.PEOPLE)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        laughing = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><workbook>&l11;</workbook>'
        for name, content in (parts | {"xl/workbook.xml": laughing.encode()}).items():
            book.writestr(name, content)

    with pytest.raises(UnreadableList) as caught:
        reading.open_list(path)

    assert caught.value.reason in {"damaged", "sheet", "empty"}


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.xlsx", made.locked_workbook),
        ("a.xlsx", lambda path: path.write_bytes(b"PK\x03\x04" + bytes(900)) and path),
        ("a.csv", lambda path: path.write_bytes(b"") or path),
        ("a.csv", lambda path: path.write_bytes(bytes(range(256)) * 40) and path),
        ("a.pdf", lambda path: path.write_bytes(b"%PDF-1.7") and path),
        ("a.vcf", lambda path: path.write_bytes(b"BEGIN:VCARD\r\n") and path),
        ("a.xls", lambda path: path.write_bytes(b"<html><table></table></html>") and path),
    ],
)
def test_one_sentence_and_a_way_on(client, csrf, app, tmp_path, name, make):
    make(tmp_path / name)

    answer = follow(client, choose(client, csrf, tmp_path / name))

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert any(str(sentence) in page for sentence in said(app))
    assert 'href="/imports/new"' in page
    with app.app_context():
        assert count(Customer) == 0


def said(app) -> list[str]:
    with app.test_request_context():
        return [str(sentence).replace("'", "&#39;") for sentence in SENTENCES.values()]


# ---- a file that somebody writes to ----


def test_a_file_that_grows_while_it_is_read(app, tmp_path):
    path = listed(tmp_path, [HEAD, *([f"Person {n}", "", f"0300{n:07}"] for n in range(1200))])

    def grow(_done: int) -> None:
        with path.open("ab") as stream:
            stream.write(b"\nMore,,03219999999")

    with app.app_context():
        with pytest.raises(UnreadableList) as caught:
            service.plan(path, progress=grow)
        assert caught.value.reason == "growing"
        assert list(app.extensions["loyalapp.data"].work.glob("import-*")) == []


def test_a_file_that_changed_between_the_question_and_the_yes(app, tmp_path):
    path = listed(tmp_path, [HEAD, ["Ali", "", "03001234567"]])
    with app.app_context():
        preview = service.plan(path)
        path.write_text("Name,Mobile\nSana,03217654321\n", "utf-8")

        with pytest.raises(UnreadableList) as caught:
            service.carry_out(preview)

        assert caught.value.reason == "growing"
        assert count(Customer) == 0


def test_a_file_that_never_ends(app, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 1 << 20)
    with app.test_request_context():
        job = jobs.begin_with(Path("/dev/zero"))
        job.wait(20)
        assert job.state == work.FAILED
        assert job.error.reason == "big"


# ---- what stands in cells ----

EVIL = {
    "formula": "=cmd|' /C calc'!A0",
    "html": "<img src=x onerror=alert(1)>",
    "bidi": "Ali\u202egnp.exe",
    "isolate": "Ali \u2066\u2067Khan",
    "joiner": "مح\u200dمد",
    "emoji": "Ali 👨‍👩‍👧",
    "sql": "'); DROP TABLE customer;--",
    "template": "{{ 7*7 }}",
    "percent": "100 %(name)s %s",
}


@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL)
def test_evil_cells_are_text(client, csrf, app, tmp_path, evil):
    path = made.table(tmp_path / CSV, [["Name", "Mobile", "City", evil], [evil, "03001234567", evil, evil]])
    settle = choose(client, csrf, path, f"{evil.replace('/', '')}.csv").headers["Location"]
    page = client.get(settle)
    assert page.status_code == 200
    assert EVIL["html"] not in page.get_data(as_text=True)

    account = follow(client, client.post(settle, data={**csrf(settle), "do": "bring"}))

    assert account.status_code == 200
    assert EVIL["html"] not in account.get_data(as_text=True)
    with app.app_context():
        one = db.session.scalars(db.select(Customer)).one()
        assert "\u202e" not in one.name
        assert "\u2066" not in one.name
        assert one.phones[0].number == "+923001234567"
        assert client.get(f"/customers/{one.id}").status_code == 200


def test_nul_and_ten_thousand_letters(app, tmp_path):
    path = tmp_path / CSV
    long = "لمبا " * 2_000
    path.write_text(f"Name,Mobile,Notes\nA\0li,0300\x001234567,a\0b\n{long},03217654321,{long}\n", "utf-8")
    with app.app_context():
        outcome = bring(path)

        people = everybody()
        assert people["Ali"].notes == "ab"
        assert [one.number for one in people["Ali"].phones] == ["+923001234567"]
        other = next(one for name, one in people.items() if name != "Ali")
        assert len(other.name) <= 200
        assert long.strip() in other.notes, "the whole of it is kept"
        assert outcome.counts["remarks"] == 1
        assert customers.find("لمبا")


def test_impossible_dates_and_two_people_with_one_phone(app, tmp_path):
    with app.app_context():
        outcome = bring(
            listed(
                tmp_path,
                [HEAD, ["Ali", "", "03001234567", "", "31/02/1990"], ["Sunita", "", "03001234567", "", "29 Feb"],
                 ["Zoya", "", "03339999999", "", "25/12/2990"]],
            )
        )  # fmt: skip

        people = everybody()
        assert (people["Ali"].birth_month, people["Sunita"].birth_month, people["Sunita"].birth_day) == (None, 2, 29)
        assert "Birthday: 31/02/1990" in people["Ali"].notes
        assert "Birthday: 25/12/2990" in people["Zoya"].notes
        assert outcome.counts["doubtful"] == 1


def test_a_form_that_lies(client, csrf, app):
    """Columns, kinds and answers that nobody was offered change nothing."""
    settle = choose(client, csrf, made.PHONE).headers["Location"]
    lies = {
        "column-0": "password",
        "column-999": "name",
        "kind": "x",
        "stage": "former",
        "order": "ymd",
        "old_font": "maybe",
    }

    follow(
        client, client.post(settle, data={**csrf(settle), "do": "bring", **lies, "sheet": "-1", "encoding": "rot13"})
    )

    with app.app_context():
        assert {one.stage for one in everybody().values()} <= {"unsorted"}


def test_an_upload_that_breaks_off(client, csrf):
    answer = client.post(
        "/imports/new",
        data={**csrf("/imports/new"), "file": (io.BytesIO(b"PK\x03\x04"), "a.xlsx")},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert answer.status_code == 422
    assert "damaged" in answer.get_data(as_text=True)
