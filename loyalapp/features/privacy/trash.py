"""Empties the trash: who was removed more than 30 days ago, or was made one with somebody else, is erased for good."""

from datetime import timedelta

from sqlalchemy import select

from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.customers.models import Customer
from loyalapp.features.privacy import erasing, service

AT_ONCE = 500  # of each kind in a day, so that the first change of the day does not wait


def empty() -> None:
    """Those who are too long in the trash; who was joined keeps the way to the other one, and nothing else."""
    old = (Customer.removed_at <= now() - timedelta(days=bring_back.DAYS), Customer.erased_at.is_(None))
    query = select(Customer.id).where(*old).order_by(Customer.id).limit(AT_ONCE)
    if joined := list(db.session.scalars(query.where(Customer.merged_into_id.is_not(None)))):
        erasing.wipe(joined)
        db.session.commit()
    service.empty_out(list(db.session.scalars(query.where(Customer.merged_into_id.is_(None)))))
