"""Allies: named people in support, repair or at the supplier who can help with a problem, without an account (A6).

Each is good at some kinds of problems and some groups of goods, or at all of them. Whom something waits on cannot be
removed before it is given to somebody else; who is removed keeps their name in what happened.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, select

from loyalapp import sdk

from . import kinds as kind_book
from . import waiting
from .models import DEPARTMENTS, Ally, AllySkill
from .together import changed_meanwhile, keep

_ = sdk.texts("issues").gettext
ngettext = sdk.texts("issues").ngettext

LONGEST = {"name": 100, "firm": 100, "email": 200, "note": 500}
MOST = 500
HIGHEST_ID = 2**31 - 1
COLUMNS = ("name", "department", "firm", "phone", "whatsapp", "email", "language", "note")
HERE = select(Ally).where(Ally.is_gone.is_(False)).order_by(Ally.id).limit(MOST)
SKILLS = select(AllySkill.ally_id, AllySkill.kind_id, AllySkill.product_group).where(
    AllySkill.ally_id.in_(bindparam("ids", expanding=True))
)


@dataclass(frozen=True)
class Skills:
    """What somebody is good at; an empty set means all kinds, or all goods."""

    kinds: frozenset[int] = frozenset()
    groups: frozenset[str] = frozenset()

    def fit(self, kind_id: int | None, group: str | None) -> int:
        """How well it fits: two for each that is named and meets, none at all where one is named and misses."""
        said = [(self.kinds, kind_id), (self.groups, group)]
        if any(known and asked is not None and asked not in known for known, asked in said):
            return -1
        return sum(2 for known, asked in said if known and asked is not None)


@dataclass(frozen=True)
class Suggestion:
    """One ally for a problem. `fit` as above; `waits`: how much waits on them already."""

    ally: Ally
    skills: Skills
    fit: int
    waits: int


@dataclass
class Written:
    """What was written about an ally, as the form gives it."""

    values: Mapping[str, Any]
    kinds: Iterable[int] = field(default_factory=tuple)
    groups: Iterable[str] = field(default_factory=tuple)


# ---- who is there ----


def get(ally_id: int) -> Ally:
    """One ally, also one who was removed.

    :raises NotFound: if there is none.
    """
    return found(ally_id, to_change=False)


def found(ally_id: int, *, to_change: bool = True) -> Ally:
    """To change it, the row is locked, so that nothing is handed to somebody who is being removed."""
    ally = None
    if 0 < ally_id <= HIGHEST_ID:
        ally = sdk.db.session.get(Ally, ally_id, with_for_update=to_change, populate_existing=to_change)
    if ally is None:
        raise sdk.NotFound(_("This ally is not in the book any more."))
    return ally


def here() -> Sequence[Ally]:
    """All who can be asked, by department and name."""
    by_name = sdk.alphabet.in_order(sdk.db.session.scalars(HERE), lambda one: one.name)
    return sorted(by_name, key=lambda one: one.department)


def skills_of(ids: Iterable[int]) -> dict[int, Skills]:
    """What these are good at, by one query."""
    kinds: dict[int, set[int]] = {}
    groups: dict[int, set[str]] = {}
    wanted = list(ids)
    for one in sdk.rows(SKILLS, {"ids": wanted}) if wanted else ():
        if one.kind_id is not None:
            kinds.setdefault(one.ally_id, set()).add(one.kind_id)
        if one.product_group is not None:
            groups.setdefault(one.ally_id, set()).add(one.product_group)
    return {one: Skills(frozenset(kinds.get(one, ())), frozenset(groups.get(one, ()))) for one in wanted}


def suggested(kind_id: int | None, group: str | None) -> list[Suggestion]:
    """Everybody, whoever fits best first; among equals the one on whom less waits. Three queries however many."""
    everybody = here()
    skills = skills_of([one.id for one in everybody])
    load = waiting.counts()
    made = [
        Suggestion(one, skills[one.id], skills[one.id].fit(kind_id, group), load.get(one.id, 0)) for one in everybody
    ]
    return sorted(made, key=lambda one: (-one.fit, one.waits))


# ---- kept ----


def add(written: Written) -> int:
    """Write down somebody who can help.

    :raises LoyalAppError: without a name, or without any way to reach them.
    """
    ally = Ally(**_checked(written.values))
    if len(here()) >= MOST:
        raise sdk.LoyalAppError(_("These are very many. Please remove those who do not help any more first."))
    sdk.db.session.add(ally)
    sdk.db.session.flush()
    _set_skills(ally, written)
    sdk.db.session.commit()
    return ally.id


def change(ally_id: int, written: Written, version: int | None = None) -> None:
    """Correct what is known about somebody.

    :param version: the version the user saw; if somebody changed it since, nothing is overwritten.
    :raises Conflict: if it was changed meanwhile.
    """
    ally = found(ally_id)
    if version is not None and version != ally.version:
        raise changed_meanwhile()
    for name, value in _checked(written.values).items():
        setattr(ally, name, value)
    ally.is_example = False  # it is theirs now
    _set_skills(ally, written)
    keep()


def remove(ally_id: int) -> None:
    """They do not help any more; the name stays in what happened.

    :raises LoyalAppError: while something waits on them: it has to be given to somebody else first.
    """
    ally = found(ally_id)
    if waits := waiting.counts().get(ally.id, 0):
        shown = {"name": sdk.isolate_text(ally.name), "count": sdk.format_number(waits)}
        raise sdk.LoyalAppError(
            ngettext(
                "%(count)s problem still waits on %(name)s. Please give it to somebody else first.",
                "%(count)s problems still wait on %(name)s. Please give them to somebody else first.",
                waits,
                **shown,
            )
        )
    ally.is_gone = True
    keep()


def bring_back(ally_id: int) -> None:
    """Undo of that."""
    found(ally_id).is_gone = False
    keep()


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: sdk.plain(str(values.get(name) or "")) for name in COLUMNS}
    for name, most in LONGEST.items():
        if len(texts[name]) > most:
            raise sdk.LoyalAppError(_("This is very long. A few words are enough."), field=name)
    if not texts["name"]:
        raise sdk.LoyalAppError(_("Please write the name."), field="name")
    for name in ("phone", "whatsapp"):
        texts[name] = sdk.phone_number(texts[name], name) if texts[name] else ""
    if texts["email"] and not _is_email(texts["email"]):
        raise sdk.LoyalAppError(_("This does not look like an e-mail address. Please look once more."), field="email")
    if not (texts["phone"] or texts["whatsapp"] or texts["email"]):
        raise sdk.LoyalAppError(_("How can they be reached? One number or e-mail address is enough."), field="phone")
    if texts["department"] not in DEPARTMENTS:
        raise sdk.LoyalAppError(_("Please choose where they work."), field="department")
    known: dict[str, Any] = dict(texts)
    known["language"] = texts["language"] if texts["language"] in sdk.MESSAGE_LANGUAGES else None
    return known


def _is_email(text: str) -> bool:
    name, _at, place = text.partition("@")
    return bool(name) and "." in place.strip(".") and "@" not in place and not any(one.isspace() for one in text)


def _set_skills(ally: Ally, written: Written) -> None:
    """The skills as they were ticked; what is not known here any more is left out."""
    kinds, groups = set(kind_book.names()) & set(written.kinds), set(sdk.catalogue.groups()) & set(written.groups)
    sdk.db.session.execute(delete(AllySkill).where(AllySkill.ally_id == ally.id))
    sdk.db.session.add_all(AllySkill(ally_id=ally.id, kind_id=one) for one in sorted(kinds))
    sdk.db.session.add_all(AllySkill(ally_id=ally.id, product_group=one) for one in sorted(groups))
