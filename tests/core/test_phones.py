"""Numbers as they stand in real lists of Pakistan and India."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalapp.core import phones

READ = [
    ("PK", "0325-2378747", "+923252378747"),
    ("PK", "0092-325-2378747", "+923252378747"),
    ("PK", "3365453105", "+923365453105"),
    ("PK", "3365453105.0", "+923365453105"),
    ("PK", "+92 330 4647368", "+923304647368"),
    ("PK", "۰۳۴۵۲۲۶۴۵۲۵", "+923452264525"),
    ("PK", "+92 (0)300 1234567", "+923001234567"),
    ("PK", "923001234567", "+923001234567"),
    ("PK", "(0300) 123-45-67", "+923001234567"),
    ("PK", "\u202a+92\u00a0300 1234567\u202c", "+923001234567"),
    ("PK", "0300–1234567", "+923001234567"),
    ("PK", "042-35761234", "+924235761234"),
    ("PK", "042 111 222 333", "+9242111222333"),
    ("PK", "+917771116355", "+917771116355"),
    ("PK", "8138935263", "+918138935263"),
    ("PK", "06295990447", "+916295990447"),
    ("IN", "8138935263", "+918138935263"),
    ("IN", "८१३८९३५२६३", "+918138935263"),
    ("IN", "06295990447", "+916295990447"),
    ("IN", "917771116355", "+917771116355"),
    ("IN", "9123456789", "+919123456789"),
    ("IN", "95023 41301", "+919502341301"),
    ("IN", "011-23197925", "+911123197925"),
    ("IN", "033-2222-3333", "+913322223333"),
    ("IN", "0300-1234567", "+923001234567"),
    ("IN", "+92 300 1234567", "+923001234567"),
    ("AE", "050 123 4567", "+971501234567"),
    ("AE", "0092 300 1234567", "+923001234567"),
    ("", "+44 20 7946 0958", "+442079460958"),
]
REFUSED = [
    "", "+", "00", "0", "112", "030012345", "030012345678", "Ali 03001234567", "0300 1234567 ext 5", "call me",
    "+92 12", "+999 123456789", "=1+1", "3.37E+09", "0300*1234567", "\u0000", "1" * 400,
]  # fmt: skip


@pytest.mark.parametrize(("region", "text", "e164"), READ)
def test_numbers_as_typed(region, text, e164):
    assert phones.parse(text, region) == e164


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("region", ["PK", "IN", "AE", ""])
def test_what_is_no_number_is_refused(text, region):
    with pytest.raises(ValueError, match="phone number"):
        phones.parse(text, region)


@pytest.mark.parametrize(
    ("e164", "region", "text"),
    [
        ("+923004567890", "PK", "+92 300 4567890"),
        ("+923004567890", "IN", "+92 300 4567890"),
        ("+919822045678", "IN", "+91 98220 45678"),
        ("+924235761234", "PK", "(042) 35761234"),
        ("+924235761234", "IN", "+92 42 35761234"),
        ("+911123197925", "IN", "011 2319 7925"),
        ("+442079460958", "PK", "+44 20 7946 0958"),
        ("kept as it was", "PK", "kept as it was"),
    ],
)
def test_shown_in_the_spacing_people_know(e164, region, text):
    assert phones.shown(e164, region) == text


def test_how_many_digits_are_missing():
    assert phones.missing_digits("0300 123456", "PK") == 1
    assert phones.missing_digits("+92 300 12345678", "PK") == -1
    assert phones.missing_digits("98220 4567", "IN") == 1
    assert phones.missing_digits("+91 98220 4567", "PK") == 1
    for text in ("0300", "", "words", "042 3576", "1 98220 4567"):
        assert phones.missing_digits(text, "PK") == 0


CELLS = [
    ("8867373016, 7431209618", ["+918867373016", "+917431209618"], []),
    ("0300-1234567 / 0321-7654321", ["+923001234567", "+923217654321"], []),
    ("0300 1234567 0321 7654321", ["+923001234567", "+923217654321"], []),
    ("۰۳۰۰۱۲۳۴۵۶۷ یا ۰۳۲۱۷۶۵۴۳۲۱", ["+923001234567", "+923217654321"], []),
    ("Ali: 0300 1234567, office 042-35761234", ["+923001234567", "+924235761234"], ["Ali", "office"]),
    ("03001234567(Ali)", ["+923001234567"], ["(Ali)"]),
    ("Mob.03001234567 WhatsApp", ["+923001234567"], ["Mob WhatsApp"]),
    ("03001234567/68", ["+923001234567"], ["68"]),
    ("03001234567\n03001234567;", ["+923001234567"], []),
    ("042/35761234", ["+924235761234"], []),
    ("042-35761234-5", ["+924235761234"], ["-5"]),
    ("042-35761234-36 / 0300-1234567", ["+924235761234", "+923001234567"], ["-36"]),
    ("12-5", [], ["12-5"]),
    ("नहीं है", [], ["नहीं है"]),
    ("3365453105.0", ["+923365453105"], []),
    ("x" * 5000, [], ["x" * 5000]),
    ("", [], []),
    (None, [], []),
    (3365453105, ["+923365453105"], []),
]


@pytest.mark.parametrize(("cell", "numbers", "rest"), CELLS)
def test_cells_with_several_numbers(cell, numbers, rest):
    assert phones.numbers_in(cell, "PK") == (numbers, rest)


def test_a_column_says_in_which_country_it_was_written():
    delhi = ["८१३८९३५२६३", "06295990447", "83986 89183", "+917771116355", "", None]
    lahore = ["03037861998", 3365453105, "۰۳۴۵۲۲۶۴۵۲۵", "0092-325-2378747"]
    kolkata = ["033 2222 3333", "033 2222 3334", "033 2222 3335", "033 2222 3336"]
    assert {phones.likely_region(delhi, home) for home in ("PK", "IN", "AE")} == {"IN"}
    assert {phones.likely_region(lahore, home) for home in ("PK", "IN", "AE")} == {"PK"}
    assert phones.likely_region(kolkata, "IN") == "IN"
    assert phones.likely_region([], "AE") == "AE"


digits = st.text("0123456789", min_size=8, max_size=8)


@given(
    network=st.sampled_from(["30", "31", "32", "33", "34"]),
    rest=digits,
    start=st.sampled_from(["0", "", "+92", "0092", "92", "+92 0", "+92(0)"]),
    script=st.sampled_from(["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९"]),
    gap=st.sampled_from(["", " ", "-", "."]),
)
def test_every_way_of_writing_a_pakistani_mobile(network, rest, start, script, gap):
    typed = f"{start}{gap}{network}{rest[:1]}{gap}{rest[1:]}".translate(str.maketrans("0123456789", script))
    e164 = f"+92{network}{rest}"
    assert phones.parse(typed, "PK") == e164
    assert phones.parse(phones.shown(e164, "PK"), "PK") == e164


@given(first=st.sampled_from("6789"), rest=st.text("0123456789", min_size=9, max_size=9),
       start=st.sampled_from(["", "0", "+91", "0091", "91", "+91 0", "+91-"]))  # fmt: skip
def test_every_way_of_writing_an_indian_mobile(first, rest, start):
    e164 = f"+91{first}{rest}"
    assert phones.parse(f"{start}{first}{rest[:4]} {rest[4:]}", "IN") == e164
    assert phones.parse(phones.shown(e164, "IN"), "IN") == e164


@given(st.text(max_size=120) | st.text("0123456789+-/, ()", max_size=60), st.sampled_from(["PK", "IN", "AE", ""]))
def test_no_cell_breaks_the_reading(text, region):
    numbers, _rest = phones.numbers_in(text, region)
    assert all(number.startswith("+") and number[1:].isdigit() for number in numbers)
    for number in numbers:
        assert phones.parse(phones.shown(number, region), region) == number
