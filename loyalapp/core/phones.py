"""Phone numbers as people in Pakistan and India type them, stored as E.164 and shown in the spacing they know.

Nearly every number is a mobile of one of the two countries: those are read by a short rule, all others by the
phonenumbers library, which is only then imported. A number without its country is read as one of the firm's own
country; where that cannot be, a mobile of the neighbour's shape is taken as the neighbour's.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from loyalapp.core.textkeys import norm, to_ascii

_PAKISTAN, _INDIA = "92", "91"
# A national mobile, with or without its 0, with its country's number written +92, 0092, 92 or +92 (0).
_MOBILES = {
    _PAKISTAN: re.compile(r"(?:(?:\+|00)?920?|0)?(3\d{9})"),
    _INDIA: re.compile(r"(?:(?:\+|00)?910?|0)?([6-9]\d{9})"),
}
_ABROAD = {
    _PAKISTAN: re.compile(r"(?:\+|00)?920?(3\d{9})"),
    _INDIA: re.compile(r"(?:\+|00)?910?([6-9]\d{9})"),
}
# The neighbour's mobile without its country: eleven digits from 06 to 09 are no Pakistani landline (those have ten).
_INDIAN_AT_PAKISTANI = re.compile(r"0?([6-9]\d{9})")
_PAKISTANI_AT_INDIAN = re.compile(r"0?(3[0-6]\d{8})")
_COUNTRY_OF = {"PK": _PAKISTAN, "IN": _INDIA}
_MOBILE_DIGITS = 10

_TYPED = re.compile(r"\+?[\d ()./-]*")
_BETWEEN = re.compile(r"[ ()./-]")
_FLOAT = re.compile(r"(\d{9,})\.0")  # a spreadsheet's number that went through a float
_CELL_PARTS = re.compile(r"[,;|،؛\n\r\t]+")
_PAIR_PARTS = re.compile(r"[/&\\]|\s(?:or|and|اور|یا|और|या|व)\s")
_SEVERAL_LINES = re.compile(r"(.*\d)\s*([-–]\s*\d{1,2})")  # "042-35761234-5": that number and the next
_GLUED_LABEL = re.compile(r"(?<=[^\W\d_])[\s.:=-]*(?=[+(]?\d)|(?<=\d)(?=[^\W\d_]|\()|(?<=[:=])(?=[+(]?\d)")
_LONGEST_RUN = 6  # a number is typed in at most so many pieces
_LONGEST_CELL = 2000  # more is a text, not a cell of numbers


def parse(text: str, region: str) -> str:
    """The number in E.164, such as "+923001234567".

    :param region: country of a number that names none ("PK", "IN", …).
    :raises ValueError: where it is not one complete phone number; see `missing_digits`.
    """
    typed = _typed(text)
    if number := _mobile(typed, region):
        return number
    try:
        return _by_library(typed, region)
    except ValueError:
        if region == "IN" and (found := _PAKISTANI_AT_INDIAN.fullmatch(typed)):
            return f"+{_PAKISTAN}{found[1]}"
        raise


def missing_digits(text: str, region: str) -> int:
    """How many digits a mistyped mobile lacks (negative: has too many), 0 where that cannot be said."""
    try:
        digits = _typed(text)
    except ValueError:
        return 0
    country = _COUNTRY_OF.get(region)
    for prefix in ("+92", "0092", "+91", "0091", "0", ""):
        if digits.startswith(prefix) and (rest := digits.removeprefix(prefix)) and (prefix or country):
            missing = _MOBILE_DIGITS - len(rest)
            return missing if abs(missing) <= 2 and _begins_mobile(rest, prefix, country) else 0
    return 0


def shown(e164: str, region: str = "") -> str:
    """The number in its usual spacing: "+92 300 4567890", "+91 98220 45678"; landlines of `region` as dialled there."""
    if len(e164) == 13:
        if e164.startswith("+923"):
            return f"+92 {e164[3:6]} {e164[6:]}"
        if e164.startswith("+91") and e164[3] in "6789":
            return f"+91 {e164[3:8]} {e164[8:]}"
    return _shown_by_library(e164, region)


def numbers_in(text: str, region: str) -> tuple[list[str], list[str]]:
    """All numbers of a cell that may hold several ("a, b / c", "Ali: 0300…"), and what is left of it. Never raises."""
    numbers: list[str] = []
    left: list[str] = []
    text = str(text or "")
    if len(text) > _LONGEST_CELL:
        return [], [text]
    for part in _CELL_PARTS.split("\n".join(map(to_ascii, text.splitlines()))):
        _read_part(part.strip(), region, numbers, left)
    return list(dict.fromkeys(numbers)), [rest for rest in left if norm(rest)]


def likely_region(texts: Iterable[str], region: str) -> str:
    """The country in which a whole column of numbers was written down: `region`, unless its mobiles say the neighbour.

    A Delhi list stays Indian in a shop in Lahore, and the other way round.
    """
    begins: dict[str, set[str]] = {"PK": set(), "IN": set()}
    counts = {"PK": 0, "IN": 0}
    for text in texts:
        digits = _BETWEEN.sub("", to_ascii(str(text or "")))
        for country, shape in (("PK", _PAKISTANI_AT_INDIAN), ("IN", _INDIAN_AT_PAKISTANI)):
            if found := shape.fullmatch(digits):
                counts[country] += 1
                begins[country].add(found[1][:2])
    likely = max(counts, key=lambda country: counts[country])
    # 033… alone is Kolkata, not a Pakistani network: mobiles begin in several ways.
    sure = counts[likely] >= 3 and counts[likely] >= 4 * min(counts.values()) and len(begins[likely]) > 1
    return likely if sure else region


def _typed(text: str) -> str:
    """Digits with a leading + or none."""
    text = to_ascii(text)
    if found := _FLOAT.fullmatch(text):
        text = found[1]
    if not _TYPED.fullmatch(text):
        raise ValueError(f"not a phone number: {text!r}")
    return _BETWEEN.sub("", text)


def _mobile(typed: str, region: str) -> str | None:
    for country in (_PAKISTAN, _INDIA):
        rule = _MOBILES if _COUNTRY_OF.get(region) == country else _ABROAD
        if (found := rule[country].fullmatch(typed)) and (region in _COUNTRY_OF or typed[0] in "+0"):
            return f"+{country}{found[1]}"
    if region == "PK" and (found := _INDIAN_AT_PAKISTANI.fullmatch(typed)):
        return f"+{_INDIA}{found[1]}"
    return None


def _by_library(typed: str, region: str) -> str:
    import phonenumbers  # noqa: PLC0415 -- slow import

    if not 5 <= len(typed) <= 18:
        raise ValueError(f"not a phone number: {typed!r}")
    if typed.startswith("00"):
        typed = f"+{typed[2:]}"
    try:
        number = phonenumbers.parse(typed, region or None)
    except phonenumbers.NumberParseException as error:
        raise ValueError(f"not a phone number: {typed!r}") from error
    if not phonenumbers.is_valid_number(number):
        raise ValueError(f"no such phone number: {typed!r}")
    e164: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return e164


def _begins_mobile(rest: str, prefix: str, country: str | None) -> bool:
    if prefix.endswith(_PAKISTAN):
        country = _PAKISTAN
    elif prefix.endswith(_INDIA):
        country = _INDIA
    return rest[0] == "3" if country == _PAKISTAN else country == _INDIA and rest[0] in "6789"


@lru_cache(maxsize=2048)
def _shown_by_library(e164: str, region: str) -> str:
    import phonenumbers  # noqa: PLC0415 -- slow import

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    at_home = phonenumbers.region_code_for_number(number) == region
    forms = phonenumbers.PhoneNumberFormat
    text: str = phonenumbers.format_number(number, forms.NATIONAL if at_home else forms.INTERNATIONAL)
    return text


def _read_part(part: str, region: str, numbers: list[str], left: list[str]) -> None:
    """One part of a cell: a number, else two beside a slash, else words with numbers between them."""
    if not part:
        return
    if number := _number(part, region):
        numbers.append(number)
    elif len(pieces := [piece.strip() for piece in _PAIR_PARTS.split(part)]) > 1:
        for piece in pieces:
            _read_part(piece, region, numbers, left)
    elif (several := _SEVERAL_LINES.fullmatch(part)) and (number := _number(several[1], region)):
        numbers.append(number)
        left.append(several[2])
    else:
        _read_words(part, region, numbers, left)


def _read_words(part: str, region: str, numbers: list[str], left: list[str]) -> None:
    words = _GLUED_LABEL.sub(" ", part).split()
    rest: list[str] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _LONGEST_RUN), at, -1):
            if number := _number(" ".join(words[at:end]), region):
                numbers.append(number)
                at = end
                break
        else:
            rest.append(words[at])
            at += 1
    if rest:
        left.append(part if len(rest) == len(words) else " ".join(rest))


def _number(text: str, region: str) -> str | None:
    if not 7 <= sum(map(str.isdigit, text)) <= 15:
        return None
    try:
        return parse(text, region)
    except ValueError:
        return None
