"""Who would be helped by a maintenance contract (B6), and whom a hard solution may have cost us (B7).

Three problems or two visits with one thing in twelve months are a sign, with the hours that it stood still. It is never
offered unasked: we ask, and what they answer is written down as a need, which the core's offers then answer (D5).
Whoever found a solution hard and was not heard from since is asked how they are.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, exists, func, select

from loyalapp import sdk

from . import hours
from .models import Problem, Step, Upkeep

_ = sdk.texts("issues")
PROBLEMS, VISITS = 3, 2
A_YEAR = timedelta(days=365)
NOT_AGAIN = {"yes": timedelta(days=365), "no": timedelta(days=180)}
A_WORKING_DAY = 8.0  # hours, where the firm has not said its own
QUIET_FROM, QUIET_UNTIL = timedelta(days=30), timedelta(days=180)
MOST = 300

_VISITS = select(func.count()).where(Step.problem_id == Problem.id, Step.kind == "visited").scalar_subquery()
_CONTRACT = exists().where(
    sdk.OwnedItem.id == Problem.owned_item_id,
    (sdk.OwnedItem.contract_until >= bindparam("day")) | sdk.OwnedItem.gone_on.is_not(None),
)
TOLD = (
    select(
        Problem.customer_id,
        Problem.owned_item_id,
        Problem.item,
        Problem.urgency,
        Problem.opened_at,
        Problem.solved_at,
        _VISITS.label("visits"),
    )
    .join(sdk.Customer, sdk.Customer.id == Problem.customer_id)
    .where(Problem.opened_at > bindparam("since"), sdk.Customer.removed_at.is_(None), Problem.item != "", ~_CONTRACT)
    .order_by(Problem.customer_id, Problem.opened_at)
)
OF_CUSTOMER = TOLD.where(Problem.customer_id == bindparam("customer_id"))
_SEVERAL = (
    select(Problem.customer_id)
    .where(Problem.opened_at > bindparam("since"))
    .group_by(Problem.customer_id)
    .having((func.count() >= PROBLEMS) | (func.sum(case((_VISITS > 0, _VISITS), else_=0)) >= VISITS))
)
OF_ALL = TOLD.where(Problem.customer_id.in_(_SEVERAL))
ASKED = select(Upkeep.customer_id, Upkeep.thing).where(Upkeep.again_on > bindparam("day"))
_OPEN = exists().where(Problem.customer_id == sdk.Customer.id, ~Problem.is_over).correlate(sdk.Customer)
QUIET = (
    select(Problem.id, Problem.customer_id, Problem.what, Problem.item, Problem.solved_at)
    .join(sdk.Customer, sdk.Customer.id == Problem.customer_id)
    .where(Problem.is_over, Problem.ease == "hard", sdk.Customer.removed_at.is_(None))
    .where(Problem.solved_at > bindparam("since"), Problem.solved_at <= bindparam("until"))
    .where(
        ~exists().where(sdk.Purchase.customer_id == Problem.customer_id, sdk.Purchase.bought_on > Problem.next_step_on),
        ~exists().where(
            sdk.Interaction.customer_id == Problem.customer_id, sdk.Interaction.happened_at > Problem.solved_at
        ),
    )
    .order_by(Problem.solved_at)
    .limit(bindparam("most"))
)


class Sign(NamedTuple):
    """One thing that takes much of a customer's time. `key` names it in addresses; `hours`: it stood still."""

    customer_id: int
    key: str
    item: str
    problems: int
    visits: int
    hours: float


def signs(day: date) -> list[Sign]:
    """Every such thing that was not asked about lately; looked for once a day."""
    found = sdk.remembered("issues.upkeep", day, lambda: _found(sdk.rows(OF_ALL, _since(day)).all()))
    return _not_asked(found, day)


def of_customer(customer_id: int) -> list[Sign]:
    """The same of one customer, as it is now."""
    day = sdk.today()
    return _not_asked(_found(sdk.rows(OF_CUSTOMER, {**_since(day), "customer_id": customer_id}).all()), day)


def _since(day: date) -> dict[str, Any]:
    return {"since": datetime.combine(day - A_YEAR, time(), UTC), "day": day}


def _not_asked(found: Sequence[Sign], day: date) -> list[Sign]:
    if not found:
        return []
    asked = {(row.customer_id, row.thing) for row in sdk.rows(ASKED, {"day": day})}
    return [one for one in found if not {(one.customer_id, key) for key in (one.key, sdk.norm(one.item))} & asked]


def _found(rows: Sequence[Any]) -> list[Sign]:
    found = []
    for customer_id, theirs in groupby(rows, key=attrgetter("customer_id")):
        for key, about in _by_thing(theirs).items():
            visits = sum(one.visits for one in about)
            if len(about) >= PROBLEMS or visits >= VISITS:
                lost = sum(map(_stood_still, about))
                found.append(Sign(customer_id, key, about[-1].item, len(about), visits, round(lost, 1)))
    return sorted(found, key=lambda one: (-one.hours, -one.problems))[:MOST]


def _by_thing(rows: Any) -> Mapping[str, list[Any]]:
    """What was told by its name alone belongs to the thing of that name, where there is only one."""
    found: dict[str, list[Any]] = {}
    told, owned = list(rows), {}
    for row in told:
        if row.owned_item_id:
            owned.setdefault(sdk.norm(row.item), set()).add(f"o{row.owned_item_id}")
    for row in told:
        name = sdk.norm(row.item)
        key = f"o{row.owned_item_id}" if row.owned_item_id else name
        found.setdefault(next(iter(owned[name])) if len(owned.get(name, ())) == 1 else key, []).append(row)
    return found


def _stood_still(problem: Any) -> float:
    """For how many of our working hours they could not work with it."""
    if problem.urgency != "stopped":
        return 0.0
    end = problem.solved_at or sdk.now()
    first, last = sdk.local(problem.opened_at), sdk.local(end)
    if first.date() == last.date():
        return float((last - first).total_seconds() / 3600)
    return hours.working_days(first.date(), last.date()) * _hours_a_day()


def _hours_a_day() -> float:
    firm = hours.of_firm()
    if not (firm.opens and firm.closes):
        return A_WORKING_DAY
    opens, closes = (int(one[:2]) + int(one[3:5]) / 60 for one in (firm.opens, firm.closes))
    return closes - opens if closes > opens else A_WORKING_DAY


def answered(customer_id: int, key: str, answer: str) -> None:
    """What they said when they were asked: a yes becomes a need in the book; not asked again for a while.

    :raises LoyalAppError: for an answer we do not know.
    """
    if answer not in NOT_AGAIN:
        raise sdk.LoyalAppError(_("Please choose yes or no."))
    sdk.customers.get(customer_id)
    sign = next((one for one in of_customer(customer_id) if one.key == key), None)
    if sign is None:
        return
    need = _("That somebody looks after it regularly: %(item)s", item=sign.item) if answer == "yes" else ""
    note = _("Asked whether it should be looked after regularly: %(item)s", item=sign.item)
    sdk.interactions.record(customer_id, channel="call", note=note, need=need)  # asks others, so nothing is written yet
    sdk.db.session.add(Upkeep(customer_id=customer_id, thing=key, again_on=sdk.today() + NOT_AGAIN[answer]))
    sdk.db.session.commit()


# ---- in words ----


def why(one: Sign) -> str:
    """What happened with the thing."""
    count = sdk.format_number(one.problems)
    words = [
        _.ngettext(
            "%(count)s problem with it in twelve months.", "%(count)s problems with it in twelve months.", one.problems,
            count=count,
        )
    ]  # fmt: skip
    if one.visits:
        number = sdk.format_number(one.visits)
        words.append(_.ngettext("We were there once.", "We were there %(count)s times.", one.visits, count=number))
    if one.hours >= 1:
        lost = sdk.format_number(round(one.hours))
        words.append(
            _.ngettext(
                "It stood still for about %(count)s hour.",
                "It stood still for about %(count)s hours.",
                round(one.hours),
                count=lost,
            )
        )
    return " ".join(words)


def owned(one: Sign) -> int | None:
    """The thing as the customer has it, where the problems were written down with it."""
    return int(one.key[1:]) if re.fullmatch(r"o\d{1,9}", one.key) else None


def today_entries(day: date, limit: int) -> list[sdk.TodayEntry]:
    """Whom to ask about regular care, and whom to ask how they are."""
    return [*_care(day, limit), *_gone_quiet(day, limit)]


def _care(day: date, limit: int) -> list[sdk.TodayEntry]:
    return [
        sdk.TodayEntry(
            key=f"issues-upkeep:{one.customer_id}:{one.key}"[:200],
            customer_id=one.customer_id,
            kind="suggestion",
            what=_("Ask whether regular care would help them: %(item)s", item=sdk.isolate_text(one.item)),
            why=why(one),
            url=sdk.url_for("issues.upkeep_page", customer_id=one.customer_id),
            weight=round(one.hours) + one.problems,
        )
        for one in signs(day)[:limit]
    ]


def _gone_quiet(day: date, limit: int) -> list[sdk.TodayEntry]:
    begin = datetime.combine(day, time(), UTC)
    facts = {"since": begin - QUIET_UNTIL, "until": begin - QUIET_FROM, "most": limit}
    return [
        sdk.TodayEntry(
            key=f"issues-quiet:{one.id}",
            customer_id=one.customer_id,
            kind="quiet",
            what=_("Ask how they are: the last solution was hard for them."),
            why=_(
                "It was solved on %(day)s, and they have not been heard from since.",
                day=sdk.isolate_text(sdk.format_day(sdk.local(one.solved_at).date())),
            ),
            url=sdk.url_for("customers.show", customer_id=one.customer_id),
        )
        for one in sdk.rows(QUIET, facts)
    ]


def briefing_lines(customer_id: int) -> list[sdk.BriefingLine]:
    """Things that take much of their time: worth a question."""
    return [
        sdk.BriefingLine(_("Much time with one thing"), f"{sdk.isolate_text(one.item)} · {why(one)}", order=45)
        for one in of_customer(customer_id)
    ]
