"""The ready words of the cards, in the customer's language and never in the interface's.

Each message language has a file of its own (`wordings-….toml`), by occasion (`occasions.toml`): the large words, and
wishes in three tones. An occasion without words of its own has those of its kind, with its name put in.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from loyalapp import sdk

from . import occasions, own
from .models import TONES

HOME = Path(__file__).parent
KINDS = ("festival", "national", "profession")
# Days that several countries keep on different dates say the same.
LIKE = {"teachers_pk": "teachers_in", "farmers_pk": "farmers_in"}
_NOTHING: dict[str, Any] = {}


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads((HOME / "words.toml").read_text("utf-8"))


@cache
def _wordings(language: str) -> dict[str, Any]:
    return tomllib.loads((HOME / f"wordings-{language}.toml").read_text("utf-8"))


def tones() -> dict[str, str]:
    """The tones of a wish, in the reader's language."""
    _ = sdk.texts("greetings").gettext
    return {"warm": _("Warm"), "respectful": _("Respectful"), "short": _("Short")}


def greet(occasion: str, language: str, years: int = 0) -> str:
    """The large words at the head of a card, such as `عید مبارک`."""
    family = _family(occasion, language)
    text = _section(occasion, language).get("greet") or _wordings(language)[family]["greet"]
    return _filled(text, occasion, language, years)


def wishes(occasion: str, language: str, years: int = 0, tone: str = "") -> list[str]:
    """The wordings to choose from, in one tone or, without one, in all of them."""
    wanted = (tone,) if tone in TONES else TONES
    found = [one for key in wanted for lists in _lists(occasion, language, years) for one in lists.get(key, ())]
    return list(dict.fromkeys(_filled(one, occasion, language, years) for one in found))


def longer(wordings: Iterable[str], language: str, tone: str) -> list[str]:
    """The same with a second sentence each: what is left when every wording was used."""
    after = _wordings(language)["after"].get(tone, ())
    return [f"{one} {more}" for more in after for one in wordings if more not in one]


def named(occasion: str, language: str) -> str:
    """What an occasion is called in the words of a card."""
    known = _section(occasion, language).get("name")
    if known:
        return str(known)
    if own.is_own(occasion):
        return own.name(occasion)
    entry = occasions.entry(occasion) or occasions.entry("other")
    return str(entry[language if language in sdk.LANGUAGES else "en"])


def addressed(name: str, language: str, *, has_form: bool) -> str:
    """How the card speaks to the person. A form that fits everybody is added where the list holds none."""
    respect = "" if has_form else _all()["respect"][language]
    return str(_all()["address"][language]).format(name=f"{name} {respect}".strip())


def since(day: str, language: str) -> str:
    """`Since 5 March 2021`; the day is already written out."""
    return str(_all()["since"][language]).format(day=day)


def span(language: str, years: int) -> str:
    """`five years`, in words as far as one says it in words."""
    spoken = _all()["spans"][language]
    if 1 <= years <= len(spoken):
        return str(spoken[years - 1])
    return str(_all()["span"][language]).format(years=years)


def _family(occasion: str, language: str) -> str:
    """Whose words an occasion has that has none of its own."""
    if own.is_own(occasion):  # its name stands in the words where it is in the same letters
        return "own_day" if sdk.address.script_of(own.name(occasion)) == _script(language) else "other"
    kind = occasions.kind(occasion)
    return kind if kind in KINDS else "other"


def _script(language: str) -> str:
    return language if language in sdk.LANGUAGES else "en"


def _section(occasion: str, language: str) -> dict[str, Any]:
    found: dict[str, Any] = _wordings(language).get(LIKE.get(occasion, occasion), _NOTHING)
    return found


def _lists(occasion: str, language: str, years: int) -> list[dict[str, Any]]:
    """Where the wordings of an occasion stand: its own, those of round years, those of its kind."""
    words, section = _wordings(language), _section(occasion, language)
    found = [section]
    if occasion == "first_deal" and occasions.is_round(years):
        found.insert(0, words["round_years"])
    family = _family(occasion, language)
    if family in KINDS and section.get("pool", family):
        found.append(words["pool"][family])
    elif not any(tone in section for tone in TONES):
        found.append(words[family])
    return found


def _filled(text: str, occasion: str, language: str, years: int) -> str:
    long, day = span(language, years), named(occasion, language)
    filled = text.format(
        span=long, Span=_begun(long), day=day, on=_section(occasion, language).get("on", day)
    )  # fmt: skip
    return _begun(filled)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
