"""Today's lines as they are walked or driven: by locality, on a sheet, and as a short text for one's own phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from loyalapp.core import phones
from loyalapp.core.alphabet import in_order
from loyalapp.core.clock import now, today
from loyalapp.core.formats import format_day
from loyalapp.core.i18n import _, isolate_text
from loyalapp.core.textkeys import norm
from loyalapp.features.briefing import sheets
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff
from loyalapp.features.today import service as todays

MOST_LETTERS = 350  # of one piece of the text: more dots than that and a phone no longer reads them from a screen


@dataclass(frozen=True)
class Stop:
    """One place of the round, with who is to be talked to there; "" where no place is written down."""

    place: str
    lines: Sequence[Any]


def stops(day: date | None = None) -> list[Stop]:
    """Today's lines of whoever sits here, by locality, else by town; those without a place at the end.

    What has to wait is not carried along.
    """
    found: dict[str, list[Any]] = {}
    names: dict[str, str] = {}
    for line in todays.known_day(day or today(), staff.at_desk()).lines:
        if line.first.held is None:
            place = line.customer.locality or line.customer.place or ""
            names.setdefault(norm(place), place)
            found.setdefault(norm(place), []).append(line)
    return [Stop(names[key], found[key]) for key in in_order(found, names.__getitem__)]


def shown_number(line: Any) -> str:
    """The number of a line as people read it."""
    return isolate_text(phones.shown(line.number, settings.firm().region), ltr=True) if line.number else ""


def texts(found: Sequence[Stop]) -> list[str]:
    """The day as text in as few pieces as a phone reads from the screen."""
    pieces: list[str] = []
    for block in _blocks(found):
        if pieces and len(pieces[-1]) + len(block) < MOST_LETTERS:
            pieces[-1] = f"{pieces[-1]}\n{block}"
        else:
            pieces.append(block)
    return pieces


def _blocks(found: Sequence[Stop]) -> Iterator[str]:
    yield _("My day, %(day)s", day=format_day(today()))
    for stop in found:
        for place, line in enumerate(stop.lines):
            where = stop.place or _("Without a place")
            head = f"\n{where}:\n" if place == 0 else ""
            number = _plain(shown_number(line))
            # A sign that no phone shows keeps the number in its order behind a name in Urdu.
            who = " · ".join(filter(None, (line.addressed, line.customer.firm, number and f"\u200e{number}")))
            yield f"{head}- {who}\n  {_plain(line.first.what)}"


def _plain(text: str) -> str:
    """Without the signs that part directions, which a chat shows as boxes on old phones."""
    return "".join(one for one in text if one not in "\u2066\u2067\u2068\u2069")


def sheet(found: Sequence[Stop]) -> bytes:
    """The day as PDF."""
    sections = [(stop.place or _("Without a place"), [_row(line) for line in stop.lines]) for stop in found]
    return sheets.make(_("My day, %(day)s", day=isolate_text(format_day(today()))), [], sections, _whose())


def _row(line: Any) -> tuple[str, str]:
    who = [line.addressed, line.customer.firm, shown_number(line)]
    what = [line.first.what, line.first.why, *(one.what for one in line.folded if one.held is None)]
    return "\n".join(filter(None, who)), "\n".join(filter(None, what))


def _whose() -> str:
    desk = staff.at_desk()
    return staff.names([desk]).get(desk, "") if desk is not None else settings.firm().sender


def save_sheet(found: Sequence[Stop]) -> Path:
    """Write the sheet into the exports folder.

    :raises LoyalAppError: if the disk is full.
    """
    return sheets.save(f"my-day-{now():%Y%m%d-%H%M%S}.pdf", sheet(found))
