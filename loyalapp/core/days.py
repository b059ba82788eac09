"""Calendar days as people write them, with or without a year: "04 Apr", "31-03-1997", "۲۵/۰۸/۶۵", "5 मार्च"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from loyalapp.core import clock
from loyalapp.core.textkeys import norm, to_ascii

FIRST_YEAR, LAST_YEAR = 1850, 2150  # beyond them it is another calendar (1405 is Hijri) or a typing mistake
_LEAP_YEAR = 2000
_LONGEST = 60

# Full names and short forms of each month in the three languages; another beginning that fits one month only will do.
_MONTHS = (
    "january jan जनवरी जन جنوری",
    "february feb फ़रवरी फर فروری",
    "march mar मार्च مارچ",
    "april apr अप्रैल अप्रेल अप्रिल اپریل",
    "may मई مئی",
    "june jun जून جون",
    "july jul जुलाई जुल جولائی",
    "august aug अगस्त अग اگست",
    "september sept sep सितंबर सितम्बर सित ستمبر",
    "october oct अक्टूबर अक्तूबर अक्टू اکتوبر",
    "november nov नवंबर नवम्बर नव نومبر",
    "december dec दिसंबर दिसम्बर दिस دسمبر",
)
_MONTH_OF = {norm(name): month for month, names in enumerate(_MONTHS, start=1) for name in names.split()}
_SHORTEST_BEGINNING = 3

_TIME_OF_DAY = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}.*$")
_WITHOUT_YEAR = re.compile(r"--(\d{2})-?(\d{2})")  # vCard
_ONE_NUMBER = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,4})\s*([-/.\s])\s*(\d{1,2})(?:\s*[-/.\s]\s*(\d{4}|\d{1,2}))?\.?")
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.]\s*(\d{2}))?\s*(?:([ap])\.?m\.?)?")
_WORD_OR_NUMBER = re.compile(r"\d+|[^\W\d_][^\d,/\s-]*")
_ORDINALS = frozenset({"st", "nd", "rd", "th", "of", "the", "को", "کو", "वी", "وی"})
_WEEKDAYS = (
    "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun"
    " सोमवार सोम मंगलवार मंगल बुधवार बुध गुरुवार गुरु बृहस्पतिवार वीरवार शुक्रवार शुक्र शनिवार शनि रविवार रवि इतवार"
    " پیر سوموار منگل بدھ جمعرات جمعہ ہفتہ سنیچر اتوار"
)
_LEFT_OUT = _ORDINALS | set(map(norm, _WEEKDAYS.split()))


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A day whose year may be unknown, as birthdays often are. 29 February without a year is a valid day.

    :raises ValueError: where the calendar has no such day.
    """

    year: int | None
    month: int
    day: int

    def __post_init__(self) -> None:
        date(_LEAP_YEAR if self.year is None else self.year, self.month, self.day)

    @classmethod
    def of(cls, day: date) -> "PartialDay":
        """The same day, with its year."""
        return cls(day.year, day.month, day.day)

    def as_date(self) -> date | None:
        """The calendar day, None where the year is not known."""
        return None if self.year is None else date(self.year, self.month, self.day)

    def in_year(self, year: int) -> date:
        """When it comes round in that year; 29 February is kept on the 28th in common years."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return date(year, self.month, 28)

    def next_after(self, day: date) -> date:
        """When it comes round next, later than `day`; see `next_from` for "today or later"."""
        this_year = self.in_year(day.year)
        return this_year if this_year > day else self.in_year(day.year + 1)

    def next_from(self, day: date) -> date:
        """When it comes round next, `day` itself included."""
        this_year = self.in_year(day.year)
        return this_year if this_year >= day else self.in_year(day.year + 1)

    def years_on(self, day: date) -> int | None:
        """How many full years have passed on `day`; None where the year is not known."""
        return None if self.year is None else day.year - self.year - (day < self.in_year(day.year))

    def text(self) -> str:
        """How it is stored and exported: "1997-03-31", or "--03-31" without a year. `parse_day` reads it back."""
        year = "-" if self.year is None else f"{self.year:04d}"
        return f"{year}-{self.month:02d}-{self.day:02d}"


def parse_day(text: str, order: str = "dmy", latest_year: int | None = None) -> PartialDay:
    """The day that a text means: "31-03-1997", "25/8/65", "4 Apr", "Apr 4, 1990", "1997-03-31", "۵ مارچ ۱۹۸۰".

    :param order: how numbers stand where that can be read in two ways, "dmy" or "mdy"; a year of four digits in front
        is always year, month, day.
    :param latest_year: the last year that two digits can mean, this year if not given (birthdays and past deals); a
        form for days to come passes a later one.
    :raises ValueError: for what is no day of the calendar (31 February) or cannot be understood.
    """
    if len(text) > _LONGEST:
        raise ValueError("too long for a day")
    typed = _TIME_OF_DAY.sub("", to_ascii(text))
    parts = _exact(typed) or _numbers(typed, order) or _words(typed)
    if not parts:
        raise ValueError(f"not a day: {text!r}")
    year, month, day = parts
    return PartialDay(_full_year(year, latest_year), month, day)


def parse_time(text: str) -> str:
    """The time of day that a text means, as "HH:MM": "9", "9:30", "21.30", "9 pm", "۹:۳۰".

    :raises ValueError: for what is no time of a day.
    """
    found = _TIME.fullmatch(to_ascii(text).strip().casefold())
    if not found:
        raise ValueError(f"not a time: {text!r}")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        raise ValueError(f"not a time: {text!r}")
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    if hour > 23 or minute > 59:
        raise ValueError(f"not a time: {text!r}")
    return f"{hour:02d}:{minute:02d}"


def likely_order(texts: Iterable[str]) -> str:
    """The order in which a whole column of dates was written: "mdy" where days beyond 12 stand second only."""
    first = second = 0
    for text in texts:
        if found := _NUMBERS.fullmatch(to_ascii(str(text))):
            first += 12 < int(found[1]) <= 31
            second += 12 < int(found[3]) <= 31
    return "mdy" if second and not first else "dmy"


_Parts = tuple[str | None, int, int]


def _exact(typed: str) -> _Parts | None:
    """Forms that machines write."""
    if found := _WITHOUT_YEAR.fullmatch(typed):
        return None, int(found[1]), int(found[2])
    if found := _ONE_NUMBER.fullmatch(typed):
        return found[1], int(found[2]), int(found[3])
    return None


def _numbers(typed: str, order: str) -> _Parts | None:
    found = _NUMBERS.fullmatch(typed)
    if not found:
        return None
    first, sign, second, third = found.groups()
    if len(first) == 4:
        return (first, int(second), int(third)) if third and len(third) < 4 else None
    if len(first) == 3 or (third and len(third) == 1) or (not third and sign not in "-/"):  # 3.5 is a number
        return None
    left, right = int(first), int(second)
    # What can only be read one way is read that way: 12/25 is Christmas in either order.
    month_first = (order == "mdy" and left <= 12) or (left <= 12 < right)
    return (third, left, right) if month_first else (third, right, left)


def _words(typed: str) -> _Parts | None:
    """A day with the month's name, in any order of the two, the year last or left out."""
    tokens = [norm(token) for token in _WORD_OR_NUMBER.findall(typed)]
    tokens = [token for token in tokens if token and token not in _LEFT_OUT]
    numbers = [token for token in tokens if token.isdigit()]
    names = [token for token in tokens if not token.isdigit()]
    month = _month(names[0]) if len(names) == 1 else None
    if not month or len(numbers) not in (1, 2) or tokens.index(names[0]) > 1:
        return None
    if len(numbers[0]) == 4:  # 1990 March 5
        numbers.reverse()
    if len(numbers[0]) > 2 or (len(numbers) == 2 and len(numbers[1]) not in (2, 4)):
        return None
    return numbers[1] if len(numbers) == 2 else None, month, int(numbers[0])


def _month(name: str) -> int | None:
    if name in _MONTH_OF:
        return _MONTH_OF[name]
    if len(name) < _SHORTEST_BEGINNING:
        return None
    fitting = {month for full, month in _MONTH_OF.items() if full.startswith(name)}
    return fitting.pop() if len(fitting) == 1 else None


def _full_year(digits: str | None, latest_year: int | None) -> int | None:
    if digits is None:
        return None
    year = int(digits)
    if len(digits) == 2:
        latest = latest_year or clock.now().year
        year += latest // 100 * 100
        return year if year <= latest else year - 100
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no year of our calendar: {digits}")
    return year
