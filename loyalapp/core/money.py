"""Amounts of money: whole minor units (paisa) with a currency, and how people in Pakistan and India write them."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from loyalapp.core.textkeys import norm, to_ascii

_LONGEST = 60  # characters of a cell that holds an amount and nothing else
MOST = 10**15  # ten thousand crore rupees in paisa; a larger number is a phone or a typing mistake


class _Digits(dict[str, int]):
    """How many decimals a currency has (ISO 4217): `DIGITS[currency]`, two where nothing else is known."""

    def __missing__(self, currency: str) -> int:
        return 2


DIGITS = _Digits(
    dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0)  # noqa: SIM905 -- a list of codes reads better
    | {"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3, "CLF": 4}
)

# What may stand beside the number, and of which currencies it can speak.
_RUPEES = ("PKR", "INR", "NPR", "LKR")
_SIGNS = {
    "rs": _RUPEES, "re": _RUPEES, "rupee": _RUPEES, "rupees": _RUPEES, "rupaye": _RUPEES, "₨": _RUPEES,
    "روپے": _RUPEES, "روپیہ": _RUPEES, "روپیے": _RUPEES, "रु": _RUPEES, "रू": _RUPEES, "रुपये": _RUPEES,
    "रुपए": _RUPEES, "रुपया": _RUPEES, "₹": ("INR",), "$": ("USD",), "us$": ("USD",), "€": ("EUR",), "£": ("GBP",),
    "dh": ("AED",), "dhs": ("AED",),
}  # fmt: skip
# "Cr" is left out on purpose: it is crore to one bookkeeper and credit to the next.
_MULTIPLES = {
    1: ("only", "صرف", "मात्र"),
    100_000: ("lakh", "lakhs", "lac", "lacs", "لاکھ", "लाख"),
    10_000_000: ("crore", "crores", "کروڑ", "करोड़"),
    1_000: ("k", "thousand", "hazar", "hazaar", "ہزار", "हज़ार"),
}
_CURRENCIES_OF = {norm(sign) or sign: currencies for sign, currencies in _SIGNS.items()}
_TIMES = {norm(word): factor for factor, words in _MULTIPLES.items() for word in words}

_NUMBER = re.compile(r"(?!0\d)(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d+)(?:\.\d*)?|\.\d+")  # 0300… is a phone
_WORDS = r"[^\d\s().,/-](?:[^\d().,/-]*[^\d\s().,/-])?"
_AMOUNT = re.compile(
    rf"(?P<minus>[-(])?\s*(?:(?P<before>{_WORDS})\.?)?\s*(?P<minus2>-)?\s*(?P<number>{_NUMBER.pattern})"
    r"\s*(?:/[-=]*|=)?\s*(?P<after>[^\d()]*?)\s*\)?"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (paisa, cents) of a currency (ISO 4217). Amounts of two currencies never mix."""

    minor: int
    currency: str

    @property
    def major(self) -> Decimal:
        """The amount in rupees, exact."""
        return Decimal(self.minor).scaleb(-DIGITS[self.currency])

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other).minor

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added or compared")
        return other


def parse(text: str, currency: str) -> int:
    """Minor units from an amount as people write it: "Rs. 732,000/-", "۷۳۳,۰۰۰", "1,25,000.50", "2.5 لاکھ", "-500".

    :raises ValueError: where it is not one amount of this currency, or can be read in two ways ("1.234", "12,5").
    """
    found = _AMOUNT.fullmatch(_spaces_between_digits_out(to_ascii(text))) if len(text) <= _LONGEST else None
    if not found or (found["minus"] == "(") != (")" in text) or (found["minus"] and found["minus2"]):
        raise ValueError(f"not an amount: {text!r}")
    factor = _factor(found["before"] or "", currency) * _factor(found["after"], currency)
    amount = from_number(Decimal(found["number"].replace(",", "")) * factor, currency, exact=True)
    return -amount if found["minus"] or found["minus2"] else amount


def from_number(number: Decimal | float, currency: str, *, exact: bool = False) -> int:
    """Minor units from the number in a spreadsheet's cell, rounded half up.

    :param exact: refuse instead of rounding.
    :raises ValueError: where it is no number, too large, or (with `exact`) has more decimals than the currency.
    """
    try:
        minor = Decimal(str(number)).scaleb(DIGITS[currency])
        whole = minor.quantize(Decimal(1), ROUND_HALF_UP)
        fits = abs(whole) <= MOST and (whole == minor or not exact)
    except InvalidOperation:
        raise ValueError(f"not an amount: {number!r}") from None
    if not fits:
        raise ValueError(f"not an amount of {currency}: {number!r}")
    return int(whole)


def _spaces_between_digits_out(text: str) -> str:
    """Groups parted by spaces, as some programs write them (12 34 567); other spaces stay."""
    if re.search(r"\d \d", text) and re.search(r"(?<!\d)\d{1,3}(?: \d{2,3})* \d{3}(?!\d)", text):
        return re.sub(r"(?<=\d) (?=\d)", "", text)
    return text


def _factor(words: str, currency: str) -> int:
    """What the words beside a number mean for it: a currency sign one, a lakh 100,000.

    :raises ValueError: for the sign of another currency and for words that are not known.
    """
    factor = 1
    for word in re.findall(r"[^\s.]+", words):
        key = norm(word) or word
        if key in _TIMES:
            factor *= _TIMES[key]
        elif currency not in _CURRENCIES_OF.get(key, (key.upper(),)):
            raise ValueError(f"{word!r} is not {currency}")
    return factor
