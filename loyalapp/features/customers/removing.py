"""Customers who go and come back: removed ones lie in the trash for 30 days, and every step back finds them again."""

from collections.abc import Collection, Mapping

from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.bring_back.models import UndoStep
from loyalapp.features.customers import naming, search_index
from loyalapp.features.customers.models import Customer

# Columns that decide who is found, and tables in which a customer is searched beside their own row.
FOUND_BY = frozenset({"removed_at", "merged_into_id", "erased_at"})
SEARCHED = frozenset({"customer_phone", "customer_person", "customer_fact"})


def take_out(customer: Customer) -> int:
    """Take a customer out of every list; the rows stay. Answers the step by which it is brought back."""
    step = bring_back.begin("deletion", {"what": "customer", "name": customer.name, "customer_id": customer.id})
    bring_back.keep(step, "customer", [customer.id], columns=["removed_at"])
    customer.removed_at = now()
    db.session.flush()
    search_index.index(db.session, [customer.id])
    db.session.commit()
    return step


def delete(customer: Customer, what: str, table: str, row_id: int) -> int:
    """Delete a row of a customer, with whatever goes with it; answers the step by which it is brought back.

    :param what: "fact", "contact", "purchase", "consent", "said" or "extra", for the sentence about it.
    """
    facts = {"what": what, "name": customer.name, "customer_id": customer.id}
    step = bring_back.delete_rows(table, [row_id], facts)
    search_index.refresh([customer.id])
    db.session.commit()
    return step


def refresh(touched: Collection[int], left: Collection[int], altered: Mapping[str, Collection[str]]) -> None:
    """Bring the search in line with customers that were brought back, in the caller's transaction.

    :param left: those whose own row was changed since and stays; a number may have gone from them all the same.
    :param altered: what was put back, columns by table; where nothing of it is searched, nothing is to be done.
    """
    db.session.expire_all()
    row_came_back = any(one in FOUND_BY or one.startswith("search_") for one in altered.get("customer", ()))
    anew = touched if row_came_back or SEARCHED & altered.keys() else left
    search_index.refresh(sorted({*anew, *left}))


def _part(step: UndoStep) -> bring_back.Undone:
    from loyalapp.features.customers import merging  # noqa: PLC0415 -- who was joined is parted once in a while

    return merging.part(step)


bring_back.serve(bring_back.Upstairs(refresh=refresh, names=naming.names))
bring_back.also_undo("merge", _part)
