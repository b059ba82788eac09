"""What the page of a review sends: the answers by question, and what stands at its end; from a button or from a pause.

Fields of a question are called `said-<id>`, `tick-<id>` and so on; `v-<id>` is the version of its answer that was on
the page, and the sign that the page had this question at all.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from loyalapp import sdk

from .answers import Said
from .ending import Ending
from .nothing import says_nothing
from .questions import LEARNED, Question

YEARS_AHEAD = 5
FIRST = "v-"
TEXTS = ("mood", "channel", "kind", "recommendation", "reason", "promised")
DAYS = ("promised_for", "held_on")


class Sent(NamedTuple):
    """`answers` by question, `ending` (None where the page's end was not sent), `version` of the review."""

    answers: Mapping[str, Said]
    ending: Ending | None
    version: int


def read(form: Any, asked: Sequence[Question]) -> Sent:
    """Read a form. Only what was asked is taken; everything else in it is left alone."""
    language = sdk.current_language()
    given = {one.id: _answer(form, one.id, one.said_in(language)) for one in asked if f"{FIRST}{one.id}" in form}
    if f"{FIRST}{LEARNED}" in form:
        given[LEARNED] = _answer(form, LEARNED, "")._replace(keep_as="fact")
    return Sent(given, _ending(form) if "v" in form else None, number(form.get("v", form.get("seen", ""))))


def _answer(form: Any, key: str, asked: str) -> Said:
    said, tick, shop = (form.get(f"{name}-{key}", "") for name in ("said", "tick", "shop"))
    return Said(
        said=said,
        tick=tick,
        keep_as="mention" if shop.strip() else _kept_as(form, key, said),
        shop=shop,
        sure=form.get(f"sure-{key}", ""),
        is_left_out=form.get("do", "") == f"skip-{key}",
        asked=asked,
        version=number(form.get(f"{FIRST}{key}", "")),
    )


def _kept_as(form: Any, key: str, said: str) -> str:
    """What was ticked; the tick stands there from the beginning, so beside a plain "no" it counts for nothing."""
    return "" if said.strip() and says_nothing(said) else form.get(f"keep-{key}", "")


def _ending(form: Any) -> Ending:
    days = {name: _day(form.get(name, "")) for name in DAYS}
    return Ending(**{name: form.get(name, "") for name in TEXTS}, **days)


def _day(text: str) -> date | None:
    """A day that is half typed is none yet."""
    try:
        found = sdk.parse_day(text, latest_year=sdk.today().year + YEARS_AHEAD) if text.strip() else None
        return date(found.year or 0, found.month, found.day) if found else None
    except ValueError:
        return None


def number(text: str) -> int:
    """A version out of a form; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
