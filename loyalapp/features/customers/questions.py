"""The questions that nearly every page asks the database, put together once: that takes longer than their answer."""

from sqlalchemy import and_, bindparam, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.util import identity_key

from loyalapp.core.db import db
from loyalapp.features.customers.models import STAGES, Customer, Phone

NUMBER = select(Phone.number).where(Phone.customer_id == Customer.id).order_by(Phone.id).limit(1).scalar_subquery()
LISTED = (
    Customer.id,
    Customer.name,
    Customer.name_ur,
    Customer.name_hi,
    Customer.name_en,
    Customer.address_form,
    Customer.firm,
    Customer.place,
    Customer.locality,
    Customer.stage,
    Customer.contact_limit,
    NUMBER.label("number"),
)

_THESE = Customer.id.in_(bindparam("ids", expanding=True))
_HERE, _CURSOR = tuple_(Customer.sort_key, Customer.id), tuple_(bindparam("key"), bindparam("number"))

# Literals, as an index of a part of the table is taken only where its condition stands in the question word by word.
OURS = and_(Customer.removed_at.is_(None), Customer.stage.in_([literal_column(f"'{one}'") for one in STAGES]))
# The same for questions of others, who have indexes of their own to go by.
OURS_ANYWHERE = and_(Customer.removed_at.is_(None), Customer.stage.in_(STAGES))
NOT_OURS = or_(Customer.removed_at.is_not(None), Customer.stage.not_in([literal_column(f"'{one}'") for one in STAGES]))
NOT_REMOVED = select(*LISTED).where(Customer.removed_at.is_(None))
IN_THE_LIST = select(*LISTED).where(OURS)
ONE = (  # with what hangs on it: few rows each
    select(Customer)
    .where(Customer.id == bindparam("customer_id"))
    .options(joinedload(Customer.phones), joinedload(Customer.facts))
)
ROWS = NOT_REMOVED.where(_THESE)
PRESENT = select(Customer.id).where(OURS_ANYWHERE, _THESE)
TOTAL = select(func.count()).select_from(Customer).where(OURS)
FIRST = IN_THE_LIST.add_columns(Customer.sort_key).order_by(Customer.sort_key, Customer.id).limit(bindparam("size"))
AFTER = FIRST.where(_HERE > _CURSOR)
BEFORE = FIRST.where(_HERE < _CURSOR).order_by(None).order_by(Customer.sort_key.desc(), Customer.id.desc())
NUMBERS = (
    select(Phone.customer_id, Phone.number)
    .where(Phone.customer_id.in_(bindparam("ids", expanding=True)))
    .order_by(Phone.id.desc())
)
NAMES = select(
    Customer.id, Customer.name, Customer.name_ur, Customer.name_hi, Customer.name_en, Customer.address_form
).where(_THESE)

OUTSIDE = select(Customer.id).where(NOT_OURS)
OUTSIDE_STATE = select(func.count(), func.sum(Customer.id)).where(NOT_OURS)


def one(customer_id: int) -> Customer | None:
    """A customer with phones and facts: from the session if known there, else by one question."""
    if identity_key(Customer, customer_id) in db.session.identity_map:
        return db.session.get(Customer, customer_id)
    found: Customer | None = db.session.scalars(ONE, {"customer_id": customer_id}).unique().one_or_none()
    return found
