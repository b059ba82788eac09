"""The sheet for a talk on paper: the questions in the customer's or our language, with room to write."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from loyalapp import sdk

from . import questions, service, steps, suggestions
from .pairs import spoken

SHEET = Path(__file__).with_name("designs") / "talk.typ"
MOST_IDEAS = 3
SHORT = 160
QUOTES = {"ur": "”{}“"}


class Line(NamedTuple):
    """One question on the sheet. `last`: what was said the last time; `ticks`: what can be ticked."""

    asked: str
    last: str
    ticks: list[str]


class Sheet(NamedTuple):
    """What is printed. `areas`: a heading and its questions. `ideas`: what could be recommended."""

    language: str
    title: str
    firm: str
    customer: str
    opening: str
    areas: list[tuple[str, list[Line]]]
    ideas: list[str]
    words: dict[str, str]


def of(customer: Any, language: str) -> Sheet:
    """The sheet for one customer, in a message language."""
    said = dict(questions.sheet_words(language))
    plan = steps.plan(customer, service.open_review(customer.id))
    page = "en" if "-" in language else language
    with sdk.in_language(page):
        return Sheet(
            language,
            said["title"],
            sdk.firm().name,
            sdk.customers.addressed(customer, page),
            questions.opening(language),
            [(said[stage.area], [_line(one, language, said) for one in stage.steps]) for stage in plan.stages],
            list(_ideas(customer.id, language)),
            said,
        )


def _line(step: steps.Step, language: str, said: dict[str, str]) -> Line:
    ticks = [said[one] for one in questions.TICKS.get(step.question.ticks, ())]
    last = suggestions.short(step.before.said, SHORT) if step.before and step.before.said else ""
    quoted = QUOTES.get(language, "“{}”").format(last) if last else ""
    return Line(step.question.said_in(language), quoted, ticks)


def _ideas(customer_id: int, language: str) -> Iterator[str]:
    for one in suggestions.of(customer_id)[:MOST_IDEAS]:
        yield spoken(one.words, language) if one.words else f"{one.text} ({one.why.rstrip('.۔।')})"


def pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF, A4."""
    return sdk.typeset(SHEET, data(sheet), "pdf")


def data(sheet: Sheet) -> dict[str, Any]:
    """What the template finds."""
    return {
        **sheet._asdict(),
        "areas": [{"title": title, "lines": [one._asdict() for one in lines]} for title, lines in sheet.areas if lines],
    }


def file_name(customer_id: int) -> str:
    """Under which the sheet lies in the exports folder; by it, it is found when the customer is erased."""
    return f"LoyalApp-talk-{customer_id}.pdf"


def files(customer_id: int) -> list[Path]:
    """The sheets of a customer that lie in the exports folder."""
    return list(sdk.exported(file_name(customer_id)))
