"""Writes a problem down in seconds, also for somebody we do not know, and corrects what was written (A3)."""

from datetime import date, timedelta
from typing import Any

from loyalapp import sdk

from . import hours, known, pledges
from .models import URGENCIES, Problem, Step
from .steps import changed_meanwhile, found, keep, write

_ = sdk.texts("issues").gettext

LONGEST = {"what": 2000, "item": 300, "to": 100, "name": 200, "promised": 300}
A_DAY, FARTHEST = timedelta(days=1), timedelta(days=366)
# How many working days the first step may take where nothing was promised.
FIRST_STEP = {"stopped": 0, "trouble": 1, "no_hurry": 3}


def record(
    customer_id: int,
    what: str,
    *,
    purchase_id: int | None = None,
    owned_item_id: int | None = None,
    item: str = "",
    urgency: str = "trouble",
    promised: str = "",
    promised_for: date | None = None,
    kind: str = "",
    solved: bool = False,
    is_caller_unknown: bool = False,
) -> int:
    """Write a problem down in the customer's words; a promise goes to the promise book. Who sits here stays with it.

    :param owned_item_id: which of the things they have from us it is about, `purchase_id`: which of their purchases;
        `item` names another thing.
    :param kind: of which kind it is, as the form sends it; "" is guessed from the words.
    :param solved: it was solved on this call and the customer said so: recorded, solved and confirmed at once.
    :raises LoyalAppError: without words, with too many, or with a promise that lacks its words or its day.
    """
    customer = sdk.customers.get(customer_id)
    check(what, urgency, promised, promised_for)
    values = {**checked_words(what, urgency), **_thing(customer_id, purchase_id, owned_item_id, item)}
    sdk.customers.deal_with(customer)
    problem = Problem(customer_id=customer_id, is_caller_unknown=is_caller_unknown, **values)
    problem.next_step_on = promised_for or _first_step(urgency)
    problem.staff_member_id = sdk.staff.at_desk() or customer.salesman_id
    sdk.db.session.add(problem)
    sdk.db.session.flush()
    known.was_recorded(problem, kind)
    write(problem, "told")
    if solved:
        write(problem, "solved")
    if promised_for:
        pledges.add(problem, promised, promised_for)
    sdk.db.session.commit()
    return problem.id


def _first_step(urgency: str) -> date:
    """Today where their work has stopped: whoever writes it down is here."""
    days = FIRST_STEP[urgency]
    return hours.due_day(sdk.today() + A_DAY, days - 1) if days else sdk.today()


def record_unknown(name: str, number: str, what: str, **values: Any) -> int:
    """The same for somebody we do not know: the caller is kept under the number or the name, and joined later.

    :raises LoyalAppError: as `record`, or for a number that cannot be one.
    """
    check(what, values.get("urgency", "trouble"), values.get("promised", ""), values.get("promised_for"))
    called = sdk.plain(name) or sdk.plain(number) or _("Unknown caller")
    if len(called) > LONGEST["name"]:
        raise sdk.LoyalAppError(_("This is very long. A few words are enough."), field="name")
    phones = [number] if sdk.plain(number) else []
    try:
        customer = sdk.customers.add({"name": called, "stage": "prospect", "phones": phones})
    except sdk.LoyalAppError as error:
        is_number = (error.field or "").startswith("phones")
        raise sdk.LoyalAppError(str(error), field="number" if is_number else "name") from error
    return record(customer.id, what, is_caller_unknown=True, **values)


def check(what: str, urgency: str, promised: str, promised_for: date | None) -> None:
    """Whether a problem can be written down so, before anything is.

    :raises LoyalAppError: as `record`.
    """
    checked_words(what, urgency)
    if sdk.plain(promised) and promised_for is None:
        raise sdk.LoyalAppError(_("By which day did you promise it?"), field="promised_for")
    if promised_for and not sdk.plain(promised):
        raise sdk.LoyalAppError(_("What did you promise for this day?"), field="promised")
    if promised_for:
        check_day(promised_for, "promised_for")


def checked_words(what: str, urgency: str) -> dict[str, Any]:
    """The customer's words and whether they can work, as columns."""
    words = sdk.plain(what, keep_lines=True)
    if not words:
        raise sdk.LoyalAppError(_("Please write in a few words what is wrong."), field="what")
    if len(words) > LONGEST["what"]:
        most = sdk.format_number(LONGEST["what"])
        raise sdk.LoyalAppError(
            _("This is very long. Please keep to the most important %(count)s letters.", count=most), field="what"
        )
    if urgency not in URGENCIES:
        raise sdk.LoyalAppError(_("Please choose whether they can work."), field="urgency")
    return {"what": words, "urgency": urgency, "rank": URGENCIES.index(urgency)}


def check_day(day: date, field: str) -> None:
    """Whether something can be planned for a day.

    :raises LoyalAppError: for a day that is over, or more than a year away.
    """
    if day < sdk.today():
        raise sdk.LoyalAppError(_("This day is over. Please choose today or a later day."), field=field)
    if day > sdk.today() + FARTHEST:
        raise sdk.LoyalAppError(_("This day is more than a year away. Please choose an earlier one."), field=field)


def _thing(
    customer_id: int, purchase_id: int | None = None, owned_item_id: int | None = None, item: str = ""
) -> dict[str, Any]:
    """Which thing, and its name as it stands now, so that it is still known when the purchase or the thing is gone."""
    own: Any = None
    if owned_item_id is not None:
        own = sdk.db.session.get(sdk.OwnedItem, owned_item_id)
    elif purchase_id is not None:
        own = sdk.db.session.get(sdk.Purchase, purchase_id)
    else:
        name = sdk.plain(item)
        if len(name) > LONGEST["item"]:
            raise sdk.LoyalAppError(_("This is very long. A few words are enough."), field="item")
        return {"item": name, "purchase_id": None, "owned_item_id": None}
    if own is None or own.customer_id != customer_id:
        raise sdk.LoyalAppError(_("This purchase is not in the book any more. Please choose again."), field="thing")
    if owned_item_id is None:
        return {"item": own.item, "purchase_id": own.id, "owned_item_id": None}
    return {"item": own.what, "purchase_id": own.purchase_id, "owned_item_id": own.id}


def change(problem_id: int, what: str, *, urgency: str, version: int | None, whose: int | None, **thing: Any) -> None:
    """Correct what was written down, and say who is responsible from here on.

    :param version: the version the user saw; if somebody changed it since, nothing is overwritten.
    :raises Conflict: if it was changed meanwhile.
    """
    problem = found(problem_id)
    if version is not None and version != problem.version:
        raise changed_meanwhile()
    for name, value in checked_words(what, urgency).items():
        setattr(problem, name, value)
    for name, value in _thing(problem.customer_id, **thing).items():
        setattr(problem, name, value)
    if whose != problem.staff_member_id:
        _give(problem, whose)
    sdk.db.session.flush()
    known.was_changed(problem)
    keep()


def take_over(problem_id: int, staff_member_id: int) -> int | None:
    """From here on this one of us is responsible (A5). None where they are already, or it is over."""
    problem = found(problem_id)
    if problem.is_over or problem.staff_member_id == staff_member_id:
        return None
    step = _give(problem, staff_member_id)
    keep()
    return step.id if step else None


def _give(problem: Problem, staff_member_id: int | None) -> Step | None:
    if staff_member_id is None or staff_member_id not in dict(sdk.staff.active()):
        raise sdk.LoyalAppError(_("Please choose somebody who works here."), field="whose")
    problem.staff_member_id = staff_member_id
    if problem.is_over:
        return None
    return write(problem, "taken_over", sdk.staff.names([staff_member_id])[staff_member_id])
