"""What we learn about a customer: facts with source and use, added, corrected, struck out."""

from datetime import date

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.textkeys import plain
from loyalapp.features.customers import search_index
from loyalapp.features.customers.models import Fact

LONGEST = 1000
LONGEST_SOURCE = 200
FROM_A_CONTACT = "contact"  # where a fact comes from, kept as a word of ours and shown in the reader's language
SOURCES = ("told", FROM_A_CONTACT, "seen", "other", "page")


def get(fact_id: int) -> Fact:
    """One fact.

    :raises NotFound: if it is not there any more.
    """
    found = db.session.get(Fact, fact_id)
    if found is None:
        raise NotFound(_("This is not written down any more."))
    return found


def add(
    customer_id: int,
    text: str,
    source: str | None = None,
    *,
    learned_on: date | None = None,
    may_use: bool = True,
    do_not_mention: bool = False,
) -> Fact:
    """Write a fact down in the caller's transaction.

    :param source: one of `SOURCES`, or in the writer's own words.
    :param may_use: whether it may stand on a card or in an offer; what must not be mentioned never may.
    :raises LoyalAppError: if nothing was written, too much, or for a day that is still to come.
    """
    fact = Fact(customer_id=customer_id)
    _fill(fact, text, source, learned_on, may_use=may_use, do_not_mention=do_not_mention)
    db.session.add(fact)
    search_index.refresh([customer_id])
    return fact


def change(
    fact: Fact, text: str, source: str | None, *, learned_on: date | None, may_use: bool, do_not_mention: bool
) -> None:
    """Correct a fact in the caller's transaction; the same rules as for a new one."""
    _fill(fact, text, source, learned_on or fact.learned_on, may_use=may_use, do_not_mention=do_not_mention)
    search_index.refresh([fact.customer_id])


def drop(fact: Fact) -> None:
    """Take a fact back in the caller's transaction, without a step that brings it back."""
    db.session.delete(fact)
    db.session.flush()
    search_index.refresh([fact.customer_id])


def _fill(
    fact: Fact, text: str, source: str | None, learned_on: date | None, *, may_use: bool, do_not_mention: bool
) -> None:
    kept, kept_source = plain(text), plain(source)
    if not kept:
        raise LoyalAppError(_("Please write what you learned."), field="text")
    if len(kept) > LONGEST or len(kept_source) > LONGEST_SOURCE:
        raise LoyalAppError(_("This is very long. Please shorten it to %(most)s letters.", most=LONGEST), field="text")
    if learned_on and learned_on > today():
        raise LoyalAppError(_("This day is still to come. Please look once more."), field="learned_on")
    fact.text, fact.source, fact.learned_on = kept, kept_source or None, learned_on or today()
    fact.do_not_mention, fact.may_use = do_not_mention, may_use and not do_not_mention
