"""What time it is: moments are UTC, and "today" is the day in the firm's own time zone."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask

from loyalapp.core.moment import this_app

DOUBT = timedelta(hours=1)  # a clock that is put right by that much frightens nobody
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def zone() -> ZoneInfo:
    """The firm's time zone."""
    return ZoneInfo(this_app().config["ZONE"])


def today() -> date:
    """The calendar day at the firm's door."""
    return now().astimezone(zone()).date()


def local(moment: datetime) -> datetime:
    """A stored moment as the firm's wall clock shows it."""
    return moment.astimezone(zone())


def set_zone(app: Flask, name: str) -> None:
    """From now on the firm's day is the day of this zone, such as `Asia/Karachi`."""
    app.config["ZONE"] = ZoneInfo(name).key


def written_ahead(files: Iterable[Path]) -> datetime | None:
    """When files of ours were last written, where that is yet to come: then this computer's clock is wrong.

    Files know the computer's own clock alone, also where ours is stopped.
    """
    latest = max((one.stat().st_mtime for one in files if one.is_file()), default=0.0)
    moment = datetime.fromtimestamp(latest, UTC)
    return moment if moment > datetime.now(UTC) + DOUBT else None


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Stop the clock inside the block (tests and example data)."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
