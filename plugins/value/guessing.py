"""Our own guess: what we believe makes us valuable and what only we offer, and beside it what customers say (C1)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, func, insert, select

from loyalapp import sdk

from . import asked, words
from .models import guess

_ = sdk.texts("value").gettext

KINDS = ("valued", "only")
LONGEST = 300
MOST = 12
ALL = select(guess.c.id, guess.c.kind, guess.c.theme, guess.c.words, guess.c.made_on).order_by(guess.c.id)


class Beside(NamedTuple):
    """A theme: whether we guessed it, and how many customers said it. `said` is None where nobody did."""

    theme: str
    is_guessed: bool
    said: asked.Counted | None


def ours() -> Sequence[Row[Any]]:
    """What we wrote down: (id, kind, theme, words, made_on)."""
    return sdk.rows(ALL).all()


def only_ours() -> list[str]:
    """What only we offer, in our words."""
    return [one.words or words.theme(one.theme) for one in ours() if one.kind == "only"]


def add(kind: str, theme: str = "", text: str = "") -> int:
    """Write down something we believe.

    :param theme: a key of `themes.toml`, so that it can be counted beside the customers' words.
    :raises LoyalAppError: without a theme and words, if it is there already, or if there are very many.
    """
    kept = sdk.plain(text)[:LONGEST]
    chosen = theme if theme in words.themes() else ""
    if kind not in KINDS or not (kept or (chosen and kind == "valued")):
        raise sdk.LoyalAppError(_("Please choose or write what you believe."), field="words")
    have = [one for one in ours() if one.kind == kind]
    if any((one.theme, sdk.norm(one.words)) == (chosen, sdk.norm(kept)) for one in have):
        raise sdk.LoyalAppError(_("This is written down already."), field="words")
    if len(have) >= MOST:
        raise sdk.LoyalAppError(_("These are very many. What counts most? Please take one away first."), field="words")
    row = {"kind": kind, "theme": chosen, "words": kept, "made_on": sdk.today()}
    made = sdk.db.session.execute(insert(guess).values(row).returning(guess.c.id)).scalar_one()
    sdk.db.session.commit()
    return int(made)


def take_out(guess_id: int) -> dict[str, str]:
    """We do not believe it any more; answers what it was, so that it can be brought back.

    :raises NotFound: if it is not there any more.
    """
    found = next((one for one in ours() if one.id == guess_id), None)
    if found is None:
        raise sdk.NotFound(_("This line is not in the book any more."))
    sdk.db.session.execute(delete(guess).where(guess.c.id == guess_id))
    sdk.db.session.commit()
    return {"kind": found.kind, "theme": found.theme, "words": found.words}


def beside() -> list[Beside]:
    """Every theme that we guessed or customers said, what most customers said first."""
    guessed = {one.theme for one in ours() if one.kind == "valued" and one.theme}
    said = {one.theme: one for one in asked.counted()}
    both = sorted(guessed | said.keys(), key=lambda key: (-(said[key].part if key in said else 0), key))
    return [Beside(key, key in guessed, said.get(key)) for key in both]


def is_empty() -> bool:
    """Whether we wrote nothing down yet."""
    return not sdk.db.session.scalar(select(func.count()).select_from(guess))
