"""What can be done with value: write down what a customer said or was given, and whom we may quote."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, delete, func, insert, select, tuple_, union_all

from loyalapp import sdk
from loyalapp.sdk import Interaction, Purchase

from . import sorts
from .models import Voice, friend, theme

_ = sdk.texts("value").gettext

SAID = ("likes", "stays")
KINDS = (*SAID, "extra_given")
QUOTING = ("name", "kind", "no", "")
PAGE = 25
LONGEST = 2000
LONGEST_WORD = 60
MOST_THEMES = 6
MOST_MINUTES = 100_000
PERIOD = timedelta(days=365)
SOUGHT_IN = 500  # the newest lines, among which words are looked for
HIGHEST_ID = 2**31 - 1


# Questions of every customer's page are put together once: that takes longer than their answer.
LINE = (Voice.kind, Voice.words, Voice.extra, Voice.said_on, Voice.who, Voice.quoting)
VOICES = (
    select(Voice.id, *LINE, Voice.saved_minor, Voice.saved_minutes)
    .where(
        Voice.customer_id == bindparam("customer_id"),
        Voice.kind.in_(bindparam("kinds", expanding=True)),
        Voice.said_on <= bindparam("until"),
    )
    .order_by(Voice.said_on.desc(), Voice.id.desc())
    .limit(bindparam("most"))
)
NEWEST_LINES = (
    select(Voice.id, Voice.customer_id, Voice.kind, Voice.words, Voice.said_on, sdk.Customer.name)
    .join(sdk.Customer, sdk.Customer.id == Voice.customer_id)
    .where(sdk.customers.OURS)
    .order_by(Voice.said_on.desc(), Voice.id.desc())
    .limit(SOUGHT_IN)
)
THEMES = select(theme.c.voice_id, theme.c.theme).where(theme.c.voice_id.in_(bindparam("ids", expanding=True)))


def _newest(kinds: Sequence[str], most: int) -> Select[Any]:
    mine = select(Voice.id, Voice.customer_id, *LINE).where(
        Voice.customer_id == bindparam("customer_id"), Voice.kind.in_(kinds)
    )
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
MARKED = select(func.count()).select_from(friend).where(friend.c.customer_id == bindparam("customer_id"))
COUNTS = select(
    *(one.scalar_subquery() for one in (CONTACTS, PURCHASES, EXTRAS_GIVEN, MARKED)),
)


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
    is_friend: bool


def hear(
    customer_id: int,
    *,
    likes: str = "",
    stays: str = "",
    said_on: date | None = None,
    quoting: str = "",
    who: str = "",
    themes: Sequence[str] = (),
) -> list[int]:
    """Write down what a customer said, in their own words (C1); returns the numbers of the lines.

    :param who: the person inside the firm who said it. `themes`: what it is about, keys of `themes.toml` or own words.
    :param quoting: what others may be told, one of `QUOTING`.
    :raises LoyalAppError: if nothing was written, the day is still to come, or they do not want to be named.
    """
    sdk.customers.get(customer_id)
    said = {"likes": sdk.plain(likes, keep_lines=True), "stays": sdk.plain(stays, keep_lines=True)}
    if not any(said.values()):
        raise sdk.LoyalAppError(_("Please write at least one answer, in their own words."), field="likes")
    _check_quoting(customer_id, quoting)
    day, person = day_of(said_on), sdk.plain(who)[:LONGEST_WORD]
    rows = [
        Voice(customer_id=customer_id, kind=kind, words=text[:LONGEST], said_on=day, quoting=quoting, who=person)
        for kind, text in said.items()
        if text
    ]
    sdk.db.session.add_all(rows)
    sdk.db.session.flush()
    write_themes([row.id for row in rows], themes)
    sdk.db.session.commit()
    return [row.id for row in rows]


def write_themes(voice_ids: Sequence[int], themes: Sequence[str]) -> None:
    """What these lines are about, instead of what stood there; in the caller's transaction."""
    kept = list(dict.fromkeys(filter(None, (sdk.plain(one)[:LONGEST_WORD] for one in themes))))[:MOST_THEMES]
    sdk.db.session.execute(delete(theme).where(theme.c.voice_id.in_(voice_ids)))
    if rows := [{"voice_id": one, "theme": word} for one in voice_ids for word in kept]:
        sdk.db.session.execute(insert(theme), rows)


def give(
    customer_id: int,
    extra: str,
    text: str,
    given_on: date | None = None,
    *,
    saved_minor: int | None = None,
    saved_minutes: int | None = None,
) -> int:
    """Write down an extra that was really given (C2), with what it saved the customer where that is known.

    :raises LoyalAppError: without its sort, without words, or for a day that is still to come.
    """
    sdk.customers.get(customer_id)
    if not sorts.is_known(extra):
        raise sdk.LoyalAppError(_("Please choose what sort of extra it was."), field="extra")
    kept = sdk.plain(text, keep_lines=True)
    if not kept:
        raise sdk.LoyalAppError(_("Please write what was done for them."), field="words")
    row = Voice(
        customer_id=customer_id, kind="extra_given", words=kept[:LONGEST], extra=extra, said_on=day_of(given_on)
    )
    row.saved_minor, row.saved_minutes = max(0, saved_minor or 0), max(0, saved_minutes or 0)
    sdk.db.session.add(row)
    sdk.db.session.commit()
    return row.id


def day_of(day: date | None) -> date:
    """Today, unless a day was said.

    :raises LoyalAppError: for a day that is still to come.
    """
    if day is not None and day > sdk.today():
        raise sdk.LoyalAppError(_("This day is still to come. Please look once more."), field="said_on")
    return day or sdk.today()


# ---- whom we may quote ----


def allow_quoting(voice_id: int, quoting: str) -> Voice:
    """What the customer allowed others to be told with these words, or took back (C4).

    :raises NotFound: if the line is not there any more.
    :raises LoyalAppError: if they do not want to be named to others at all.
    """
    found = get(voice_id)
    set_quoting(found, quoting)
    sdk.db.session.commit()
    return found


def set_quoting(line: Voice, quoting: str) -> None:
    """The same in the caller's transaction."""
    _check_quoting(line.customer_id, quoting)
    if _tells_less(quoting, line.quoting):
        line.withdrawn_on = sdk.today()
    elif quoting in ("name", "kind"):
        line.withdrawn_on = None
    line.quoting = quoting


def _tells_less(now: str, before: str) -> bool:
    """Whether a yes was taken back, wholly or but for the kind of customer."""
    return (before in ("name", "kind") and now in ("no", "")) or (before == "name" and now == "kind")


def _check_quoting(customer_id: int, quoting: str) -> None:
    """A refusal on the customer's page counts more than a yes to one line (D4)."""
    if quoting not in QUOTING:
        raise sdk.LoyalAppError(_("Please choose what others may be told."), field="quoting")
    if quoting == "name" and sdk.refused([customer_id], "reference"):
        raise sdk.LoyalAppError(_("They do not want to be named to others. Please ask them first."), field="quoting")


def may_quote(row: Any, unnamed: Collection[int]) -> str:
    """What others may be told of a line now: `name`, `kind` or "" for nothing.

    :param unnamed: customers who do not want to be named to others (D4).
    """
    if row.quoting == "name":
        return "kind" if row.customer_id in unnamed else "name"
    return "kind" if row.quoting == "kind" else ""


def get(voice_id: int) -> Voice:
    """A line of the book.

    :raises NotFound: if it is not there any more, or its customer is in the trash.
    """
    found = sdk.db.session.get(Voice, voice_id) if 0 < voice_id <= HIGHEST_ID else None
    if found is None or not sdk.customers.present([found.customer_id]):
        raise sdk.NotFound(_("This line is not in the book any more."))
    return found


def themes_of(voice_ids: Collection[int]) -> dict[int, list[str]]:
    """What each of these lines is about."""
    found: dict[int, list[str]] = {}
    for row in sdk.rows(THEMES, {"ids": list(voice_ids)}) if voice_ids else ():
        found.setdefault(row.voice_id, []).append(row.theme)
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
    contacts, purchases, extras, marked = sdk.rows(COUNTS, facts).one()
    return Done(contacts, purchases, extras, given, said, years_together(since), bool(marked))


def years_together(since: date | None) -> int:
    """Whole years since the first day, each full on its anniversary; 0 where that is not known."""
    today = sdk.today()
    if since is None or since > today:
        return 0
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))


# ---- everybody ----


def page(kind: str | None = None, trade: str | None = None, after: int | None = None, size: int = PAGE) -> Page:
    """What customers said and were given, the newest first, of one kind and trade where they are given."""
    person = sdk.Customer
    query = (
        select(Voice.id, Voice.customer_id, *LINE)
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


def about(text: str, most: int) -> list[Row[Any]]:
    """The newest lines that hold every word, each word begun, spelt in another way, or in another script."""
    sought = sdk.Sought(text)
    found = (one for one in sdk.rows(NEWEST_LINES) if sought.met_by(one.words))
    return [one for _place, one in zip(range(most), found, strict=False)]
