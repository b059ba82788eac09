"""Problems like the one that is being told (A7): by the sound of its words in any script, then by group and kind.

Each problem is stored with the keys of its words (`sounding`). What is typed is looked up by its rarest words, newest
problems first, never more than a few hundred of one word; those few are then compared word by word.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from math import log
from typing import Any, NamedTuple

from sqlalchemy import Float, bindparam, delete, exists, func, insert, select, union_all

from loyalapp import sdk

from .models import Cause, Key, Problem
from .sounding import Word, heard, keys, likeness

SHOWN = 5
CAUSES_SHOWN = 3
WORDS = 6  # of what is typed, the rarest, that are looked up
OF_ONE_WORD = 120  # newest problems that hold it
LOOKED_AT = 16  # of them, compared word by word
OFTEN = 60  # problems in which a word is to be called common; how often rarer ones occur is not counted
ENOUGH = 0.34  # of the weight of what is typed that has to be found
STRANGE = 0.03  # what each word more or less than in the question takes away
TO_KEEP = 2000  # problems whose keys are made at once

TOTAL = select(func.count()).select_from(Problem)
COMMON = select(Key.key, func.count()).group_by(Key.key).having(func.count() > OFTEN)
_COLUMNS = (
    Problem.id,
    Problem.what,
    Problem.item,
    Problem.opened_at,
    Problem.is_over,
    Problem.kind_id,
    Problem.cause_id,
    Problem.product_group,
)
_SEEN = select(*_COLUMNS).join(sdk.Customer, sdk.Customer.id == Problem.customer_id)
_SEEN = _SEEN.where(sdk.Customer.removed_at.is_(None), sdk.Customer.erased_at.is_(None))
OF_GROUP_AND_KIND = (
    _SEEN.where(Problem.product_group == bindparam("product_group"), Problem.kind_id == bindparam("kind_id"))
    .order_by(Problem.opened_at.desc(), Problem.id.desc())
    .limit(bindparam("most"))
)
OF_KIND = (
    select(Cause.id.label("cause_id"))
    .where(Cause.product_group == bindparam("product_group"), Cause.kind_id == bindparam("kind_id"))
    .order_by(Cause.id.desc())
    .limit(bindparam("most"))
)
CAUSES = select(Cause.id, Cause.title, Cause.words, Cause.fix, Cause.state, Cause.kind_id, Cause.product_group).where(
    ~Cause.is_example | exists().where(Problem.cause_id == Cause.id)  # else the example customers are gone
)


class Known(NamedTuple):
    """A cause that may stand behind it, with its quick fix."""

    id: int
    title: str
    fix: str
    state: str
    kind_id: int | None
    product_group: str | None
    words: tuple[tuple[Word, ...], ...]


class Seen(NamedTuple):
    """A problem like this one; `times`: how many were told in the same words."""

    id: int
    what: str
    item: str
    opened_at: Any
    is_over: bool
    kind_id: int | None
    cause_id: int | None
    product_group: str | None
    times: int


class Found(NamedTuple):
    """What is known of such problems: causes with their quick fixes, and the problems themselves; the likest first."""

    causes: Sequence[Known]
    problems: Sequence[Seen]


# ---- keeping ----


def keep(problem: Problem) -> None:
    """Store the keys of a problem anew, in the caller's transaction."""
    sdk.db.session.execute(delete(Key).where(Key.problem_id == problem.id))
    keep_all([(problem.id, f"{problem.item} {problem.what}")])


def keep_all(problems: Iterable[tuple[int, str]]) -> None:
    """Store the keys of problems that have none yet: their ids and words."""
    made = [{"key": key, "problem_id": one} for one, text in problems for key in sorted(keys(text))]
    for start in range(0, len(made), TO_KEEP):
        sdk.db.session.execute(insert(Key), made[start : start + TO_KEEP])


# ---- finding ----


def look_up(text: str, product_group: str | None = None, kind_id: int | None = None, but: int = 0) -> Found:
    """What is like the problem that is being told.

    :param text: the customer's words as far as they are typed. `but`: the problem itself, where it is written already.
    """
    asked = _Asked(text)
    seen = _by_words(asked, but) if asked.words else []
    likely = [one.cause_id for one in seen]
    beside: list[int] = []
    if product_group and kind_id is not None:
        facts = {"product_group": product_group, "kind_id": kind_id, "most": SHOWN + 1}
        beside = [row.cause_id for row in sdk.rows(OF_KIND, facts)]
        if len(seen) < SHOWN:
            told, rows = {one.what for one in seen}, sdk.rows(OF_GROUP_AND_KIND, facts)
            seen += [Seen._make((*row, 1)) for row in rows if row.id != but and row.what not in told]
    return Found(_causes(asked, likely, beside), seen[:SHOWN])


def _by_words(asked: "_Asked", but: int) -> list[Seen]:
    """The likest problems, those told in the same words as one."""
    found: dict[frozenset[str], list[tuple[float, Any]]] = {}
    for row in sdk.rows(_question(len(asked.rarest)), asked.facts()):
        met = heard(f"{row.item} {row.what}")
        alike = asked.found_in(met)
        if alike >= ENOUGH and row.id != but:
            found.setdefault(frozenset([one.spelt for one in met]), []).append((alike, row))
    seen = [_as_one(told) for told in found.values()]
    return [one for _alike, one in sorted(seen, key=lambda one: (-one[0], -one[1].id))]


def _as_one(told: Sequence[tuple[float, Any]]) -> tuple[float, Seen]:
    """The likest of those told in the same words stands for all of them, with the cause that any of them has."""
    alike, best = max(told, key=lambda one: one[0])
    cause = next((row.cause_id for _alike, row in ((alike, best), *told) if row.cause_id), None)
    return alike, Seen._make((*best, len(told)))._replace(cause_id=cause)


class _Asked:
    """What is typed, and what each of its words says: the rarer, the more."""

    def __init__(self, text: str) -> None:
        self.words = heard(text)
        total, common = sdk.remembered("issues.common", sdk.today(), _common)
        rare = log(1 + total / OFTEN)
        weights = {
            key: log(1 + total / common[key]) if key in common else rare for one in self.words for key in one.sounds
        }
        self.weight = [max(weights[key] for key in one.sounds) for one in self.words]
        self.whole = sum(self.weight) or 1.0
        self.rarest = sorted(weights.items(), key=lambda one: -one[1])[:WORDS]
        self.typed = len(self.words) - 1 if text[-1:].isalpha() else None
        self.places: dict[str, list[int]] = {}
        for place, one in enumerate(self.words):
            for key in one.sounds:
                self.places.setdefault(key, []).append(place)

    def facts(self) -> dict[str, Any]:
        """For the question."""
        facts: dict[str, Any] = {"most": OF_ONE_WORD, "limit": LOOKED_AT}
        for number, (key, weight) in enumerate(self.rarest):
            facts |= {f"key{number}": key, f"weight{number}": weight}
        return facts

    def found_in(self, met: Sequence[Word]) -> float:
        """Which part of the weight of these words another sentence holds; less for what else it says."""
        best = [0.0] * len(self.words)
        for one in met:
            for key in one.sounds:
                for place in self.places.get(key, ()):
                    if best[place] < 1:
                        best[place] = max(best[place], likeness(self.words[place].spelt, one.spelt))
        if self.typed is not None and not best[self.typed]:
            best[self.typed] = self._begun(self.words[self.typed], met)
        found = sum([sure * weight for sure, weight in zip(best, self.weight, strict=True)])
        return found / self.whole - STRANGE * abs(len(met) - len(self.words))

    def _begun(self, word: Word, met: Sequence[Word]) -> float:
        """How surely the word that is still being typed is the beginning of one of these."""
        goes_on = [one for one in met if any(b.startswith(a) for a in word.sounds for b in one.sounds)]
        return max([likeness(word.spelt, one.spelt, begun=True) for one in goes_on], default=0.0)


def _common() -> tuple[int, dict[str, int]]:
    """How many problems there are, and in how many of them the common words occur; counted once a day."""
    return sdk.rows(TOTAL).scalar() or 0, {row.key: row[1] for row in sdk.rows(COMMON)}


@cache
def _question(count: int) -> Any:
    """The newest problems of each word, those with the most weight first."""
    parts = []
    for number in range(count):
        newest = (
            select(Key.problem_id)
            .where(Key.key == bindparam(f"key{number}"))
            .order_by(Key.problem_id.desc())
            .limit(bindparam("most"))
            .subquery()
        )
        parts.append(select(newest.c.problem_id, bindparam(f"weight{number}", type_=Float).label("weight")))
    held = (union_all(*parts) if count > 1 else parts[0]).subquery()
    weight = func.sum(held.c.weight).label("weight")
    best = select(held.c.problem_id, weight).group_by(held.c.problem_id)
    found = best.order_by(weight.desc(), held.c.problem_id.desc()).limit(bindparam("limit")).subquery()
    return _SEEN.join(found, found.c.problem_id == Problem.id).order_by(found.c.weight.desc(), Problem.id.desc())


def _causes(asked: _Asked, seen: Sequence[int | None], beside: Sequence[int]) -> list[Known]:
    """The causes of such problems first, then those whose own words say it, then those of this group and kind."""
    known = {one.id: one for one in causes()}
    likely = dict.fromkeys(one for one in seen if one is not None)
    if asked.words and known:
        told = {one.id: max(map(asked.found_in, one.words), default=0.0) for one in known.values()}
        likely |= dict.fromkeys(one for one in sorted(told, key=lambda one: -told[one]) if told[one] >= ENOUGH)
    likely |= dict.fromkeys(beside)
    return [known[one] for one in likely if one in known][:CAUSES_SHOWN]


def causes() -> Sequence[Known]:
    """All causes, with their words made ready; read again only after a change."""
    return sdk.until_changed("issues.causes", _read_causes)


def _read_causes() -> list[Known]:
    return [
        Known(
            row.id, row.title, row.fix, row.state, row.kind_id, row.product_group,
            tuple(heard(way) for way in (row.title, *row.words.splitlines()) if way),
        )
        for row in sdk.rows(CAUSES)
    ]  # fmt: skip
