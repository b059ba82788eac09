"""The coming reviews as a calendar file (.ics) for one's own phone or calendar program, in the reader's language."""

from collections.abc import Sequence
from datetime import UTC, timedelta
from uuid import uuid4

from sqlalchemy import bindparam, func, select

from loyalapp import sdk

from .models import Review
from .year import Visit

_ = sdk.texts("reviews").gettext
HELD_SO_FAR = (
    select(Review.customer_id, func.count())
    .where(Review.customer_id.in_(bindparam("ids", expanding=True)), Review.state == "closed")
    .group_by(Review.customer_id)
)
CHUNK = 400
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
            "summary": _("Review: %(name)s", name=sdk.customers.addressed(person)),
            "dtstart": one.day,
            "dtend": one.day + timedelta(days=1),
            "transp": "TRANSPARENT",
            "categories": [_("Reviews")],
        }
        event |= {"description": person.number} if person.number else {}
        where = ", ".join(text for text in (person.firm, person.place) if text)
        events.append(event | ({"location": where} if where else {}))
    return events


def _book() -> str:
    """Tells the reviews of one firm from those of another in the same calendar, made up once."""
    kept: str = sdk.settings.get(KEY, "")
    if not kept:
        kept = uuid4().hex[:12]
        sdk.settings.put(KEY, kept)
    return f"{kept}.loyalapp"
