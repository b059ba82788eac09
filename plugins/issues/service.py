"""What can be done with a problem: record it, count each effort, hand it on, solve it, ask how easy it was (A1–A5)."""

from datetime import date, timedelta

from sqlalchemy import func, select

from loyalapp import sdk

from .models import EASES, URGENCIES, Problem, Step

_ = sdk.texts("issues").gettext

LONGEST = {"what": 2000, "item": 300, "to": 100}
HIGHEST_ID = 2**31 - 1  # what both databases can look for
FARTHEST = timedelta(days=366)
# How long the first step may take where nothing was promised.
FIRST_STEP = {"stopped": timedelta(0), "trouble": timedelta(days=1), "no_hurry": timedelta(days=3)}
# What each of these steps adds to the effort; "not solved after all" is one more time that they had to contact us.
CONTACTS = {"called": 1, "not_solved": 1}
HANDED_ON = {"handed_on": 1}


def get(problem_id: int) -> Problem:
    """One problem.

    :raises NotFound: if there is none, or its customer was removed.
    """
    return _found(problem_id, to_change=False)


def is_there(problem_id: int) -> bool:
    """Whether there is such a problem, and its customer was not removed."""
    try:
        get(problem_id)
    except sdk.NotFound:
        return False
    return True


def _found(problem_id: int, *, to_change: bool = True) -> Problem:
    """To change it, the row is locked (PostgreSQL; SQLite locks the file), so that two desks count both calls."""
    found = None
    if 0 < problem_id <= HIGHEST_ID:
        found = sdk.db.session.get(Problem, problem_id, with_for_update=to_change, populate_existing=to_change)
    if found is None:
        raise sdk.NotFound(_("This problem is not in the book any more."))
    sdk.customers.get(found.customer_id)
    return found


# ---- record ----


def record(
    customer_id: int,
    what: str,
    *,
    purchase_id: int | None = None,
    item: str = "",
    urgency: str = "trouble",
    promised: str = "",
    promised_for: date | None = None,
    solved: bool = False,
) -> int:
    """Write a problem down in the customer's words; a promise goes to the promise book.

    :param purchase_id: which of the customer's purchases it is about; `item` names another thing.
    :param solved: it was solved on this call and the customer said so: recorded, solved and confirmed at once.
    :raises LoyalAppError: without words, with too many, or with a promise that lacks its words or its day.
    """
    customer = sdk.customers.get(customer_id)
    words = _checked_words(what)
    _check_promise(promised, promised_for)
    if urgency not in URGENCIES:
        raise sdk.LoyalAppError(_("Please choose whether they can work."), field="urgency")
    sdk.customers.deal_with(customer)
    problem = Problem(
        customer_id=customer_id,
        what=words,
        item=_thing(customer_id, purchase_id, item),
        purchase_id=purchase_id,
        urgency=urgency,
        next_step_on=promised_for or sdk.today() + FIRST_STEP[urgency],
    )
    sdk.db.session.add(problem)
    sdk.db.session.flush()
    _write(problem, "told")
    if solved:
        _confirm(problem)
    if promised_for and sdk.plain(promised):
        problem.promise_id = sdk.interactions.promise(customer_id, promised, promised_for)
    sdk.db.session.commit()
    return problem.id


def _checked_words(what: str) -> str:
    words = sdk.plain(what, keep_lines=True)
    if not words:
        raise sdk.LoyalAppError(_("Please write in a few words what is wrong."), field="what")
    if len(words) > LONGEST["what"]:
        most = sdk.format_number(LONGEST["what"])
        raise sdk.LoyalAppError(
            _("This is very long. Please keep to the most important %(count)s letters.", count=most), field="what"
        )
    return words


def _check_promise(promised: str, promised_for: date | None) -> None:
    if sdk.plain(promised) and promised_for is None:
        raise sdk.LoyalAppError(_("By which day did you promise it?"), field="promised_for")
    if promised_for and not sdk.plain(promised):
        raise sdk.LoyalAppError(_("What did you promise for this day?"), field="promised")
    if promised_for:
        _check_day(promised_for, "promised_for")


def _check_day(day: date, field: str) -> None:
    if day < sdk.today():
        raise sdk.LoyalAppError(_("This day is over. Please choose today or a later day."), field=field)
    if day > sdk.today() + FARTHEST:
        raise sdk.LoyalAppError(_("This day is more than a year away. Please choose an earlier one."), field=field)


def _thing(customer_id: int, purchase_id: int | None, item: str) -> str:
    """The name of the thing as it stands now, so that it is still known when the purchase is gone."""
    if purchase_id is None:
        return _checked_item(item)
    purchase = sdk.db.session.get(sdk.Purchase, purchase_id)
    if purchase is None or purchase.customer_id != customer_id:
        raise sdk.LoyalAppError(_("This purchase is not in the book any more. Please choose again."), field="thing")
    return purchase.item


def _checked_item(item: str) -> str:
    name = sdk.plain(item)
    if len(name) > LONGEST["item"]:
        raise sdk.LoyalAppError(_("This is very long. A few words are enough."), field="item")
    return name


# ---- what happens with it; each answers with the id of the step, by which it can be taken back ----


def add_contact(problem_id: int) -> int | None:
    """They had to contact us again: it counts as their effort, and the next step is today. None where it is solved."""
    return _move(problem_id, "called", sdk.today())


def hand_on(problem_id: int, to: str = "") -> int | None:
    """It was handed on to somebody; whoever took the call stays responsible (A5)."""
    return _move(problem_id, "handed_on", None, sdk.plain(to)[: LONGEST["to"]])


def look_after(problem_id: int) -> int | None:
    """Something was done about it today, and it is not solved yet: it comes back tomorrow."""
    return _move(problem_id, "worked", sdk.today() + timedelta(days=1))


def not_looked_after(problem_id: int) -> None:
    """Undo `look_after`, if nothing else has happened since."""
    last = _last_step(problem_id)
    if last.kind == "worked":
        take_back(problem_id, last.id)


def _move(problem_id: int, kind: str, next_step_on: date | None, note: str = "") -> int | None:
    problem = _found(problem_id)
    if problem.state != "open":
        return None
    problem.next_step_on = next_step_on or problem.next_step_on
    step = _write(problem, kind, note)
    sdk.db.session.commit()
    return step.id


def plan(problem_id: int, day: date) -> None:
    """On which day the next step is.

    :raises LoyalAppError: for a day that is over, or more than a year away.
    """
    problem = _found(problem_id)
    _check_day(day, "next_step_on")
    if problem.state == "open":
        problem.next_step_on = day
        problem.turn += 1
        sdk.db.session.commit()


def solve(problem_id: int) -> int | None:
    """The customer says it is solved (A4): closed, and what was promised for it is kept. None where it already was."""
    problem = _found(problem_id)
    if problem.state != "open":
        return None
    step = _confirm(problem)
    promise = promise_of(problem)
    if promise is not None and promise.kept_on is None and promise.broken_on is None:
        sdk.interactions.keep(promise.id)
    sdk.db.session.commit()
    return step.id


def _confirm(problem: Problem) -> Step:
    problem.state, problem.solved_at, problem.ease = "confirmed", sdk.now(), None
    return _write(problem, "solved")


def answer(problem_id: int, ease: str) -> None:
    """What the customer answered to "was it easy, so-so, or hard?"; asked once.

    :raises LoyalAppError: for an answer we do not know.
    """
    if ease not in EASES:
        raise sdk.LoyalAppError(_("Please choose easy, so-so or hard."))
    problem = _found(problem_id)
    last = _last_step(problem.id)
    if problem.state == "confirmed" and last.kind == "solved":
        problem.ease = last.note = ease
        sdk.db.session.commit()


def reopen(problem_id: int) -> int | None:
    """Not solved after all: open again from today, and one more time that they had to contact us."""
    problem = _found(problem_id)
    if problem.state == "open":
        return None
    problem.state, problem.solved_at, problem.ease = "open", None, None
    problem.next_step_on = sdk.today()
    step = _write(problem, "not_solved")
    sdk.db.session.commit()
    return step.id


def take_back(problem_id: int, step_id: int) -> None:
    """Undo the newest step.

    :raises Conflict: if something else has happened since.
    """
    problem = _found(problem_id)
    step = _last_step(problem.id)
    if step.id != step_id or step.kind == "told":
        raise sdk.Conflict(_("Something else was written down since then, so this cannot be taken back any more."))
    _count(problem, step.kind, -1)
    sdk.db.session.delete(step)
    sdk.db.session.flush()
    _stand_as_after(problem, _last_step(problem.id))
    if step.kind == "worked":
        problem.next_step_on = sdk.today()
    if step.kind == "solved":
        _promise_is_open_again(problem)
    sdk.db.session.commit()


def _stand_as_after(problem: Problem, step: Step) -> None:
    """State and answer as they were when `step` was the newest."""
    is_solved = step.kind == "solved"
    problem.state = "confirmed" if is_solved else "open"
    problem.solved_at = step.happened_at if is_solved else None
    problem.ease = (step.note or None) if is_solved else None
    problem.turn += 1


def _promise_is_open_again(problem: Problem) -> None:
    promise = promise_of(problem)
    if promise is not None and promise.kept_on == sdk.today():
        sdk.interactions.reopen(promise.id)


def promise_of(problem: Problem) -> sdk.Promise | None:
    """What was promised when it was recorded."""
    return sdk.db.session.get(sdk.Promise, problem.promise_id) if problem.promise_id else None


def _write(problem: Problem, kind: str, note: str = "") -> Step:
    step = Step(problem_id=problem.id, kind=kind, note=note)
    sdk.db.session.add(step)
    _count(problem, kind, 1)
    problem.turn += 1
    sdk.db.session.flush()
    return step


def _count(problem: Problem, kind: str, by: int) -> None:
    problem.contacts += CONTACTS.get(kind, 0) * by
    problem.handed_on += HANDED_ON.get(kind, 0) * by


def _last_step(problem_id: int) -> Step:
    newest = select(func.max(Step.id)).where(Step.problem_id == problem_id).scalar_subquery()
    return sdk.db.session.scalars(select(Step).where(Step.id == newest)).one()
