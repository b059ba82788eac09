"""Changes of many customers at once, each a step that can be taken back."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer, Tag
from loyalapp.features.staff import service as staff

PORTION = 500  # ids in one question; some databases bear no more than a few thousand values


def tag(ids: Sequence[int], word: str) -> int | None:
    """Give everybody a tag; answers the step, None where all had it.

    :raises LoyalAppError: for a tag that cannot be one, or without customers.
    """
    key, shown = _checked(ids, word)
    having = _tags_of(ids, key)
    without = [one for one in ids if one not in having]
    if not without:
        return None
    step = bring_back.begin("bulk", {"what": "tag", "count": len(without), "value": shown})
    for some in _portions(without):
        db.session.execute(insert(Tag), [{"customer_id": one, "tag": shown, "tag_key": key} for one in some])
    bring_back.added(step, "customer_tag", list(_tags_of(without, key).values()))
    return _done(step, without)


def untag(ids: Sequence[int], word: str) -> int | None:
    """Take a tag away from everybody; answers the step, None where nobody had it.

    :raises LoyalAppError: for a tag that cannot be one, or without customers.
    """
    key, shown = _checked(ids, word)
    having = _tags_of(ids, key)
    if not having:
        return None
    step = bring_back.begin("bulk", {"what": "untag", "count": len(having), "value": shown})
    bring_back.keep(step, "customer_tag", list(having.values()))
    for some in _portions(list(having.values())):
        db.session.execute(delete(Tag).where(Tag.id.in_(some)))
    return _done(step, list(having))


def hand_over(ids: Sequence[int], staff_member_id: int) -> int | None:
    """Make somebody responsible for all of them; answers the step, None where they were already.

    :raises NotFound: if nobody of this number works here.
    :raises LoyalAppError: if they left, or without customers.
    """
    _some(ids)
    member = staff.get(staff_member_id)
    if member.left_on is not None:
        raise LoyalAppError(_("%(name)s does not work here any more. Please choose somebody else.", name=member.name))
    others = [one for some in _portions(ids) for one in _not_with(some, staff_member_id)]
    if not others:
        return None
    step = bring_back.begin("bulk", {"what": "salesman", "count": len(others), "value": member.name})
    bring_back.keep(step, "customer", others)
    staff.note_deed("bulk", count=len(others))
    for some in _portions(others):
        db.session.execute(
            update(Customer)
            .where(Customer.id.in_(some))
            .values(salesman_id=staff_member_id, version=Customer.version + 1, updated_at=now())
        )
    return _done(step, [])


def _checked(ids: Sequence[int], word: str) -> tuple[str, str]:
    _some(ids)
    found = customers.checked_tags([word])
    if not found:
        raise LoyalAppError(_("Please write a tag, for example “wholesale”."))
    return next(iter(found.items()))


def _some(ids: Sequence[int]) -> None:
    if not ids:
        raise LoyalAppError(_("Nobody is ticked. Please tick the customers, or “everybody on this list”."))


def _tags_of(ids: Sequence[int], key: str) -> dict[int, int]:
    """The ids of the tag's rows, by customer."""
    found: dict[int, int] = {}
    for some in _portions(ids):
        query = select(Tag.customer_id, Tag.id).where(Tag.customer_id.in_(some), Tag.tag_key == key)
        found.update({row.customer_id: row.id for row in db.session.execute(query)})
    return found


def _not_with(ids: Sequence[int], staff_member_id: int) -> Sequence[int]:
    elsewhere = Customer.salesman_id.is_distinct_from(staff_member_id)
    return db.session.scalars(select(Customer.id).where(Customer.id.in_(ids), elsewhere)).all()


def _portions(ids: Sequence[Any]) -> Iterator[list[Any]]:
    return (list(ids[start : start + PORTION]) for start in range(0, len(ids), PORTION))


def _done(step: int, touched: Sequence[int]) -> int:
    """Count the change in each customer's version, so that a form opened before does not undo it unseen."""
    if touched:
        staff.note_deed("bulk", count=len(touched))
    for some in _portions(touched):
        db.session.execute(
            update(Customer).where(Customer.id.in_(some)).values(version=Customer.version + 1, updated_at=now())
        )
    db.session.commit()
    return step
