"""Who may be the same customer twice: one rule for entry, for lists that are brought in, and for the page of pairs.

A shared number or e-mail address speaks for one customer, and so does one name, in whatever script, together with one
place or one firm. A name alone does so only where few have it and nothing contradicts it. Nobody is ever joined by
this rule: it proposes, and people decide (`merging`); that two are not the same is remembered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from sqlalchemy import Select, delete, func, insert, literal, literal_column, or_, select, tuple_
from sqlalchemy.orm import aliased

from loyalapp.core.db import db, rows
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.core.likeness import distance
from loyalapp.core.sounds import is_article, joined
from loyalapp.core.textkeys import norm
from loyalapp.features.customers.faces import Face, faces_of
from loyalapp.features.customers.keys import sound_key
from loyalapp.features.customers.models import Customer, NotTheSame, Phone

# Why two may be one, the strongest first.
NUMBER, EMAIL, PLACE, FIRM, NAME, FAMILY = "number", "email", "place", "firm", "name", "family"
FEW_OF_A_NAME = 4  # so many customers of one name can be looked at by the name alone
MANY = 6  # so many with one number or of one name in one place are no doubles any more
SHOWN = 5
BETWEEN = "\x1f"  # parts a name from a place
ALIKE = 40
# Literals, as an index of a part of the table is taken only where its condition stands in the question word by word.
_HERE = (Customer.removed_at.is_(None), Customer.stage != literal_column("'not_ours'"))


@dataclass(frozen=True)
class Pair:
    """Two who may be one, and why."""

    one: Face
    other: Face
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class PairPage:
    """Some pairs, and where the next ones begin (None at the end)."""

    pairs: Sequence[Pair]
    after: str | None


def same_person(name: str, other: str) -> bool:
    """Whether two names over one number do not contradict each other."""
    key, other_key = norm(name), norm(other)
    if key == other_key or not (_has_letters(key) and _has_letters(other_key)):
        return True
    words, other_words = set(key.split()), set(other_key.split())
    if words <= other_words or other_words <= words:
        return True
    sound = joined(name)
    return len(sound) > 1 and sound == joined(other)


def _has_letters(key: str) -> bool:
    return any(map(str.isalpha, key))


def reasons(one: Face, other: Face, *, is_rare: bool = True) -> tuple[str, ...]:
    """Why these two may be one customer; empty where nothing speaks for it.

    :param is_rare: whether few enough have the name for it to count alone.
    """
    found = []
    names_agree = any(same_person(mine, theirs) for mine in one.names for theirs in other.names)
    if one.numbers & other.numbers:
        found.append(NUMBER if names_agree else FAMILY)
    if one.email and one.email.casefold() == other.email.casefold():
        found.append(EMAIL)
    if one.sounds() & other.sounds() and any(_is_one_name(*both) for both in product(one.names, other.names)):
        if _same_words(one.place, other.place):
            found.append(PLACE)
        elif _same_words(one.firm, other.firm):
            found.append(FIRM)
        elif found or (is_rare and not (one.place and other.place) and not (one.firm and other.firm)):
            found.append(NAME)
    return tuple(sorted(found, key=_ORDER.index))


def _is_one_name(name: str, other: str) -> bool:
    """Whether two names that sound alike as a whole do so word by word: Imran Awan is not Umar Awan.

    Where they have not equally many words (عبدالرحمٰن, Abdul Rehman), the whole decides.
    """
    words, others = ([word for word in norm(one).split() if not is_article(word)] for one in (name, other))
    if len(words) != len(others):
        return joined(name) == joined(other)
    return all(
        joined(mine) == joined(theirs) != "" or distance(mine, theirs) <= 1
        for mine, theirs in zip(words, others, strict=True)
    )


_ORDER = (NUMBER, EMAIL, PLACE, FIRM, NAME, FAMILY)


def _same_words(mine: str, theirs: str) -> bool:
    """One place or firm, in whatever script."""
    return bool(mine and theirs) and (norm(mine) == norm(theirs) or joined(mine) == joined(theirs) != "")


# ---- while somebody is typed in ----


def alike(face: Face) -> list[tuple[Face, tuple[str, ...]]]:
    """Those in the list who may be the one that is being typed in, the likeliest first."""
    sounds = {sound_key(one) for one in face.names}
    ways = [select(Customer.id).where(Customer.sound_key.in_(sounds), *_HERE).limit(ALIKE)]
    if face.numbers:
        having = select(Customer.id).join(Phone, Phone.customer_id == Customer.id)
        ways.append(having.where(Phone.number.in_(face.numbers), *_HERE).limit(ALIKE))
    if face.email:
        ways.append(select(Customer.id).where(Customer.email == face.email, *_HERE).limit(ALIKE))
    ids = {one for way in ways for one in rows(way).scalars()} - {face.id}
    known = set(_not_the_same([face.id])) if face.id else set()
    faces = [one for one in faces_of(ids).values() if frozenset((face.id, one.id)) not in known]
    rare = sum(bool(one.sounds() & face.sounds()) for one in faces) < FEW_OF_A_NAME
    found = [(one, why) for one in faces if (why := reasons(face, one, is_rare=rare))]
    return sorted(found, key=lambda pair: (_ORDER.index(pair[1][0]), pair[0].id))[:SHOWN]


# ---- the page of pairs ----


def pairs(after: str | None = None, size: int = 25) -> PairPage:
    """Pairs that may be one, those with a common number first, in a fixed number of questions a page."""
    kind, _sign, key = (after or "").partition("~")
    kinds = list(_GROUPS)
    found: list[Pair] = []
    for one in kinds[kinds.index(kind) if kind in kinds else 0 :]:
        start = key if one == kind else ""
        groups = _groups(one, start, size)
        for place, more in _pairs_of(one, groups):
            found += more
            if len(found) >= size:
                return PairPage(found, f"{one}~{place}")
        if len(groups) == size:
            return PairPage(found, f"{one}~{groups[-1][0]}")
    return PairPage(found, None)


def _numbers(after: str, size: int) -> Select[Any]:
    shared = select(Phone.number, Phone.number).join(Customer, Customer.id == Phone.customer_id)
    grouped = shared.where(Phone.number > after, *_HERE).group_by(Phone.number)
    return grouped.having(func.count(Customer.id.distinct()).between(2, MANY)).order_by(Phone.number).limit(size)


def _emails(after: str, size: int) -> Select[Any]:
    grouped = select(Customer.email, Customer.email).where(Customer.email.is_not(None), Customer.email > after, *_HERE)
    return grouped.group_by(Customer.email).having(func.count() > 1).order_by(Customer.email).limit(size)


def _names(after: str, size: int) -> Select[Any]:
    grouped = select(Customer.sound_key, Customer.sound_key).where(Customer.sound_key > after, *_HERE)
    few = grouped.group_by(Customer.sound_key).having(func.count().between(2, FEW_OF_A_NAME))
    return few.order_by(Customer.sound_key).limit(size)


def _names_in_places(after: str, size: int) -> Select[Any]:
    """Of names that many have: those of one place."""
    sound, _sign, place = after.partition(BETWEEN)
    key = (Customer.sound_key, Customer.place)
    same = aliased(Customer)
    all_of_it = select(func.count()).where(same.sound_key == Customer.sound_key, same.removed_at.is_(None))
    grouped = select(Customer.sound_key + BETWEEN + Customer.place, Customer.sound_key)
    grouped = grouped.where(Customer.place.is_not(None), tuple_(*key) > tuple_(literal(sound), literal(place)), *_HERE)
    grouped = grouped.group_by(*key).having(func.count().between(2, MANY))
    return grouped.having(all_of_it.correlate(Customer).scalar_subquery() > FEW_OF_A_NAME).order_by(*key).limit(size)


_GROUPS = {NUMBER: _numbers, EMAIL: _emails, NAME: _names, PLACE: _names_in_places, FAMILY: _numbers}


def _groups(kind: str, after: str, size: int) -> list[tuple[str, str]]:
    return [(place, key) for place, key in rows(_GROUPS[kind](after, size))]


def _members(kind: str, groups: Sequence[tuple[str, str]]) -> dict[str, list[int]]:
    """Who is in each group, by its place in the list."""
    keys = sorted({key for _place, key in groups})
    if kind in (NUMBER, FAMILY):
        asked: Select[Any] = select(Phone.number, Customer.id).join(Customer, Customer.id == Phone.customer_id)
        asked = asked.where(Phone.number.in_(keys), *_HERE)
    elif kind == EMAIL:
        asked = select(Customer.email, Customer.id).where(Customer.email.in_(keys), *_HERE)
    elif kind == NAME:
        asked = select(Customer.sound_key, Customer.id).where(Customer.sound_key.in_(keys), *_HERE)
    else:
        both = Customer.sound_key + BETWEEN + Customer.place
        asked = select(both, Customer.id).where(Customer.sound_key.in_(keys), both.in_([one for one, _ in groups]))
        asked = asked.where(*_HERE)
    found: dict[str, list[int]] = {}
    for place, one in rows(asked):
        found.setdefault(place, []).append(one)
    return found


def _pairs_of(kind: str, groups: Sequence[tuple[str, str]]) -> Iterator[tuple[str, list[Pair]]]:
    """Group by group the pairs that belong under this kind, and not under one further up."""
    members = _members(kind, groups)
    ids = sorted({one for some in members.values() for one in some})
    faces, known = faces_of(ids), set(_not_the_same(ids))
    seen: set[frozenset[int]] = set()
    for place, _key in groups:
        found = []
        for one, other in combinations(sorted(set(members.get(place, ())))[:MANY], 2):
            both = frozenset((one, other))
            why = reasons(faces[one], faces[other], is_rare=kind == NAME)
            if why and _heading(why, kind) == kind and both not in known | seen:
                seen.add(both)
                found.append(Pair(faces[one], faces[other], why))
        yield place, found


def _heading(why: tuple[str, ...], kind: str) -> str:
    """Under which kind a pair stands; one name in one place or firm stands where the name was looked for."""
    return kind if why[0] in (PLACE, FIRM, NAME) and kind in (NAME, PLACE) else why[0]


# ---- not the same ----


def _not_the_same(ids: Sequence[int]) -> Iterator[frozenset[int]]:
    a, b = NotTheSame.customer_a, NotTheSame.customer_b
    for one, other in rows(select(a, b).where(or_(a.in_(ids), b.in_(ids)))) if ids else ():
        yield frozenset((one, other))


def not_the_same(one: int, other: int) -> None:
    """Remember that two are not the same, however alike they look.

    :raises LoyalAppError: of one and the same customer.
    """
    if one == other:
        raise LoyalAppError(_("This is one and the same customer."))
    if frozenset((one, other)) not in set(_not_the_same([one])):
        db.session.execute(insert(NotTheSame).values(customer_a=min(one, other), customer_b=max(one, other)))
    db.session.commit()


def perhaps_the_same(one: int, other: int) -> None:
    """Forget that again."""
    a, b = NotTheSame.customer_a, NotTheSame.customer_b
    db.session.execute(delete(NotTheSame).where(or_((a == one) & (b == other), (a == other) & (b == one))))
    db.session.commit()
