"""What can be done with value: write down what a customer said or was given, and see who was not asked yet."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, func, select, tuple_, union_all

from loyalapp import sdk
from loyalapp.sdk import Interaction, Purchase

from .models import Voice
from .words import EXTRAS

_ = sdk.texts("value").gettext

SAID = ("likes", "stays")
KINDS = (*SAID, "extra_given")
PAGE = 25
LONGEST = 2000
PERIOD = timedelta(days=365)
LOOKED_AT = 5000


# Questions of every customer's page are put together once: that takes longer than their answer.
LINE = (Voice.kind, Voice.words, Voice.extra, Voice.said_on, Voice.may_name)
VOICES = (
    select(*LINE)
    .where(
        Voice.customer_id == bindparam("customer_id"),
        Voice.kind.in_(bindparam("kinds", expanding=True)),
        Voice.said_on <= bindparam("until"),
    )
    .order_by(Voice.said_on.desc(), Voice.id.desc())
    .limit(bindparam("most"))
)


def _newest(kinds: Sequence[str], most: int) -> Select[Any]:
    mine = select(Voice.id, *LINE).where(Voice.customer_id == bindparam("customer_id"), Voice.kind.in_(kinds))
    return select(mine.order_by(Voice.said_on.desc(), Voice.id.desc()).limit(most).subquery())


NEWEST = union_all(_newest(["extra_given"], 3), _newest(SAID, 2))  # for the panel, in one question
CONTACTS = select(func.count(Interaction.id)).where(
    Interaction.customer_id == bindparam("customer_id"), Interaction.happened_at > bindparam("moment")
)
PURCHASES = select(func.count(Purchase.id)).where(
    Purchase.customer_id == bindparam("customer_id"), Purchase.bought_on > bindparam("first")
)
EXTRAS_GIVEN = select(func.count(Voice.id)).where(
    Voice.customer_id == bindparam("customer_id"), Voice.kind == "extra_given", Voice.said_on > bindparam("first")
)
COUNTS = select(CONTACTS.scalar_subquery(), PURCHASES.scalar_subquery(), EXTRAS_GIVEN.scalar_subquery())


class Page(NamedTuple):
    """One page of the book, the newest first; `after` is the number to go on from, None at the end."""

    rows: Sequence[Row[Any]]
    after: int | None


class Done(NamedTuple):
    """What we did for a customer in the last year: counts, and the newest extras; `years` together, 0 where unknown."""

    contacts: int
    purchases: int
    extras: int
    newest_extras: Sequence[Row[Any]]
    voices: Sequence[Row[Any]]
    years: int


def hear(
    customer_id: int, *, likes: str = "", stays: str = "", said_on: date | None = None, may_name: bool = False
) -> list[int]:
    """Write down what a customer said, in their own words (C1); returns the numbers of the lines.

    :raises LoyalAppError: if nothing was written, the day is still to come, or they do not want to be named.
    """
    sdk.customers.get(customer_id)
    said = {"likes": sdk.plain(likes, keep_lines=True), "stays": sdk.plain(stays, keep_lines=True)}
    if not any(said.values()):
        raise sdk.LoyalAppError(_("Please write at least one answer, in their own words."), field="likes")
    if may_name:
        _check_naming(customer_id)
    rows = [
        Voice(customer_id=customer_id, kind=kind, words=text[:LONGEST], said_on=_day(said_on), may_name=may_name)
        for kind, text in said.items()
        if text
    ]
    sdk.db.session.add_all(rows)
    sdk.db.session.commit()
    return [row.id for row in rows]


def give(customer_id: int, extra: str, text: str, given_on: date | None = None) -> int:
    """Write down an extra that was really given (C2).

    :raises LoyalAppError: without its sort, without words, or for a day that is still to come.
    """
    sdk.customers.get(customer_id)
    if extra not in EXTRAS:
        raise sdk.LoyalAppError(_("Please choose what sort of extra it was."), field="extra")
    kept = sdk.plain(text, keep_lines=True)
    if not kept:
        raise sdk.LoyalAppError(_("Please write what was done for them."), field="words")
    row = Voice(customer_id=customer_id, kind="extra_given", words=kept[:LONGEST], extra=extra, said_on=_day(given_on))
    sdk.db.session.add(row)
    sdk.db.session.commit()
    return row.id


def _day(day: date | None) -> date:
    if day is not None and day > sdk.today():
        raise sdk.LoyalAppError(_("This day is still to come. Please look once more."), field="said_on")
    return day or sdk.today()


def allow_naming(voice_id: int, allowed: bool) -> Voice:
    """The customer allowed to be named with these words, or took it back (C4).

    :raises NotFound: if the line is not there any more.
    :raises LoyalAppError: if they do not want to be named to others at all.
    """
    found = _get(voice_id)
    if allowed:
        _check_naming(found.customer_id)
    found.may_name = allowed
    sdk.db.session.commit()
    return found


def _check_naming(customer_id: int) -> None:
    """A refusal on the customer's page counts more than a yes to one line (D4)."""
    if sdk.refused([customer_id], "reference"):
        raise sdk.LoyalAppError(_("They do not want to be named to others. Please ask them first."), field="may_name")


def _get(voice_id: int) -> Voice:
    found = sdk.db.session.get(Voice, voice_id)
    if found is None:
        raise sdk.NotFound(_("This line is not in the book any more."))
    return found


# ---- one customer ----


def voices_of(
    customer_id: int, limit: int, kinds: Sequence[str] = KINDS, until: date | None = None
) -> Sequence[Row[Any]]:
    """The newest lines of one customer, up to a day."""
    facts = {"customer_id": customer_id, "kinds": list(kinds), "most": limit, "until": until or date.max}
    return sdk.rows(VOICES, facts).all()


def done_for(customer_id: int, since: date | None = None) -> Done:
    """What we did for a customer in the last year, every figure traceable to a record (C3)."""
    first = sdk.today() - PERIOD
    newest = sorted(sdk.rows(NEWEST, {"customer_id": customer_id}), key=lambda one: (one.said_on, one.id), reverse=True)
    given = [one for one in newest if one.kind == "extra_given"]
    said = [one for one in newest if one.kind != "extra_given"]
    facts = {"customer_id": customer_id, "moment": sdk.now() - PERIOD, "first": first}
    contacts, purchases, extras = sdk.rows(COUNTS, facts).one()
    years = max(0, (sdk.today() - since).days * 100 // 36525) if since else 0
    return Done(contacts, purchases, extras, given, said, years)


# ---- everybody ----


def page(kind: str | None = None, trade: str | None = None, after: int | None = None, size: int = PAGE) -> Page:
    """What customers said and were given, the newest first, of one kind and trade where they are given."""
    person = sdk.Customer
    query = (
        select(Voice.id, Voice.customer_id, Voice.kind, Voice.words, Voice.extra, Voice.said_on, Voice.may_name)
        .add_columns(person.trade, person.place)
        .join(person, person.id == Voice.customer_id)
        .where(sdk.customers.OURS)
        .order_by(Voice.said_on.desc(), Voice.id.desc())
    )
    if kind in KINDS:
        query = query.where(Voice.kind == kind)
    if trade:
        query = query.where(person.trade == trade)
    if after and (row := sdk.db.session.get(Voice, after)):
        query = query.where(tuple_(Voice.said_on, Voice.id) < (row.said_on, row.id))
    rows = sdk.db.session.execute(query.limit(size + 1)).all()
    return Page(rows[:size], rows[size - 1].id if len(rows) > size else None)


def heard_by_trade(limit: int) -> Sequence[Row[Any]]:
    """How much was heard from each trade: (trade, heard), the most first."""
    person, heard = sdk.Customer, func.count()
    query = (
        select(person.trade, heard.label("heard"))
        .join(Voice, Voice.customer_id == person.id)
        .where(Voice.kind.in_(SAID), sdk.customers.OURS, person.trade.is_not(None))
        .group_by(person.trade)
        .order_by(heard.desc(), person.trade)
        .limit(limit)
    )
    return sdk.db.session.execute(query).all()


def not_asked(limit: int) -> Sequence[Row[Any]]:
    """Trades of which nobody was asked yet: (trade, customers, whom to ask), the most common first (C1).

    Only the newest customers are looked at, so that it takes no longer with a hundred thousand.
    """
    newest = select(sdk.Customer.id, sdk.Customer.trade, sdk.Customer.stage, sdk.Customer.removed_at)
    person = newest.order_by(sdk.Customer.id.desc()).limit(LOOKED_AT).subquery().c
    asked = (
        select(sdk.Customer.trade)
        .join(Voice, Voice.customer_id == sdk.Customer.id)
        .where(Voice.kind.in_(SAID), sdk.Customer.trade.is_not(None))
    )
    query = (
        select(person.trade, func.count().label("customers"), func.min(person.id).label("ask"))
        .where(
            person.removed_at.is_(None),
            person.stage == "customer",
            person.trade.is_not(None),
            person.trade.not_in(asked),
        )
        .group_by(person.trade)
        .order_by(func.count().desc(), person.trade)
        .limit(limit)
    )
    return sdk.db.session.execute(query).all()
