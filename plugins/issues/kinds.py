"""Kinds of problems: a short list that fits the firm's trade, chosen with one key or guessed from the words (A7)."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select

from loyalapp import sdk

from .models import Kind
from .sounding import Word, heard, likeness

_ = sdk.texts("issues").gettext
FILE = Path(__file__).with_name("kinds.toml")
MOST = 15
LONGEST = 60
NEAR = 0.35  # how far another spelling in the same script may lie from a word of a kind
SURE = 0.6  # how surely a word in another script has to be one of a kind's
OFFERED = select(Kind.id, Kind.key, Kind.name, Kind.is_gone).order_by(Kind.id)


class Offered(NamedTuple):
    """A kind by its name in the reader's language."""

    id: int
    key: str | None
    name: str


def offered() -> Sequence[Offered]:
    """The kinds to choose from, in their order."""
    return [Offered(one.id, one.key, name) for one, name in _all() if not one.is_gone]


def names() -> dict[int, str]:
    """What each kind is called, also one that is not offered any more."""
    return {one.id: name for one, name in _all()}


def _all() -> Sequence[tuple[Any, str]]:
    """Every kind with its name; read again only after a change."""
    language = sdk.current_language()
    return sdk.until_changed(f"issues.kinds.{language}", lambda: [(one, _named(one)) for one in sdk.rows(OFFERED)])


def _named(one: Any) -> str:
    return str(_book()[one.key][sdk.current_language()] if one.key in _book() else one.name)


def guess(text: str) -> int | None:
    """The kind that the customer's words speak of; None where they speak of none or of several alike."""
    by_sound = sdk.until_changed("issues.kind_words", _by_sound)
    score: dict[int, float] = {}
    for word in heard(text):
        for kind_id, sure in _met(word, by_sound).items():
            score[kind_id] = score.get(kind_id, 0) + sure
    best = sorted(score.values(), reverse=True)
    if not best or (len(best) > 1 and best[0] == best[1]):
        return None
    return max(score, key=lambda one: score[one])


def _met(word: Word, by_sound: Mapping[str, Sequence["_Told"]]) -> dict[int, float]:
    """The kinds that a word speaks of, and how surely."""
    found: dict[int, float] = {}
    for one in (one for sound in word.sounds for one in by_sound.get(sound, ())):
        if (sure := _sure(word.spelt, one)) > found.get(one.kind_id, 0):
            found[one.kind_id] = sure
    return found


def _sure(spelt: str, told: "_Told") -> float:
    """How surely it is this word; 0 for another. Kinds that come with LoyalApp have their words in every script."""
    if _script(spelt) == _script(told.spelt):
        return 1.0 if spelt == told.spelt else 0.9 if sdk.distance(spelt, told.spelt) <= NEAR else 0.0
    sure = 0.0 if told.is_in_all_scripts else likeness(spelt, told.spelt)
    return sure if sure >= SURE else 0.0


def _script(spelt: str) -> int:
    """Latin, Devanagari or Arabic letters, by the first of them."""
    return 0 if spelt.isascii() else 1 if "\u0900" <= spelt[0] <= "\u097f" else 2


class _Told(NamedTuple):
    """A word by which a kind is guessed."""

    kind_id: int
    spelt: str
    is_in_all_scripts: bool


def _by_sound() -> Mapping[str, Sequence[_Told]]:
    """The words by which kinds are guessed, by their sound."""
    by_sound: dict[str, list[_Told]] = {}
    for one, name in _all():
        is_ours = one.key in _book()
        for word in () if one.is_gone else heard(_book()[one.key]["words"] if is_ours else name, None):
            for sound in word.sounds:
                by_sound.setdefault(sound, []).append(_Told(one.id, word.spelt, is_ours))
    return by_sound


@cache
def _book() -> Mapping[Any, Mapping[str, Any]]:
    return tomllib.loads(FILE.read_text("utf-8"))


# ---- the firm's own list ----


def trades() -> dict[str, str]:
    """Trades that have kinds of their own, by what they are called."""
    told = sdk.catalogue.trades(sdk.current_language())
    having = {trade for one in _book().values() for trade in one.get("trades", ())}
    return {key: name for key, (name, _groups) in told.items() if key in having}


def add(name: str) -> None:
    """A kind of the firm's own.

    :raises LoyalAppError: without a name, with one that is there, or if there are many already.
    """
    words = sdk.plain(name)
    if not words or len(words) > LONGEST:
        raise sdk.LoyalAppError(_("Please write a name of at most 60 letters."), field="name")
    if any(sdk.norm(words) == sdk.norm(one.name) for one in offered()):
        raise sdk.LoyalAppError(_("This kind is here already."), field="name")
    _make_room(1)
    sdk.db.session.add(Kind(name=words))
    sdk.db.session.commit()


def add_of_trade(trade: str) -> int:
    """The kinds of a trade; answers how many are new.

    :raises LoyalAppError: for a trade without any, or if the list gets too long.
    """
    wanted = [key for key, one in _book().items() if trade in one.get("trades", ())]
    if not wanted:
        raise sdk.LoyalAppError(_("Please choose a trade from the list."), field="trade")
    known = {one.key: one for one in sdk.db.session.scalars(select(Kind))}
    new = [key for key in wanted if key not in known or known[key].is_gone]
    _make_room(len(new))
    for key in new:
        if key in known:
            known[key].is_gone = False
        else:
            sdk.db.session.add(Kind(key=key))
    sdk.db.session.commit()
    return len(new)


def _make_room(count: int) -> None:
    if len(offered()) + count > MOST:
        raise sdk.LoyalAppError(
            _("Fifteen kinds are enough: a longer list is not read on the phone. Remove one first.")
        )


def remove(kind_id: int, *, is_gone: bool = True) -> None:
    """It is not offered any more; problems of this kind keep it. False takes that back.

    :raises NotFound: if there is none.
    """
    kind = sdk.db.session.get(Kind, kind_id)
    if kind is None:
        raise sdk.NotFound(_("This kind is not in the list any more."))
    kind.is_gone = is_gone
    sdk.db.session.commit()


def checked(text: str | None) -> int | None:
    """The kind that was chosen in a form; None for none.

    :raises LoyalAppError: if it is not in the list.
    """
    if not text:
        return None
    known = {str(one.id) for one in offered()}
    if text not in known:
        raise sdk.LoyalAppError(_("This kind is not in the list any more."), field="kind")
    return int(text)
