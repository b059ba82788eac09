"""What is half written in a form: kept a moment after it was typed, so that neither a crash nor a power cut takes it.

Of each form one draft is kept for whoever sits at the desk. It goes when the form was sent, when its customer is
erased, and after two weeks. Fields for PINs and files never get here: the page leaves them out.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select

from loyalapp.core.clock import now
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.features.drafts import place
from loyalapp.features.drafts.models import DRAFT
from loyalapp.features.staff import service as staff

KEPT = timedelta(days=14)
LONGEST_NAME = 300
MOST_FIELDS = 400
MOST_LETTERS = 60_000
HIGHEST_ID = 2**31 - 1
Typed = list[tuple[str, str, str | bool]]  # the name of a field, the value of a tick or choice, what was typed


def keep(page: str, form: str, typed: Any, customer_id: int | None = None, *, beside: bool = False) -> None:
    """Keep what is typed in a form now, in place of what was kept of it; where nothing is, nothing is kept.

    :param beside: what was kept in other fields stays: it was not shown on the page.
    :raises LoyalAppError: if it is nothing that a form could hold.
    """
    told = _checked(page, form, typed)
    if beside:
        names = {(name, which) for name, which, _value in told}
        told = [*told, *(one for one in _known(page).get(form, ({}, None))[0] if (one[0], one[1]) not in names)]
    with place.changing() as link:
        link.execute(delete(DRAFT).where(or_(_is(page, form), DRAFT.c.changed_at < now() - KEPT)))
        if told:
            mine = {"staff_member_id": _writer(), "page": page, "form": form}
            whose = customer_id if customer_id and 0 < customer_id <= HIGHEST_ID else None
            link.execute(insert(DRAFT).values(**mine, customer_id=whose, typed=told, changed_at=now()))


def kept(page: str) -> Mapping[str, tuple[Any, Any]]:
    """What is half written on a page, by form: the fields, and the moment."""
    return _known(page) if _is_place(page, "") else {}


def drop(page: str, form: str) -> None:
    """It was sent, or thrown away."""
    if not _is_place(page, form):
        return
    with place.changing() as link:
        link.execute(delete(DRAFT).where(_is(page, form)))


def forget(customer_ids: Collection[int]) -> None:
    """These customers are erased, in the caller's transaction: their drafts go, and those that may name anybody."""
    place.erase(delete(DRAFT).where(or_(DRAFT.c.customer_id.in_(customer_ids), DRAFT.c.customer_id.is_(None))))


as_then = place.as_then


def _writer() -> int:
    return staff.at_desk() or 0


def _is(page: str, form: str) -> ColumnElement[bool]:
    return and_(DRAFT.c.staff_member_id == _writer(), DRAFT.c.page == page, DRAFT.c.form == form)


def _known(page: str) -> dict[str, tuple[Any, Any]]:
    mine = and_(DRAFT.c.staff_member_id == _writer(), DRAFT.c.page == page, DRAFT.c.changed_at >= now() - KEPT)
    found = place.found(select(DRAFT.c.form, DRAFT.c.typed, DRAFT.c.changed_at).where(mine))
    return {one.form: (one.typed, one.changed_at) for one in found}


def _checked(page: str, form: str, typed: Any) -> Typed:
    if (
        not _is_place(page, form)
        or not isinstance(typed, list)
        or len(typed) > MOST_FIELDS
        or not all(map(_is_field, typed))
    ):
        raise LoyalAppError(_("This did not work. Please go back and try again."))
    if sum(len(str(part)) for one in typed for part in one) > MOST_LETTERS:
        raise LoyalAppError(_("This text is too long to be kept before it is saved."))
    return [(name, which, value) for name, which, value in typed]


def _is_place(page: str, form: str) -> bool:
    return page.startswith("/") and all(_is_text(one) and len(one) <= LONGEST_NAME for one in (page, form))


def _is_field(one: Any) -> bool:
    if not isinstance(one, list) or len(one) != 3:
        return False
    name, which, value = one
    return _is_text(name) and _is_text(which) and (isinstance(value, bool) or _is_text(value))


def _is_text(value: Any) -> bool:
    """Whether it is a text that both databases can hold: without NUL, and without halves of letters."""
    return isinstance(value, str) and not any(one == "\0" or "\ud800" <= one <= "\udfff" for one in value)
