"""Amounts as shopkeepers write them."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalapp.core import money
from loyalapp.core.money import Money

WRITTEN = [
    ("Rs. 732,000/-", 732_000),
    ("Rs.732000/-", 732_000),
    ("۷۳۳,۰۰۰", 733_000),
    ("۱٬۲۳۴٫۵", Decimal("1234.5")),
    ("۱،۲۳۴", 1234),
    ("1,25,000.50", Decimal("125000.5")),
    ("12,34,567", 1_234_567),
    ("1,234,567.00", 1_234_567),
    ("12 34 567", 1_234_567),
    ("1\u00a0234\u00a0567", 1_234_567),
    ("2.5 لاکھ", 250_000),
    ("1.5 lakh", 150_000),
    ("2 करोड़", 20_000_000),
    ("3 crore", 30_000_000),
    ("5 ہزار", 5_000),
    ("Rs .50", Decimal("0.5")),
    ("Rs.50", 50),
    ("Rs 3 lakh only", 300_000),
    ("1250 रुपये", 1250),
    ("रु.500/-", 500),
    ("500 روپے", 500),
    ("५००", 500),
    ("500/=", 500),
    ("-500", -500),
    ("\u2212500", -500),
    ("Rs -500", -500),
    ("(500)", -500),
    (".50", Decimal("0.5")),
    ("0", 0),
]
NOT_AMOUNTS = [
    "", "abc", "Rs.", "=SUM(H4:H185)", "5 Cr", "500-600", "0300-1234567", "03001234567", "1e5", "nan", "(500", "500)",
    "--5", "1.234", "12,5", "1,23", "1 lakh 50", "$50", "9" * 18, "5" * 500, " " * 5000 + "x", "नहीं है",
]  # fmt: skip


@pytest.mark.parametrize(("text", "rupees"), WRITTEN)
@pytest.mark.parametrize("currency", ["PKR", "INR"])
def test_amounts_as_written(text, rupees, currency):
    assert money.parse(text, currency) == rupees * 100


@pytest.mark.parametrize("text", NOT_AMOUNTS)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match=r"amount|is not"):
        money.parse(text, "PKR")


def test_the_sign_of_another_currency_is_refused():
    assert money.parse("₹1,250", "INR") == 125_000
    assert money.parse("PKR 500", "PKR") == 50_000
    for text, currency in [("₹1,250", "PKR"), ("INR 500", "PKR"), ("PKR 500", "INR"), ("Rs 500", "AED")]:
        with pytest.raises(ValueError, match="is not"):
            money.parse(text, currency)


def test_decimals_follow_the_currency():
    assert (money.DIGITS["PKR"], money.DIGITS["JPY"], money.DIGITS["KWD"]) == (2, 0, 3)
    assert money.parse("1.234", "KWD") == 1234
    assert money.parse("500.0", "JPY") == 500
    with pytest.raises(ValueError, match="amount"):
        money.parse("0.5", "JPY")


def test_numbers_of_a_spreadsheet():
    assert money.from_number(1249.9999999998, "INR") == 125_000
    assert money.from_number(89500.0, "PKR") == 8_950_000
    assert money.from_number(0.005, "PKR") == 1
    for number in (float("nan"), float("inf"), 1e30):
        with pytest.raises(ValueError, match="amount"):
            money.from_number(number, "PKR")


def test_amounts_of_two_currencies_never_mix():
    assert Money(150, "PKR") + Money(50, "PKR") - Money(100, "PKR") == Money(100, "PKR")
    assert -Money(5, "INR") < Money(5, "INR")
    assert Money(12345, "PKR").major == Decimal("123.45")
    assert not Money(0, "PKR")
    with pytest.raises(ValueError, match="PKR and INR"):
        Money(1, "PKR") + Money(1, "INR")


def indian(digits):
    """The grouping of lakh and crore, written by hand."""
    head, tail = digits[:-3], digits[-3:]
    groups = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*groups, tail])


ARABIC, DEVANAGARI = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"), str.maketrans("0123456789", "०१२३४५६७८९")


@given(
    rupees=st.integers(0, 10**12),
    paisa=st.integers(0, 99),
    group=st.sampled_from([str, indian, lambda digits: f"{int(digits):,}"]),
    digits=st.sampled_from([{}, ARABIC, DEVANAGARI]),
    frame=st.sampled_from(["{}", "Rs. {}", "Rs {}/-", "{} روپے", "रु. {}", " {} "]),
    below=st.booleans(),
)
def test_every_way_of_writing_is_read_back(rupees, paisa, group, digits, frame, below):
    number = ("-" if below else "") + group(str(rupees)) + (f".{paisa:02d}" if paisa else "")
    expected = rupees * 100 + paisa
    assert money.parse(frame.format(number.translate(digits)), "PKR") == (-expected if below else expected)


@given(st.text(max_size=80))
def test_any_text_is_an_amount_or_a_value_error(text):
    with contextlib.suppress(ValueError):
        assert abs(money.parse(text, "PKR")) <= money.MOST
