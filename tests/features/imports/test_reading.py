"""Lists of every kind are opened: what they are, where their table stands, and how they are written."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from loyalapp.features.imports import plain_text, reading
from loyalapp.features.imports.reading import open_list
from tests.features.imports import made


def meanings(path: Path) -> list[str]:
    return [column.meaning for column in open_list(path).columns]


# ---- the four lists ----


def test_urdu_workbook_under_its_title():
    source = open_list(made.LAHORE)

    assert (source.kind, source.form, source.header, source.sheets) == ("contacts", "sheet", 2, ["گاہک", "پرانی"])
    assert meanings(made.LAHORE) == ["leave", "name", "firm", "phone", "place", "birthday", "since", "total", "notes"]
    assert source.guess.region == "PK"
    rows = dict(source.rows())
    assert len(rows) == 182
    assert rows[7][3] == 3365453105
    assert rows[4][6] == dt.date(2014, 7, 5)
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
        ["عمران خان", 3001234567, dt.date(2019, 3, 5)],
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
    shutil.copy(made.OLD, tmp_path / "old.xlsx")
    shutil.copy(made.OLD, tmp_path / "nameless")
    made.open_document(tmp_path / "open.xls", made.PEOPLE)

    assert open_list(tmp_path / "list.csv").form == reading.SHEET
    assert open_list(tmp_path / "list.xlsx").form == reading.CARDS
    for name in ("old.xlsx", "nameless", "open.xls"):
        assert len(list(open_list(tmp_path / name).rows())) == 2
