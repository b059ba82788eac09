"""Photos of the broken part: looked at and cleaned before they are kept, with the problem, in the database.

There they are copied with every backup, seen at every desk, moved, given out and erased with the customer.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, func, select

from loyalapp import sdk

from . import steps
from .models import Photo, Problem

_ = sdk.texts("issues").gettext

MOST = 8  # of one problem
LARGEST = 20_000_000  # bytes; more is not even read
HIGHEST_ID = 2**31 - 1
KEPT_FOR_UNDO = timedelta(hours=12)
ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}
SHOWN = (Photo.removed_at.is_(None),)


class Shown(NamedTuple):
    """A picture as it is sent."""

    content: bytes
    mimetype: str
    name: str


def add(problem_id: int, content: bytes) -> int:
    """Keep a photo with its problem, cleaned.

    :raises LoyalAppError: for what is no picture, one that cannot be drawn, or one too many.
    """
    problem = steps.get(problem_id)
    if count(problem.id) >= MOST:
        raise _too_many()
    sdk.db.session.rollback()  # drawing takes its time, and nothing waits for it
    clean = sdk.clean_picture(content)
    steps.found(problem_id)
    if count(problem_id) >= MOST:
        raise _too_many()
    _clear_away(problem_id)
    photo = Photo(
        problem_id=problem_id,
        mimetype=clean.mimetype,
        content=clean.content,
        small=clean.small,
        width=clean.width,
        height=clean.height,
    )
    sdk.db.session.add(photo)
    sdk.db.session.commit()
    return photo.id


def _too_many() -> sdk.LoyalAppError:
    words = _("At most %(count)s photos can be kept with one problem.", count=sdk.format_number(MOST))
    return sdk.LoyalAppError(words, field="photo")


def _clear_away(problem_id: int) -> None:
    """Those that were removed and that nobody brings back any more."""
    old = Photo.removed_at < sdk.now() - KEPT_FOR_UNDO
    sdk.db.session.execute(delete(Photo).where(Photo.problem_id == problem_id, old))


def on_page(problem: Problem) -> dict[str, Any]:
    """The piece of a problem's page with its photos."""
    return {"photos": of(problem.id), "most_photos": MOST}


def of(problem_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The photos of a problem without their dots, the first first."""
    query = select(Photo.id, Photo.width, Photo.height, Photo.added_at)
    return sdk.db.session.execute(query.where(Photo.problem_id == problem_id, *SHOWN).order_by(Photo.id)).all()


def count(problem_id: int) -> int:
    """How many there are."""
    query = select(func.count()).select_from(Photo).where(Photo.problem_id == problem_id, *SHOWN)
    return sdk.db.session.scalar(query) or 0


def shown(photo_id: int, *, is_small: bool) -> Shown:
    """One as it is sent to the page.

    :raises NotFound: if there is none, or its customer was removed.
    """
    photo = _found(photo_id)
    if photo.removed_at is not None:
        raise _gone()
    if is_small:
        return Shown(photo.small, "image/png", f"photo-{photo.id}-small.png")
    return Shown(photo.content, photo.mimetype, f"photo-{photo.id}.{ENDINGS[photo.mimetype]}")


def for_sheet(problem_id: int) -> dict[str, bytes]:
    """All of a problem by the names under which a sheet finds them."""
    query = select(Photo.content).where(Photo.problem_id == problem_id, *SHOWN).order_by(Photo.id)
    return {f"photo-{number}": content for number, content in enumerate(sdk.db.session.scalars(query), 1)}


def remove(photo_id: int) -> int:
    """Take a photo away; answers with its problem. It can be brought back for a while."""
    photo = _found(photo_id)
    photo.removed_at = sdk.now()
    sdk.db.session.commit()
    return photo.problem_id


def bring_back(photo_id: int) -> int:
    """Undo of that."""
    photo = _found(photo_id)
    if count(photo.problem_id) >= MOST:
        raise _too_many()
    photo.removed_at = None
    sdk.db.session.commit()
    return photo.problem_id


def held(customer_id: int) -> dict[int, int]:
    """How many photos we hold of each problem of a customer."""
    query = (
        select(Photo.problem_id, func.count())
        .join(Problem, Problem.id == Photo.problem_id)
        .where(Problem.customer_id == customer_id, *SHOWN)
        .group_by(Photo.problem_id)
    )
    return {row[0]: row[1] for row in sdk.db.session.execute(query)}


def _found(photo_id: int) -> Photo:
    photo = sdk.db.session.get(Photo, photo_id) if 0 < photo_id <= HIGHEST_ID else None
    if photo is None:
        raise _gone()
    steps.get(photo.problem_id)
    return photo


def _gone() -> sdk.NotFound:
    return sdk.NotFound(_("This photo is not here any more."))
