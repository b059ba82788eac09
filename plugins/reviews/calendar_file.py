"""The coming reviews as a calendar file (.ics) for one's own phone or calendar program, in the reader's language.

What was agreed with a customer stands there with its hour, the others as something of the whole day.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, func, select

from loyalapp import sdk

from . import talks
from .models import Review
from .year import Visit

_ = sdk.texts("reviews").gettext
HELD_SO_FAR = (
    select(Review.customer_id, func.count())
    .where(Review.customer_id.in_(bindparam("ids", expanding=True)), Review.state == "closed")
    .group_by(Review.customer_id)
)
CHUNK = 400
A_TALK = timedelta(minutes=15)  # as we ask for it
KEY = "reviews.calendar"


def make(visits: Sequence[Visit]) -> bytes:
    """The file. Each review keeps its UID until it is held, so that bringing the file in again moves it."""
    import icalendar  # noqa: PLC0415 -- slow import

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//LoyalApp//Reviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Reviews"))
    stamp = sdk.now().astimezone(UTC)
    book = _book()
    for start in range(0, len(visits), CHUNK):
        for one in _events(visits[start : start + CHUNK], book):
            event = icalendar.Event()
            for name, value in one.items():
                event.add(name, value)
            event.add("dtstamp", stamp)
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(visits: Sequence[Visit], book: str) -> list[dict[str, object]]:
    ids = [one.customer_id for one in visits]
    people = {one.id: one for one in sdk.customers.listed(ids)}
    held = dict(sdk.rows(HELD_SO_FAR, {"ids": ids}).all())
    events = []
    for one in visits:
        if (person := people.get(one.customer_id)) is None:
            continue
        event: dict[str, object] = {
            "uid": f"review-{one.customer_id}-{held.get(one.customer_id, 0) + 1}@{book}",
            "summary": _summary(one) % {"name": sdk.customers.addressed(person)},
            "categories": [_("Reviews")],
            **_when(one.day, one.talk),
        }
        note = one.talk.note if one.talk else ""
        event |= {"description": "\n".join(filter(None, (note, person.number)))} if note or person.number else {}
        where = ", ".join(text for text in (person.firm, person.place) if text)
        events.append(event | ({"location": where} if where else {}))
    return events


def _summary(one: Visit) -> str:
    wants_to_be_asked = one.talk is not None and one.talk.state == talks.LATER
    return _("Ask %(name)s for a talk") if wants_to_be_asked else _("Review: %(name)s")


def _when(day: date, talk: Any) -> dict[str, object]:
    """The hour that was agreed, in the world's time, which every calendar knows; else the whole day."""
    if talk is None or not talk.hour or talk.day != day:
        return {"dtstart": day, "dtend": day + timedelta(days=1), "transp": "TRANSPARENT"}
    here = datetime.combine(day, time.fromisoformat(talk.hour), sdk.local(sdk.now()).tzinfo).astimezone(UTC)
    return {"dtstart": here, "dtend": here + A_TALK, "transp": "OPAQUE"}


def _book() -> str:
    """Tells the reviews of one firm from those of another in the same calendar, made up once."""
    kept: str = sdk.settings.get(KEY, "")
    if not kept:
        kept = uuid4().hex[:12]
        sdk.settings.put(KEY, kept)
    return f"{kept}.loyalapp"
