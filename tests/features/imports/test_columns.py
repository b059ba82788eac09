"""What a column means is guessed by its header in three languages, and by what stands in it."""

import pytest

from loyalapp.features.imports import choices, layout, reading
from loyalapp.features.imports.columns import by_header, guess
from loyalapp.features.imports.refusals import UnreadableList
from tests.features.imports import made


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("Name", "name"), ("Customer Name", "name"),
        ("نام", "name"), ("ग्राहक का नाम", "name"), ("پارٹی کا نام", "name"),
        ("Company Name", "firm"), ("دکان / کمپنی", "firm"), ("फ़र्म", "firm"), ("फर्म", "firm"), ("Shop name", "firm"),
        ("Mobile No.", "phone"), ("Customer Phone", "phone"), ("موبائل", "phone"), ("मोबाइल नं.", "phone"),
        ("दूसरा फ़ोन", "phone"), ("Phone 1 - Value", "phone"), ("WhatsApp", "phone"),
        ("E-mail", "email"), ("ای میل", "email"), ("ईमेल", "email"), ("E-mail 1 - Value", "email"),
        ("City", "place"), ("شہر", "place"), ("शहर", "place"), ("علاقہ", "locality"), ("पता", "address"),
        ("Date of Birth", "birthday"), ("تاریخِ پیدائش", "birthday"), ("जन्मदिन", "birthday"), ("DOB", "birthday"),
        ("First deal", "since"), ("پہلا سودا", "since"), ("पहला सौदा", "since"), ("Customer since", "since"),
        ("زبان", "language"), ("भाषा", "language"), ("کل خریداری (روپے)", "total"), ("नोट", "notes"), ("نوٹ", "notes"),
        ("Invoice No", "invoice"), ("Invoice Date", "date"), ("Bill date", "date"), ("बिल नंबर", "invoice"),
        ("Item Name", "item"), ("پروڈکٹ", "item"),
        ("Qty", "quantity"), ("تعداد", "quantity"), ("Amount (Rs.)", "amount"),
        ("Serial No.", "serial"), ("Sr. No.", "leave"), ("نمبر شمار", "leave"), ("क्र. सं.", "leave"), ("#", "leave"),
        ("Favourite colour", None), ("", None),
    ],
)  # fmt: skip
def test_headers(title, meaning):
    assert by_header(title) == meaning


def test_content_decides_where_the_header_can_mean_two_things():
    phones = [["03001234567"], ["0321 7654321"]]

    assert guess(["نمبر"], phones).columns[0].meaning == "phone"
    assert guess(["نمبر", "نام"], [[1, "ا"], [2, "ب"], [3, "پ"]]).columns[0].meaning == "leave"
    assert guess(["Serial", "Item", "Date"], [[1, "a", ""], [2, "b", ""], [3, "c", ""]]).columns[0].meaning == "leave"
    assert guess(["Contact", "Phone"], [["Ali", "03001234567"], ["Sana", ""]]).columns[0].meaning == "name"


@pytest.mark.parametrize(
    ("price", "paid"), [("Rate", "Amount"), ("ریٹ", "رقم"), ("रेट", "राशि"), ("Unit Price", "Total")]
)
def test_what_was_paid_is_the_amount_and_not_what_one_piece_costs(price, paid):
    found = guess(["Date", "Customer", "Item", "Qty", price, paid], [["05/03/2024", "Ali", "Fan", "2", "500", "1000"]])

    assert [column.meaning for column in found.columns][-2:] == ["keep", "amount"]


def test_a_price_alone_is_the_amount():
    found = guess(["Date", "Customer", "Item", "Price"], [["05/03/2024", "Ali", "Fan", "500"]])

    assert found.columns[-1].meaning == "amount"


def test_list_without_a_header(tmp_path):
    rows = [["Ali Khan", "03001234567", "ali@example.com"], ["Sana Butt", "03217654321", "sana@example.com"]]
    source = reading.open_list(made.table(tmp_path / "a.csv", rows))

    assert source.header is None
    assert [column.meaning for column in source.columns] == ["name", "phone", "email"]
    assert len(list(source.rows())) == 2
    assert reading.title_of(source.columns[1]) == "B"


def test_first_row_of_people_is_no_header():
    assert layout.header_row([["Ali Electric Store", "Lahore"], ["Khan Clinic", "Karachi"]]) is None


def test_header_in_unknown_words_over_figures():
    rows = [["Bezeichnung", "Ziffer"], ["Ali", "03001234567"], ["Sana", "03217654321"]]

    assert layout.header_row(rows) == 0


def test_header_under_titles_and_empty_rows():
    rows = [
        ["Customer list 2024", "", ""],
        ["", "", ""],
        ["printed 3 May", "", ""],
        ["Name", "Phone", "City"],
        ["Ali", "1", "x"],
    ]

    assert layout.header_row(rows) == 3


@pytest.mark.parametrize(
    "row",
    [
        ["", "کل", "", "=SUM(H4:H185)"],
        ["कुल योग", "", 4500],
        ["Total:", "", "Rs. 7,32,000/-"],
        ["Grand Total", "١٢٣"],
    ],
)
def test_totals(row):
    assert layout.is_total(row)


@pytest.mark.parametrize(
    "row", [["کل", "03001234567"], ["Total Traders", "", 4], ["Total", "Lahore"], ["", ""], ["Ali", 4500]]
)
def test_no_totals(row):
    assert not layout.is_total(row)


def test_twin_headers_and_several_phones():
    found = guess(
        ["Name", "Phone", "Phone", "City", "City"], [["Ali", "03001234567", "03217654321", "Lahore", "Multan"]]
    )

    assert [column.meaning for column in found.columns] == ["name", "phone", "phone", "place", "place"], (
        "the second city goes into the notes"
    )


def test_order_of_days_and_country():
    month_first = guess(["Name", "Birthday"], [["Ali", "12/25/1990"], ["Sana", "03/04/1991"]])
    both = guess(["Name", "Birthday"], [["Ali", "12/25/1990"], ["Sana", "25/12/1991"]])

    assert (month_first.order, both.order) == ("mdy", "dmy")
    assert guess(["Phone"], [["9876543210"], ["03001234567"], ["7012345678"]]).region == "IN"
    assert guess(["Phone"], [["+919876543210"], ["03001234567"]]).region == "PK"
    assert guess(["Phone"], [["+919876543210"]]).region is None


def test_wishes_overrule_the_guess():
    base = choices.proposed(reading.open_list(made.DELHI), "PK")

    wished = choices.chosen(
        base, {"column-8": "leave", "column-1": "nonsense", "region": "PK", "stage": "prospect", "order": "x"}
    )

    assert base.region == "IN"
    assert (wished.region, wished.stage, wished.order) == ("PK", "prospect", "dmy")
    assert (wished.columns[8].meaning, wished.columns[1].meaning) == ("leave", "firm")


def test_a_list_of_nobody_is_refused():
    base = choices.proposed(reading.open_list(made.PHONE), "PK")

    with pytest.raises(UnreadableList) as caught:
        choices.chosen(base, {f"column-{index}": "leave" for index in range(9)})

    assert caught.value.reason == "columns"
