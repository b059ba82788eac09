"""Two customers who are one: compared side by side, joined field by field, and parted again as they were.

Nothing of either is lost. Phones, people, days, tags and facts come together; what was not chosen goes into the notes;
rows of contacts, sales and plugins go over by their foreign keys (`core.belongings`), and what finds its place taken
there stays with the other one, who is kept until the joining cannot be taken back any more. A refusal of either wins.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from loyalapp.core import belongings
from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.core.i18n import _, isolate_text, ngettext
from loyalapp.core.kinship import kin
from loyalapp.core.textkeys import norm
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.bring_back.models import UndoStep
from loyalapp.features.customers import consent, keys, naming, questions, search_index, together
from loyalapp.features.customers.models import Customer

BIRTHDAY = ("birth_year", "birth_month", "birth_day")
SINCE = ("since", "since_month", "since_day")
# What stands in the customer's own row, each with its columns; one of the two is chosen where both have something.
FIELDS: dict[str, tuple[str, ...]] = {
    **{
        one: (one,)
        for one in (
            "name", "name_ur", "name_hi", "name_en", "address_form", "kind", "firm", "trade", "size", "place",
            "locality", "address", "email", "message_language", "channel", "hours",
        )
    },
    "birthday": BIRTHDAY,
    "since": SINCE,
    **{one: (one,) for one in ("stage", "salesman_id", "referred_by_id", "contact_limit")},
}  # fmt: skip
RANKED = {"stage": ("not_ours", "unsorted", "former", "prospect", "customer"), "kind": ("person", "firm")}
RECORD = "deed"  # the record of who did what
FOREVER = 1_000  # tries, where 0 says that we never stop
Value = tuple[Any, ...]
Say = Callable[[str, Value], str]


@dataclass(frozen=True)
class Difference:
    """A field in which the two differ. `better`: the id of the one whose value we propose."""

    field: str
    values: Mapping[int, Value]
    better: int


# ---- side by side ----


def both(one: int, other: int) -> tuple[Customer, Customer]:
    """The two, with everything that hangs on them.

    :raises LoyalAppError: of one and the same customer.
    :raises NotFound: if one of them is not in the list any more.
    """
    found = [questions.one(one), questions.one(other)]
    if one == other and found[0] is not None:
        raise LoyalAppError(_("This is one and the same customer."))
    if any(each is None or each.removed_at is not None for each in found):
        raise NotFound(_("One of the two is not in the list any more. Perhaps they were joined or removed just now."))
    return found[0], found[1]  # type: ignore[return-value]  -- neither is None


def differences(one: Customer, other: Customer) -> list[Difference]:
    """The fields in which both have something, and not the same."""
    return [
        Difference(field, {one.id: mine, other.id: theirs}, _better(field, one, other))
        for field, columns in FIELDS.items()
        if (mine := _value(one, columns)) != (theirs := _value(other, columns)) and _is_told(mine) and _is_told(theirs)
    ]


def _value(customer: Customer, columns: tuple[str, ...]) -> Value:
    return tuple(getattr(customer, one) for one in columns)


def _is_told(value: Value) -> bool:
    return any(one not in (None, "") for one in value)


def _better(field: str, one: Customer, other: Customer) -> int:
    """The fuller value; where both are as full, that of the one who was looked after last."""
    values = {each: _value(each, FIELDS[field]) for each in (one, other)}
    fuller = [each for each in values if _is_fuller(field, values[each], values[other if each is one else one])]
    if len(fuller) == 1:
        return fuller[0].id
    return max(values, key=lambda each: (each.updated_at, each.id)).id


def _is_fuller(field: str, value: Value, than: Value) -> bool:
    """Whether a value says what the other one says, and more."""
    if field in RANKED:
        return RANKED[field].index(value[0]) > RANKED[field].index(than[0])
    if field == "contact_limit":  # who wants to be left in peace more, is
        return bool(value[0] < than[0])
    if field == "since":
        return bool(value[0] < than[0])
    if field == "birthday":
        return value[0] is not None and than[0] is None
    words = norm(str(value[0])).split()
    return all(any(one.startswith(word) for one in words) for word in norm(str(than[0])).split())


def winner_of(customer_id: int) -> int | None:
    """Who a customer was joined with; None for everybody else."""
    found: int | None = db.session.scalar(
        select(Customer.merged_into_id).where(Customer.id == customer_id, Customer.removed_at.is_not(None))
    )
    return found


# ---- joining ----


def merge(winner_id: int, loser_id: int, chosen: Mapping[str, int], versions: Mapping[int, int], say: Say) -> int:
    """Make one customer of two, wholly or not at all; answers the step by which they are parted again.

    :param chosen: by field the id of the one whose value counts; where nothing is chosen, the better one counts.
    :param versions: what was on the screen, by id; if somebody changed one of the two since, nothing is joined.
    :param say: a value that was not chosen as a line for the notes, in words.
    :raises Conflict: if one of them was changed meanwhile.
    """
    winner, loser = both(winner_id, loser_id)
    if any(versions.get(each.id) != each.version for each in (winner, loser)):
        raise Conflict(_("Somebody changed one of the two just now. Please look at both once more."))
    facts = {"winner": winner.name, "loser": loser.name, "winner_id": winner_id, "loser_id": loser_id}
    step = bring_back.begin("merge", facts)
    bring_back.keep(step, "customer", [winner_id, loser_id])
    consent_lines = consent.keep_refusals(loser_id, winner_id)
    bring_back.added(step, "customer_consent", consent_lines)
    _fill(winner, loser, chosen, say)
    together.join(step, winner, loser)
    db.session.flush()
    moves = [one.as_json() for one in belongings.repoint(loser_id, winner_id)]
    _retire(winner_id, loser_id)
    bring_back.set_facts(step, {**facts, "moves": moves, "held": _held(winner_id)})
    db.session.commit()
    return step


def _fill(winner: Customer, loser: Customer, chosen: Mapping[str, int], say: Say) -> None:
    """The winner's row from both; lines for the notes are made of what was left."""
    left: list[str] = []
    differing = {one.field: one for one in differences(winner, loser)}
    names = [winner.name, loser.name]
    for field, columns in FIELDS.items():
        mine, theirs = _value(winner, columns), _value(loser, columns)
        if field in differing:
            takes = chosen.get(field, differing[field].better) == loser.id
            if field != "name":
                left.append(say(field, mine if takes else theirs))
        else:
            takes = _is_told(theirs)
        if takes:
            for column, value in zip(columns, theirs, strict=True):
                setattr(winner, column, value)
    if "name" in differing:
        left += _spelt_beside(winner, names, say)
    winner.notes = _lines(winner.notes, loser.notes, *left)
    winner.do_not_mention = _lines(winner.do_not_mention, loser.do_not_mention)
    _leave_in_peace(winner, loser)
    if winner.worth is None:
        winner.worth, winner.worth_why = loser.worth, loser.worth_why
    if winner.referred_by_id in (winner.id, loser.id):
        winner.referred_by_id = None


def _leave_in_peace(winner: Customer, loser: Customer) -> None:
    """What either of them has asked for holds for both (E4)."""
    winner.no_contact = winner.no_contact or loser.no_contact
    if loser.paused_until and (winner.paused_until is None or winner.paused_until < loser.paused_until):
        winner.paused_until, winner.pause_why = loser.paused_until, loser.pause_why
    tries = [one.stop_after for one in (winner, loser) if one.stop_after is not None]
    winner.stop_after = min(tries, key=lambda one: one or FOREVER, default=None)


def _spelt_beside(winner: Customer, names: Collection[str], say: Say) -> list[str]:
    """The name that was not chosen: beside the other in its own script where that place is free, else a line."""
    beside = next((one for one in names if one != winner.name), None)
    if beside is None:
        return []
    column = naming.SCRIPT_NAMES[naming.script_of(beside)]
    if naming.script_of(beside) != naming.script_of(winner.name) and not getattr(winner, column):
        setattr(winner, column, beside)
    if beside in (winner.name_ur, winner.name_hi, winner.name_en):
        return []
    return [say("name", (beside,))]


def _lines(*texts: str) -> str:
    """Everything that was written, each line once."""
    return "\n".join(dict.fromkeys(line for text in texts if text for line in text.splitlines()))


def _retire(winner_id: int, loser_id: int) -> None:
    """The other one leaves the list and leads to the winner, who is found by what both were found by."""
    db.session.expire_all()
    winner, loser = db.session.get_one(Customer, winner_id), db.session.get_one(Customer, loser_id)
    keys.set_keys(winner)
    winner.updated_at = loser.removed_at = now()
    loser.merged_into_id = winner_id
    db.session.flush()
    search_index.index(db.session, [winner_id, loser_id])


def _held(customer_id: int) -> dict[str, int]:
    """How many rows of each table name the customer; who did it is written down beside each, and is no more."""
    link = db.session.connection()
    family = kin(link, belongings.OWNER)
    held: dict[str, int] = {}
    for name, column in family.holders():
        if name == RECORD:
            continue
        table = family.tables[name]
        count = link.scalar(select(func.count()).select_from(table).where(table.c[column] == customer_id)) or 0
        held[name] = held.get(name, 0) + count
    return held


# ---- parting ----


def part(step: UndoStep) -> bring_back.Undone:
    """Before the rows of both are put back: what had gone over goes back, what was written since stays."""
    facts = step.facts
    winner_id, loser_id = facts["winner_id"], facts["loser_id"]
    winner, loser = db.session.get(Customer, winner_id), db.session.get(Customer, loser_id)
    if winner is None or loser is None or loser.erased_at is not None:
        raise NotFound(_("This cannot be brought back any more."))
    if winner.removed_at is not None:
        raise Conflict(
            _(
                "%(name)s was joined with somebody else or removed after that. Please bring that back first.",
                name=isolate_text(winner.name),
            )
        )
    before = facts.get("held", {})
    since = sum(max(0, count - before.get(name, 0)) for name, count in _held(winner_id).items())
    belongings.move_back([belongings.Move.from_json(one) for one in facts["moves"]], loser_id, winner_id)
    return bring_back.Undone({winner_id, loser_id}, _what_stays(naming.addressed(winner), since))


def _what_stays(name: str, since: int) -> str:
    if not since:
        return ""
    return ngettext(
        "%(count)s line that was written since then stays with %(name)s.",
        "%(count)s lines that were written since then stay with %(name)s.",
        since,
        count=since,
        name=isolate_text(name),
    )
