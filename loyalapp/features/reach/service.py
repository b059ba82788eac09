"""What can be decided about reaching a customer: rest for a while, no contact at all, or as before."""

from datetime import date, timedelta
from typing import Any

from loyalapp.core.clock import now, today
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import rules, standings
from loyalapp.features.staff import service as staff

LONGEST_REST = timedelta(days=2 * 366)
USUAL_REST = timedelta(days=40)  # a time of mourning
State = tuple[bool, date | None, str | None]


def state(customer_id: int) -> State:
    """Whether they want no contact, until when contacts rest, and why."""
    customer = customers.get(customer_id)
    return customer.no_contact, customer.paused_until, customer.pause_why


def rest(customer_id: int, until: date | None, why: str = "") -> State:
    """Let contacts rest until a day; answers how it was before.

    :raises LoyalAppError: for no day, one that is not to come, or one in more than two years.
    """
    before = state(customer_id)
    if until is None or not today() < until <= today() + LONGEST_REST:
        raise LoyalAppError(_("Please write a day that is still to come, at most two years away."), field="until")
    _keep(customer_id, before[0], until, why)
    return before


def go_on(customer_id: int) -> State:
    """Contacts may be made as before; answers how it was until now."""
    before = state(customer_id)
    _keep(customer_id, False, None, None)
    return before


def want_none(customer_id: int) -> State:
    """They asked us not to contact them; answers how it was before."""
    before = state(customer_id)
    _keep(customer_id, True, *before[1:])
    return before


def set_back(customer_id: int, before: State) -> None:
    """Undo: as it was."""
    _keep(customer_id, *before)


def _keep(customer_id: int, no_contact: bool, until: date | None, why: str | None) -> None:
    customers.get(customer_id)  # who is gone has no deed either
    staff.note_deed("reach", customer_id)
    customers.change(customer_id, {"no_contact": no_contact, "paused_until": until, "pause_why": why})


def verdict(customer: Any, used: int, tries: int) -> rules.Verdict:
    """What the rules say about a contact that we would begin now, for the customer's own page.

    :param used: unasked contacts of the last 30 days. `tries`: those in vain since we last talked.
    """
    standing = standings.Standing(customer, used, tries)
    return rules.judge(standing, "contact", None, now())
