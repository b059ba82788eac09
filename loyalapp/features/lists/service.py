"""What can be done with a list: show a page of it, count it, say who is on it, keep it under a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from loyalapp.core import alphabet
from loyalapp.core.alphabet import LAST
from loyalapp.core.db import db, rows
from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.core.i18n import _
from loyalapp.core.memory import until_changed
from loyalapp.core.sounds import skeleton
from loyalapp.core.textkeys import norm, plain
from loyalapp.features.customers import service as customers
from loyalapp.features.lists import questions
from loyalapp.features.lists.filters import NEWEST, Filters
from loyalapp.features.lists.models import SavedList

PAGE = 25
MOST_FOUND = 2000
MOST_SAVED = 30
LONGEST_ID = 9
LONGEST_NAME = 60

SAVED = select(SavedList.id, SavedList.name, SavedList.filters)


@dataclass(frozen=True)
class Page:
    """One page of a list. `before` and `after` are cursors for the neighbouring pages, None at an end."""

    rows: Sequence[Any]
    total: int
    before: str | None
    after: str | None


def page(filters: Filters, after: str | None = None, before: str | None = None, size: int = PAGE) -> Page:
    """One page, by keyset: as fast on page 4,000 as on page 1.

    :raises NotFound: if the cursor is none of ours.
    """
    cursor, backwards = (before, True) if before else (after, False)
    place = _cursor(cursor) if cursor else None
    chosen = _chosen(filters)
    read = _newest if filters.sort == NEWEST else _by_name
    found = read(chosen, place, size + 1, backwards=backwards)
    more = len(found) > size
    found = found[:size][::-1] if backwards else found[:size]
    has_before, has_after = (more, True) if backwards else (place is not None and _has_before(chosen, place), more)
    return Page(
        found,
        count(filters),
        _mark(found[0]) if found and has_before else None,
        _mark(found[-1]) if found and has_after else None,
    )


def _has_before(chosen: list[Any], place: tuple[str, int]) -> bool:
    """Whether anybody stands before a place to which one came; a letter of the index may be the first one."""
    return bool(place[1]) or bool(_by_name(chosen, place, 1, backwards=True))


def _chosen(filters: Filters) -> list[Any]:
    if not filters.chooses:
        return questions.EVERYBODY
    found = [row.id for row in customers.find(filters.q, MOST_FOUND)] if filters.q else None
    spelt = {name: _spellings(name, text) for name in ("place", "trade") if (text := getattr(filters, name))}
    return questions.conditions(filters, found, spelt)


def _spellings(name: str, text: str) -> list[str]:
    """How a place or a trade is written in our list, in any script."""
    sound, spelling = skeleton(text), norm(text)
    return [one for one in written(name) if norm(one) == spelling or (sound and skeleton(one) == sound)]


def written(name: str) -> list[str]:
    """The places or trades in our list, the most frequent first; read again only after a change."""
    return until_changed(f"lists.{name}", lambda: list(rows(questions.written(name)).scalars()))


def _by_name(chosen: list[Any], place: tuple[str, int] | None, wanted: int, *, backwards: bool) -> list[Any]:
    """Rows in the order of the interface's alphabet; at the end of one script those of the next follow."""
    question = _question(chosen, backwards=backwards)

    def ask(run: alphabet.Run, most: int) -> list[Any]:
        facts = {"key": run.key, "number": run.number, "size": most}
        return list(rows(question, {**facts, "start": run.start} if backwards else {**facts, "end": run.end}))

    return alphabet.walk(ask, place, wanted, backwards=backwards)


def _question(chosen: list[Any], *, backwards: bool) -> Any:
    if chosen is questions.EVERYBODY:
        return questions.BACK if backwards else questions.ONWARD
    return questions.back(chosen) if backwards else questions.onward(chosen)


def _newest(chosen: list[Any], place: tuple[str, int] | None, wanted: int, *, backwards: bool) -> list[Any]:
    number = place[1] if place else LAST
    return list(rows(questions.newest(chosen, backwards=backwards), {"number": number, "size": wanted}))


def _mark(row: Any) -> str:
    return f"{row.id}~{row.sort_key}"


def _cursor(mark: str) -> tuple[str, int]:
    number, found, key = mark.partition("~")
    if not found or not number.isdecimal() or len(number) > LONGEST_ID or "\0" in key:
        raise NotFound(_("This page of the list is not there."))
    return key, int(number)


def count(filters: Filters) -> int:
    """How many are on the list; counted again only after a change."""
    if not filters.chooses:
        return customers.total()
    asked = filters.words()
    asked.pop("sort", None)
    return until_changed(
        "lists.count", lambda: int(rows(questions.count(_chosen(filters))).scalar() or 0), tuple(asked.items())
    )


def everybody_on(filters: Filters) -> list[int]:
    """The ids of all who are on the list."""
    return list(rows(questions.ids(_chosen(filters))).scalars())


# ---- lists that are kept ----


def saved() -> Sequence[Any]:
    """The kept lists by name: id, name, filters."""
    return alphabet.in_order(until_changed("lists.saved", lambda: rows(SAVED).all()), lambda one: str(one.name))


def save(name: str, filters: Filters) -> int:
    """Keep what the list is filtered by under a name.

    :raises LoyalAppError: without a name, without filters, or where another list has the name.
    """
    kept = plain(name)[:LONGEST_NAME]
    if not kept:
        raise LoyalAppError(_("Please write a name for this list."), field="name")
    if not filters.words():
        raise LoyalAppError(_("This list holds everybody. Please choose first whom it shall show."), field="name")
    present = saved()
    if norm(kept) in {norm(one.name) for one in present}:
        raise Conflict(_("There is a list of this name already. Please choose another name."), field="name")
    if len(present) >= MOST_SAVED:
        raise LoyalAppError(_("These are very many lists. Please remove one that nobody needs."), field="name")
    made = SavedList(name=kept, filters=filters.words())
    db.session.add(made)
    db.session.commit()
    return made.id


def forget(saved_list_id: int) -> None:
    """Remove a kept list; the customers on it stay.

    :raises NotFound: if it is gone already.
    """
    found = db.session.get(SavedList, saved_list_id)
    if found is None:
        raise NotFound(_("This list is not there any more."))
    db.session.delete(found)
    db.session.commit()
