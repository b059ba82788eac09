"""The ready words of the cards, from `words.toml`: in the customer's language, never in the interface's."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("words.toml")


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def greet(occasion: str, language: str, years: int = 0) -> str:
    """The large words at the head of a card, such as `عید مبارک`."""
    return _filled(_all()[occasion][language]["greet"], language, years)


def wishes(occasion: str, language: str, years: int = 0) -> list[str]:
    """The wordings to choose from."""
    return [_filled(one, language, years) for one in _all()[occasion][language]["wishes"]]


def addressed(name: str, language: str, *, has_form: bool) -> str:
    """How the card speaks to the person. A form that fits everybody is added where the list holds none."""
    respect = "" if has_form else _all()["respect"][language]
    return str(_all()["address"][language]).format(name=f"{name} {respect}".strip())


def since(day: str, language: str) -> str:
    """`Since 5 March 2021`; the day is already written out."""
    return str(_all()["since"][language]).format(day=day)


def offer(kind: str, language: str, **values: Any) -> str:
    """A line to build the personal one on: `item` that was bought, or the `first` order."""
    return str(_all()["offers"][kind][language]).format(**values)


def _filled(text: str, language: str, years: int) -> str:
    span = _span(language, years)
    return text.format(span=span, Span=span[:1].upper() + span[1:])


def _span(language: str, years: int) -> str:
    spoken = _all()["spans"][language]
    if 1 <= years <= len(spoken):
        return str(spoken[years - 1])
    return str(_all()["span"][language]).format(years=years)
