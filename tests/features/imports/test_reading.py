"""Lists of every kind are opened: what they are, where their table stands, and how they refuse to be read."""

import datetime
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from loyalapp.features.imports import plain_text, reading
from loyalapp.features.imports.reading import open_list
from loyalapp.features.imports.refusals import UnreadableList
from tests.features.imports import made

ROOT = Path(__file__).resolve().parents[3]


def meanings(path: Path) -> list[str]:
    return [column.meaning for column in open_list(path).columns]


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableList) as caught:
        list(open_list(path).rows())
    return caught.value.reason


# ---- the four lists ----


def test_urdu_workbook_under_its_title():
    source = open_list(made.LAHORE)

    assert (source.kind, source.form, source.header, source.sheets) == ("contacts", "sheet", 2, ["گاہک", "پرانی"])
    assert meanings(made.LAHORE) == ["leave", "name", "firm", "phone", "place", "birthday", "since", "total", "notes"]
    assert source.guess.region == "PK"
    rows = dict(source.rows())
    assert len(rows) == 182
    assert rows[7][3] == 3365453105
    assert rows[4][6] == datetime.date(2014, 7, 5)
    assert rows[13][8] == "=1+1", "a note that begins with = is a formula to the spreadsheet, and must not vanish"
    assert rows[186] == ["", "کل", "", "", "", "", "", "=SUM(H4:H185)", ""]


def test_hindi_table_with_semicolons():
    source = open_list(made.DELHI)

    assert (source.kind, source.form, source.guess.region) == ("contacts", "text", "IN")
    assert source.shape == plain_text.Shape("utf-8-sig", ";")
    assert meanings(made.DELHI) == ["name", "firm", "phone", "phone", "email", "place", "birthday", "language", "notes"]
    rows = dict(source.rows())
    assert len(rows) == 220
    assert rows[2][8] == "पंक्ति एक\nपंक्ति दो"
    assert rows[4][1] == 'राज "किंग" फ़ैशन'


def test_phone_book():
    source = open_list(made.PHONE)

    rows = [cells for _, cells in source.rows()]
    assert (source.kind, source.form, len(rows)) == ("contacts", "cards", 40)
    assert rows[1][:2] == ["रेखा जोशी", "03184956724"]
    assert rows[4][0] == "सुरेश वर्मा", "folded quoted-printable"
    assert all(cells[0] and cells[1] and cells[7] for cells in rows)


def test_sales():
    source = open_list(made.SALES)

    assert source.kind == "sales"
    assert meanings(made.SALES) == [
        "invoice", "date", "name", "phone", "item", "serial", "quantity", "amount", "currency",
    ]  # fmt: skip
    assert len(list(source.rows())) == 900


def test_rows_can_be_read_again():
    source = open_list(made.DELHI)

    assert list(source.rows()) == list(source.rows())


# ---- other forms ----


def test_old_workbook():
    source = open_list(made.OLD)

    assert [cells for _, cells in source.rows()] == [
        ["عمران خان", 3001234567, datetime.date(2019, 3, 5)],
        ["Sana Butt", "+92 321 7654321", "04-04-2020"],
    ]


def test_open_document(tmp_path):
    source = open_list(made.open_document(tmp_path / "a.ods", made.PEOPLE))

    assert next(source.rows()) == (2, ["عمران خان", "مدینہ ہارڈویئر", "03001234567", "لاہور"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(tmp_path, encoding, delimiter):
    source = open_list(made.table(tmp_path / "a.txt", made.PEOPLE, encoding, delimiter))

    assert [column.title for column in source.columns] == made.PEOPLE[0]
    assert [cells for _, cells in source.rows()] == made.PEOPLE[1:]


def test_windows_encodings_are_told_apart(tmp_path):
    urdu = [["نام", "موبائل"], ["احمد خان", "03001234567"], ["سارہ بٹ", "03217654321"]]
    urdu = [[cell.replace("ی", "ي").replace("ک", "ك").replace("ہ", "ه") for cell in row] for row in urdu]
    western = [["Name", "Phone"], ["José Núñez", "03001234567"], ["Zoë Müller", "03217654321"]]

    arabic = open_list(made.table(tmp_path / "a.csv", [[c.replace("ٹ", "ت") for c in r] for r in urdu], "cp1256"))
    latin = open_list(made.table(tmp_path / "b.csv", western, "cp1252"))

    assert arabic.shape.encoding == "cp1256"
    assert next(arabic.rows())[1][0] == "احمد خان"
    assert latin.shape.encoding == "cp1252"
    assert next(latin.rows())[1][0] == "José Núñez"
    assert open_list(latin.path, encoding="cp1256").shape.encoding == "cp1256", "the user knows better"


def test_one_broken_byte_does_not_change_the_encoding(tmp_path):
    path = made.table(tmp_path / "a.csv", made.PEOPLE * 100)
    path.write_bytes(path.read_bytes() + "\r\nثنا".encode() + b"\xd8")

    assert open_list(path).shape.encoding == "utf-8-sig"


def test_line_that_names_the_delimiter(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=|\r\nName|Phone\r\nAli, junior|03001234567\r\n", "utf-8")

    assert next(open_list(path).rows())[1] == ["Ali, junior", "03001234567"]


def test_stray_quote_swallows_nothing(tmp_path):
    path = tmp_path / "a.csv"
    lines = [f"Person {number},0300123{number:04}" for number in range(100)]
    lines[3] = '"Ali the boss,03001239999'
    path.write_text("Name,Phone\n" + "\n".join(lines), "utf-8")

    assert len(list(open_list(path).rows())) == 100


def test_content_decides_not_the_name(tmp_path):
    shutil.copy(made.LAHORE, tmp_path / "list.csv")
    shutil.copy(made.PHONE, tmp_path / "list.xlsx")

    assert open_list(tmp_path / "list.csv").form == reading.SHEET
    assert open_list(tmp_path / "list.xlsx").form == reading.CARDS


# ---- cards ----


def cards(tmp_path, text: str) -> list[list[str]]:
    path = tmp_path / "a.vcf"
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return [cells for _, cells in open_list(path).rows()]


def test_cards_of_three_versions(tmp_path):
    found = cards(
        tmp_path,
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ali Khan\nN:Khan;Ali;;Dr.;\nTEL;TYPE=CELL:0300-1234567\nTEL;TYPE=HOME:042-35761999\n"
        "EMAIL:ali@example.com\nORG:Ali Traders;Sales\nTITLE:Owner\nADR;TYPE=WORK:;;12 Hall Road;Lahore;Punjab;54000;Pakistan\n"
        "NOTE:pays late\\, but pays\\nalways\nBDAY:19800312\nURL:https://example.com\nPHOTO;ENCODING=b:AAAA\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:4.0\nFN:Sana\nTEL;VALUE=uri:tel:+923217654321\nBDAY:--0405\nEND:VCARD\n",
    )

    assert found[0] == [
        "Ali Khan", "0300-1234567\n042-35761999", "ali@example.com", "Ali Traders Sales", "Owner",
        "12 Hall Road, Punjab, 54000, Pakistan", "Lahore", "1980-03-12",
        "pays late, but pays\nalways\nURL: https://example.com",
    ]  # fmt: skip
    assert (found[1][0], found[1][1], found[1][7]) == ("Sana", "+923217654321", "--04-05")


def test_a_card_nobody_can_read_costs_no_other(tmp_path):
    found = cards(
        tmp_path,
        "BEGIN:VCARD\nVERSION:2.1\nTEL;CELL:03001234567\nN:=D8;broken\nthis is no property\nX-ODD;;;=:1\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=AB=D9=86=\n=D8=A7\nTEL;CELL:03217654321\n",
    )

    assert [cells[1] for cells in found] == ["03001234567", "03217654321"]
    assert found[1][0] == "ثنا", "the file was cut off, the card is kept"


# ---- refusals ----


def test_locked_workbook(tmp_path):
    assert refusal(made.locked_workbook(tmp_path / "a.xlsx")) == "password"


def test_cell_far_away_ends_the_child_and_not_the_program(tmp_path):
    assert refusal(made.workbook(tmp_path / "a.xlsx", made.PEOPLE, far=(1_048_576, 16_384))) == "far"


def test_damaged_workbooks(tmp_path):
    whole = made.LAHORE.read_bytes()
    for number, content in enumerate((whole[:9000], whole[:40], b"PK\x03\x04" + bytes(500), made.OLD.read_bytes()[:700])):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(content)
        assert refusal(path) == "damaged"


def test_sheet_cut_in_the_middle(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(made.LAHORE) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[: len(content) // 2] if name.endswith("sheet1.xml") else content)

    assert refusal(path) == "damaged"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"Name,Phone\r\n", "empty"),
        (b"\r\n\r\n,,,\r\n", "empty"),
        (b"%PDF-1.7 ...", "type"),
        (b"\x89PNG\r\n\x1a\n", "type"),
        (b"MZ\x90\x00", "type"),
        (bytes(range(256)) * 20, "type"),
        (b"<html><table><tr><td>Name</td></tr></table></html>", "web_page"),
        (b"BEGIN:VCARD\r\n", "damaged"),
    ],
)
def test_what_is_no_list(tmp_path, content, reason):
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    assert refusal(path) == reason


def test_zip_that_is_no_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("word/document.xml", "<w/>")

    assert refusal(path) == "type"


def test_empty_workbook(tmp_path):
    assert refusal(made.workbook(tmp_path / "a.xlsx", [])) == "empty"
    assert refusal(made.workbook(tmp_path / "b.xlsx", [made.PEOPLE[0]])) == "empty"


def test_file_that_is_gone_or_too_large(tmp_path):
    assert refusal(tmp_path / "gone.csv") == "missing"
    with (tmp_path / "big.csv").open("wb") as stream:
        stream.truncate(reading.LARGEST + 1)
    assert refusal(tmp_path / "big.csv") == "big"


# ---- the child process ----


def test_child_works_from_a_path_with_spaces_and_urdu_letters_without_a_locale(tmp_path):
    home = tmp_path / "میرا پروگرام ہے"
    home.mkdir()
    shutil.copytree(ROOT / "loyalapp", home / "loyalapp", ignore=shutil.ignore_patterns("__pycache__", "static", "*.po"))
    shutil.copy(made.LAHORE, home / "گاہک کی فہرست.xlsx")
    script = (
        "import json; from pathlib import Path; from loyalapp.features.imports.sheets import Sheet\n"
        "with Sheet(Path('گاہک کی فہرست.xlsx'), None) as sheet:\n"
        "    print(json.dumps([sheet.names, sum(1 for _ in sheet.rows())]))\n"
    )
    environment = {"LC_ALL": "C", "PATH": os.environ["PATH"], "PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": "1"}

    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], cwd=home, env=environment, capture_output=True, check=True
    )

    assert json.loads(done.stdout) == [["گاہک", "پرانی"], 186]


def test_child_ends_when_only_the_first_rows_are_read(tmp_path):
    path = made.workbook(tmp_path / "a.xlsx", [["Name", "Phone"], *([f"Person {n}", f"0300{n:07}"] for n in range(3000))])
    source = open_list(path)

    rows = source.rows()
    next(rows)
    rows.close()

    assert len(list(source.rows())) == 3000


def test_the_user_can_choose_another_sheet():
    source = open_list(made.LAHORE, sheet=1)

    assert (source.sheet, [cells for _, cells in source.rows()]) == (1, [["کچھ نہیں"]])
    with pytest.raises(UnreadableList) as caught:
        open_list(made.LAHORE, sheet=7)
    assert caught.value.reason == "sheet"
