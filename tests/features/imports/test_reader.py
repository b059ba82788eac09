"""One row at a time: every value ends in a field, in the notes, or in the account of what was not taken."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyalapp.core.textkeys import plain
from loyalapp.features.imports import names, words
from loyalapp.features.imports.choices import proposed
from loyalapp.features.imports.columns import Guess, guess
from loyalapp.features.imports.reader import Reader
from loyalapp.features.imports.reading import SourceList
from loyalapp.features.imports.rows import ContactRow, NotTaken, SaleRow
from loyalapp.features.imports.sale_reader import SaleReader

TODAY = date(2026, 11, 21)
CONTACTS = ["نام", "فرم", "موبائل", "ای میل", "جنم دن", "پہلا سودا", "زبان", "نوٹ", "پسندیدہ رنگ"]
SALES = ["Invoice", "Date", "Customer", "Mobile", "Item", "Serial", "Qty", "Amount", "Currency", "Salesman"]


def reader(titles: list[str], region: str = "PK") -> Reader:
    found = guess(titles, [])
    source = SourceList(None, "text", Guess(found.kind, found.columns, "dmy", region), 0, heading=titles)  # type: ignore[arg-type] -- no file is needed
    kind = SaleReader if found.kind == "sales" else Reader
    return kind(source, proposed(source, region), currency="PKR", today=TODAY)


def contact(region: str = "PK", **cells) -> ContactRow:
    row = [
        cells.get(title, "")
        for title in ("name", "firm", "phone", "email", "birthday", "since", "language", "notes", "more")
    ]
    found = reader(CONTACTS, region).read(7, row)
    assert isinstance(found, ContactRow), found
    return found


def sale(**cells):
    usual = {"date": "12/03/2024", "name": "Ali", "phone": "03001234567", "item": "Fan"} | cells
    keys = ("invoice", "date", "name", "phone", "item", "serial", "qty", "amount", "currency", "salesman")
    return reader(SALES).read(7, [usual.get(key, "") for key in keys])


# ---- phones ----


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("03001234567", ["+923001234567"]),
        (3001234567, ["+923001234567"]),
        ("+92 300 1234567", ["+923001234567"]),
        ("0092-300-1234567", ["+923001234567"]),
        ("۰۳۰۰۱۲۳۴۵۶۷", ["+923001234567"]),
        ("'03001234567", ["+923001234567"]),
        ('="03001234567"', ["+923001234567"]),
        ("03001234567, 0321-7654321", ["+923001234567", "+923217654321"]),
        ("03001234567 / 0321-7654321\n03001234567", ["+923001234567", "+923217654321"]),
        ("+91 98765 43210", ["+919876543210"]),
        ("نہیں ہے", []),
        ("-", []),
    ],
)
def test_phones(cell, numbers):
    row = contact(name="Ali", phone=cell)

    assert (row.phones, row.remarks) == (numbers, [])


def test_indian_phones():
    assert contact("IN", name="ا", phone="८१३८९३५२६३").phones == ["+918138935263"]
    assert contact("IN", name="ا", phone="8867373016, 7431209618").phones == ["+918867373016", "+917431209618"]
    assert contact("IN", name="ا", phone="011-23197925").phones == ["+911123197925"]


def test_what_is_no_phone_is_kept():
    row = contact(name="Ali", phone="0300 12, ask his brother")

    assert row.phones == []
    assert {one.why for one in row.remarks} == {"not_phone"}
    assert all(f"موبائل: {one.value}" in row.notes for one in row.remarks)


# ---- names ----


@pytest.mark.parametrize(
    ("cell", "name", "form"),
    [
        ("श्री राजेश गुप्ता", "राजेश गुप्ता", "श्री"), ("श्रीमती रेखा", "रेखा", "श्रीमती"),
        ("डॉ. Sana Shaikh", "Sana Shaikh", "डॉ."),
        ("डॉ.सना शेख", "सना शेख", "डॉ."), ("Dr.Sana Shaikh", "Sana Shaikh", "Dr."), ("Mr Imran", "Imran", "Mr"),
        ("جناب عمران", "عمران", "جناب"), ("ڈاکٹر ثنا بٹ", "ثنا بٹ", "ڈاکٹر"), ("عمران صاحب", "عمران", "صاحب"),
        ("राजेश जी", "राजेश", "जी"), ("Rajesh bhai sahab", "Rajesh", "bhai sahab"), ("Dr", "Dr", None),
        ("Mohd. Shaikh", "Mohd. Shaikh", None), ("Sardar Khan", "Sardar Khan", None),
        ("श्रद्धा त्रिपाठी", "श्रद्धा त्रिपाठी", None),
        ("A.K. Sharma", "A.K. Sharma", None),
    ],
)  # fmt: skip
def test_form_of_address_is_taken_off(cell, name, form):
    assert names.parted(cell)[:2] == (name, form)


def test_two_forms_are_kept_as_they_were_written():
    row = contact(name="ڈاکٹر عمران صاحب")

    assert (row.name, row.form) == ("عمران", "ڈاکٹر")
    assert "نام: ڈاکٹر عمران صاحب" in row.notes


@pytest.mark.parametrize(
    ("whole", "given", "family", "name", "others"),
    [
        ("Ali Khan", "Ali", "Khan", "Ali Khan", []),
        ("Guddu", "Ali", "Khan", "Guddu", ["Ali Khan"]),
        ("", "Ali", "Khan", "Ali Khan", []),
    ],
)
def test_first_and_last_name_beside_a_whole_one_are_kept_unless_it_says_them(whole, given, family, name, others):
    row = reader(["Name", "First name", "Last name", "Mobile"]).read(7, [whole, given, family, "03001234567"])

    assert isinstance(row, ContactRow)
    assert (row.name, row.other_names) == (name, others)


def test_without_a_name():
    firm, number = contact(firm="M/s Ali Traders", phone="03001234567"), contact(phone="03001234567")

    assert (firm.name, firm.firm, firm.kind) == ("M/s Ali Traders", None, "firm")
    assert number.name == "+92 300 1234567"
    assert number.remarks[0].why == "unnamed"


def test_name_of_ten_thousand_letters_is_cut_and_kept_whole():
    row = contact(name="ا" * 10_000)

    assert len(row.name) == 200
    assert "نام: " + "ا" * 10_000 in row.notes


# ---- days, languages, notes ----


@pytest.mark.parametrize(
    ("cell", "birth"),
    [
        ("03-01-1962", (1962, 1, 3)), ("۱۰/۰۲/۸۸", (1988, 2, 10)), ("04 Apr", (None, 4, 4)),
        (date(1998, 11, 8), (1998, 11, 8)),
        ("14.04.1981", (1981, 4, 14)), ("०४/११/१९९०", (1990, 11, 4)), ("--04-05", (None, 4, 5)), (36526, (2000, 1, 1)),
    ],
)  # fmt: skip
def test_birthdays(cell, birth):
    assert contact(name="ا", birthday=cell).birth == birth


@pytest.mark.parametrize(
    ("field", "cell", "why"),
    [
        ("birthday", "31/02/1990", "not_day"), ("birthday", "1990", "year_only"), ("birthday", 1990, "year_only"),
        ("birthday", "01/01/2031", "not_day"), ("birthday", "soon", "not_day"), ("since", "2018", "year_only"),
        ("since", "04 Apr", "not_day"), ("since", "32/13/2019", "not_day"), ("language", "Sindhi?", "not_language"),
        ("email", "no at sign", "not_email"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_a_note_and_counted(field, cell, why):
    row = contact(name="ا", **{field: cell})

    assert [(one.number, one.value, one.why) for one in row.remarks] == [(7, str(cell), why)]
    assert row.notes == [f"{row.remarks[0].column}: {cell}"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("ur", "ur"), ("Hindi", "hi"), ("हिन्दी", "hi"), ("हिंदी", "hi"), ("اردو", "ur"), ("Roman Urdu", "ur-Latn"),
     ("Hinglish", "hi-Latn"), ("ENGLISH", "en"), ("رومن", "ur-Latn")],
)  # fmt: skip
def test_languages(cell, code):
    assert contact(name="ا", language=cell).language == code


def test_notes_keep_their_lines_and_columns_nobody_knows_are_kept():
    row = contact(name="ا", notes="پہلی\nدوسری", more="سبز")

    assert row.notes == ["پہلی\nدوسری", "پسندیدہ رنگ: سبز"]
    assert row.remarks == []


def test_cells_beyond_the_last_heading_are_kept():
    found = reader(CONTACTS).read(7, ["Ali", *[""] * 8, "stray"])

    assert found.notes == ["J: stray"]
    assert found.remarks[0].why == "beyond"


def test_formula_in_a_note_stays_text():
    assert contact(name="ا", notes="=1+1").notes == ["=1+1"]


# ---- rows that are not taken ----


def test_rows_without_anybody():
    read = reader(CONTACTS).read

    assert read(1, ["", "", "", "", "", "", "", "یاد رہے"]) == NotTaken(1, "nobody", "یاد رہے")
    assert read(2, ["کل", "", "", "", "", "", "", "=SUM(A1:A9)"]).why == "total"
    assert read(3, list(CONTACTS)).why == "header"
    assert read(4, ["x" * 300_000]).why == "long"


# ---- sales ----


def test_a_sale():
    row = sale(invoice="INV-1", serial="SN5", qty="2 pcs", amount="Rs. 1,25,000/-", currency="inr", salesman="Bilal")

    assert isinstance(row, SaleRow)
    assert (row.bought_on, row.item, row.quantity) == (date(2024, 3, 12), "Fan (pcs)", Decimal(2))
    assert (row.amount, row.currency, row.invoice, row.serial) == (12_500_000, "INR", "INV-1", "SN5")
    assert row.notes == ["Salesman: Bilal"]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"date": ""}, "no_day"), ({"date": "31/02/2020"}, "not_day"), ({"date": "2019"}, "not_day"),
        ({"date": "01/01/2031"}, "future"), ({"amount": "-500"}, "return"), ({"name": "", "phone": ""}, "nobody"),
    ],
)  # fmt: skip
def test_sales_that_are_not_taken(cells, why):
    found = sale(**cells)

    assert isinstance(found, NotTaken)
    assert found.why == why


def test_odd_values_of_a_sale_are_kept():
    row = sale(qty="many", amount="on credit", currency="barter")

    assert (row.quantity, row.amount, row.currency) == (Decimal(1), None, "PKR")
    assert {one.why for one in row.remarks} == {"not_quantity", "not_amount", "not_currency"}


# ---- whatever comes ----

cells = st.one_of(
    st.text(max_size=40),
    st.integers(-10, 10**13),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(1850, 1, 1), date(2100, 1, 1)),
    st.booleans(),
    st.sampled_from(
        ["0300 1234567", "31/02/1990", "نہیں ہے", "=1+1", "श्री", "Total", "2018", "ur", "a@b.pk", "\x00", "\u202eabc"]
    ),
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(cells, min_size=1, max_size=12), st.sampled_from([CONTACTS, SALES]))
def test_no_row_breaks_the_reader_and_no_value_vanishes(row, titles):
    found = reader(titles).read(3, list(row))

    if isinstance(found, NotTaken):
        assert found.number == 3
        return
    assert found.name
    assert all(number.startswith("+") for number in found.phones)
    kept = plain(" ".join(found.notes))
    note = row[7] if titles is CONTACTS and len(row) > 7 else ""
    if isinstance(note, str) and not words.is_none(plain(note)):
        assert plain(note.removeprefix("'")) in kept
    for cell in row[len(titles) :]:
        if isinstance(cell, int) and not isinstance(cell, bool):
            assert str(cell) in kept


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_a_form_of_address_and_the_name_are_all_of_the_name(text):
    name = plain(text)
    found = names.parted(name)

    assert found.name or not name
    assert len(found.name) <= len(name)
    assert set(found.name) <= set(name)
