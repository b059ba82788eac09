"""What can be done with somebody's portfolio: count it, hand it over in one step, and let them leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select, update

from loyalapp.core.clock import now
from loyalapp.core.db import db, rows
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.features.bring_back import images
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.customers.models import Customer
from loyalapp.features.interactions.models import Promise
from loyalapp.features.staff import service as staff

_WHO: Any = bindparam("who")
_OPEN = (Promise.kept_on.is_(None), Promise.broken_on.is_(None))
COUNTS = select(
    select(func.count())
    .select_from(Customer)
    .where(Customer.salesman_id == _WHO, Customer.removed_at.is_(None))
    .scalar_subquery()
    .label("customers"),
    select(func.count())
    .select_from(Promise)
    .join(Customer, Customer.id == Promise.customer_id)
    .where(Promise.staff_member_id == _WHO, *_OPEN, Customer.removed_at.is_(None))
    .scalar_subquery()
    .label("promises"),
)
CUSTOMERS = (  # those in the trash too: whoever is brought back finds somebody who works here
    select(Customer.id, Customer.removed_at)
    .where(Customer.salesman_id == _WHO, Customer.erased_at.is_(None))
    .order_by(Customer.id)
)
PROMISES = select(Promise.id).where(Promise.staff_member_id == _WHO, *_OPEN).order_by(Promise.id)


class NotYet(LoyalAppError):
    """They have promises to keep: somebody must take them over first, or it must be said on purpose."""


@dataclass(frozen=True)
class Portfolio:
    """How many customers somebody looks after, and how many open promises are theirs to keep."""

    customers: int
    promises: int


def portfolio(staff_member_id: int) -> Portfolio:
    """What somebody looks after now."""
    found = rows(COUNTS, {"who": staff_member_id}).one()
    return Portfolio(found.customers, found.promises)


def hand_over(from_id: int, to_id: int) -> int:
    """Everything one of us looks after goes over to another, with the open promises and the trash; answers the step.

    :raises NotFound: if nobody of these numbers works here.
    :raises LoyalAppError: if it is the same person, if the other one left, or if there is nothing to hand over.
    """
    leaving, taking = staff.get(from_id), staff.get(to_id)
    if from_id == to_id:
        raise LoyalAppError(_("Please choose somebody else."), field="to")
    if taking.left_on is not None:
        raise LoyalAppError(
            _("%(name)s does not work here any more. Please choose somebody else.", name=taking.name), field="to"
        )
    found = rows(CUSTOMERS, {"who": from_id}).all()
    customers, promises = [one.id for one in found], list(_ids(PROMISES, from_id))
    if not customers and not promises:
        raise LoyalAppError(_("There is nothing to hand over."))
    count = sum(one.removed_at is None for one in found)
    step = bring_back.begin("bulk", {"what": "salesman", "count": count, "value": taking.name})
    bring_back.keep(step, "customer", customers, columns=["salesman_id"])
    bring_back.keep(step, "promise", promises, columns=["staff_member_id"])
    for some in images.portions(customers):
        values = {"salesman_id": to_id, "version": Customer.version + 1, "updated_at": now()}
        _change(update(Customer).where(Customer.id.in_(some)).values(values))
    for some in images.portions(promises):
        _change(update(Promise).where(Promise.id.in_(some)).values(staff_member_id=to_id))
    staff.note_deed("hand_over", count=count, whose=leaving.name, whom=taking.name)
    db.session.commit()
    db.session.expire_all()
    return step


def _ids(question: Any, staff_member_id: int) -> Sequence[int]:
    return db.session.scalars(question, {"who": staff_member_id}).all()


def _change(statement: Any) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})


def leave(staff_member_id: int, *, is_sure: bool = False) -> None:
    """They do not work here any more.

    :param is_sure: their open promises may stay with their name.
    :raises NotYet: if they have open promises and nobody has said so on purpose.
    :raises LoyalAppError: if nobody would be the owner any more.
    """
    if not is_sure and portfolio(staff_member_id).promises:
        raise NotYet(_("They have promises to keep. Please choose who takes them over."))
    staff.leave(staff_member_id)
