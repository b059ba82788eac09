"""Days to come as people say them: "tomorrow", "3", "2 weeks", "fri", "کل", "अगले हफ़्ते", "25/12"."""

import re
from datetime import date, timedelta

from loyalapp.core.days import parse_day
from loyalapp.core.textkeys import norm, to_ascii

YEARS_AHEAD = 20  # a year of two digits may lie ahead: a promise for 5/3/27 is not of 1927
MOST_DAYS = 2000
_SAID = {
    0: "today aaj آج आज",
    1: "tomorrow tom kal کل कल",
    2: "parson parso پرسوں परसों",
    3: "tarson نرسوں ترسوں नरसों",
}
_IN_DAYS = {norm(word): days for days, words in _SAID.items() for word in words.split()}
_WEEKDAYS = (
    "monday mon پیر سوموار सोमवार सोम",
    "tuesday tue tues منگل मंगलवार मंगल",
    "wednesday wed بدھ बुधवार बुध",
    "thursday thu thurs جمعرات गुरुवार गुरु बृहस्पतिवार वीरवार",
    "friday fri جمعہ शुक्रवार शुक्र",
    "saturday sat ہفتہ سنیچر शनिवार शनि",
    "sunday sun اتوار रविवार रवि इतवार",
)
_WEEKDAY = {norm(word): number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
_DAYS, _WEEKS, _MONTHS = 1, 7, 30
_LENGTHS = {
    _DAYS: "day days d din دن दिन",
    _WEEKS: "week weeks w hafta hafte ہفتہ ہفتے हफ़्ता हफ़्ते सप्ताह",
    _MONTHS: "month months m mahina mahine مہینہ مہینے ماہ महीना महीने माह",
}
_LENGTH = {norm(word): days for days, words in _LENGTHS.items() for word in words.split()}
_NEXT = frozenset(map(norm, ("next", "agle", "اگلے", "اگلا", "अगले", "अगला")))
_LATER = frozenset(map(norm, ("in", "after", "mein", "me", "baad", "میں", "بعد", "में", "बाद")))
_COUNTED = re.compile(r"(\d{1,4}) ?(\D*)")


def soon(text: str, today: date) -> date:
    """The day that a few words mean, seen from `today`; a lone number counts days.

    :raises ValueError: for what cannot be understood, or is no day of the calendar.
    """
    typed = to_ascii(text)
    days = _days(typed, today)
    if days is not None:
        if days > MOST_DAYS:
            raise ValueError(f"far too many days: {text!r}")
        return today + timedelta(days=days)
    found = parse_day(typed, latest_year=today.year + YEARS_AHEAD)
    return found.as_date() or found.next_from(today)


def _days(typed: str, today: date) -> int | None:
    words = [one for one in norm(typed).split() if one not in _LATER]
    if counted := _COUNTED.fullmatch(" ".join(words)):
        length = _LENGTH.get(counted[2]) if counted[2] else _DAYS
        return int(counted[1]) * length if length else None
    if len(words) == 1 and words[0] in _IN_DAYS:
        return _IN_DAYS[words[0]]
    is_next = len(words) == 2 and words[0] in _NEXT
    last = words[-1] if len(words) == 1 or is_next else ""
    if is_next and last in _LENGTH:
        return _LENGTH[last]
    if last in _WEEKDAY:
        return (_WEEKDAY[last] - today.weekday() - 1) % 7 + 1
    return None
