"""The looks a card can have: our own, and those that other plugins offer.

Our own are drawn at once. One of another plugin is drawn apart, looked at once before it may be chosen, and left out of
this run where it cannot be drawn. On a card it is written as `plugin:key`, one of ours by its key alone.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from loyalapp import sdk

from . import ours

_ = sdk.texts("greetings").gettext
HOME = Path(__file__).with_name("designs")
OURS = "greetings"
SMALL = 20  # dots per inch: 150 dots across
Form = Literal["png", "pdf"]
UPRIGHT = 540 / (105 / 25.4 * 72)  # so much wider than A6 is a picture for phones
_seen: dict[tuple[Path, int], bool] = {}  # whether a design of another plugin can be drawn, by its file as it is


class Look(NamedTuple):
    """One look that can be chosen, with its name in the reader's language."""

    key: str
    name: str

    @property
    def is_ours(self) -> bool:
        """Whether it can be shown small, without a card."""
        return self.key in ours.DESIGNS


def own() -> list[sdk.CardDesign]:
    """What we offer ourselves."""
    return [sdk.CardDesign(key, ours.name(key), HOME / f"{key}.typ", ours.made_for(key)) for key in ours.DESIGNS]


def offered() -> dict[str, sdk.CardDesign]:
    """All that plugins offer, ours first, without those that could not be drawn."""
    answered = sdk.ask("card_designs")
    found = {one.key: one for one in answered if one.plugin == OURS}
    others = {f"{one.plugin}:{one.key}": one for one in answered if one.plugin != OURS}
    return found | {key: one for key, one in others.items() if _seen.get(_mark(one)) is not False}


def fitting(occasion: str) -> list[Look]:
    """Those for an occasion: ours, the best first, then those of others."""
    known = offered()
    others = [key for key, one in known.items() if ":" in key and (not one.occasions or occasion in one.occasions)]
    return [Look(key, known[key].name) for key in (*ours.designs_for(occasion), *others) if key in known]


def is_known(key: str) -> bool:
    """Whether a card can be made in it."""
    return key in ours.DESIGNS or (":" in key and key in offered())


def name(key: str) -> str:
    """What it is called."""
    return ours.name(key) if key in ours.DESIGNS else offered()[key].name


def draw(key: str, data: dict[str, Any], form: Form = "png", ppi: int = 144) -> bytes:
    """A card in this look.

    :raises BadDesign: where a look of another plugin is gone, or cannot be drawn; it is left out from then on.
    """
    if key in ours.DESIGNS:
        return sdk.typeset(HOME / f"{key}.typ", data, form, ppi)
    design = offered().get(key)
    if design is None:
        raise sdk.BadDesign(f"there is no {key}")
    mark = _mark(design)
    data, ppi = _promised(data, ppi)
    try:
        if mark not in _seen:
            sdk.check_design(design)
        made = _drawn(design, mark, tuple(data.items()), form, ppi)
    except sdk.BadDesign:
        _seen[mark] = False
        raise
    _seen[mark] = True
    return made


@lru_cache(maxsize=32)
def small(key: str) -> bytes:
    """One of our own without words, small enough to choose from; drawn once in a run.

    :raises NotFound: for a look that is not ours: those of others are drawn for one card only.
    """
    if key not in ours.DESIGNS:
        raise sdk.NotFound(_("There is no such card."))
    nothing = dict.fromkeys(("greet", "to", "wish", "own", "sender", "place", "since"), "")
    return sdk.typeset(HOME / f"{key}.typ", {**nothing, "size": "square", "language": "en", "years": 5}, "png", SMALL)


def _promised(data: dict[str, Any], ppi: int) -> tuple[dict[str, Any], int]:
    """The manual promises makers of plugins two sizes; what is upright is drawn as A6, in as many dots as it has."""
    if data["size"] in ("square", "a6"):
        return data, ppi
    return {**data, "size": "a6"}, round(ppi * UPRIGHT) if data["size"] == "portrait" else ppi


@lru_cache(maxsize=4)
def _drawn(design: sdk.CardDesign, _mark: tuple[Path, int], data: tuple[Any, ...], form: Form, ppi: int) -> bytes:
    """Kept for a moment: the page draws it to see whether it can be, and then asks for the picture."""
    return sdk.draw_design(design, dict(data), form, ppi)


def _mark(design: sdk.CardDesign) -> tuple[Path, int]:
    """The file as it is: a mended one is tried again."""
    try:
        return design.template, design.template.stat().st_mtime_ns
    except OSError:
        return design.template, 0
