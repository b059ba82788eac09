"""Puts together what to know before a call or a visit: on one screen, and on one sheet without what is private."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from loyalapp.core import phones
from loyalapp.core.clock import now, today
from loyalapp.core.db import db
from loyalapp.core.formats import format_day, relative_day
from loyalapp.core.i18n import _, isolate_text
from loyalapp.features.briefing import sheets
from loyalapp.features.catalogue import owned
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from loyalapp.features.customers.words import CHANNEL_WORDS
from loyalapp.features.interactions import needs, rules
from loyalapp.features.interactions import service as interactions
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff
from loyalapp.plugin_system.answers import BriefingLine
from loyalapp.plugin_system.calls import ask

MOST_LINES = 6  # under one heading
LONGEST_LINE = 240  # letters: the rest stands on the customer's page
QUESTIONS = 2
# Where each of our own headings stands; plugins' lines come between them by their order.
TALK, PROMISES, NEEDS, NEXT, OWNED, FACTS, PEOPLE, HUSHED = 10, 30, 40, 55, 60, 70, 80, 99


@dataclass
class Section:
    """Lines of one heading. `is_private`: not on the sheet."""

    title: str
    is_private: bool = False
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Briefing:
    """All there is to know before a talk. `spoken`: how to address them; `facts`: who they are, in a few words."""

    customer: Customer
    addressed: str
    spoken: str
    facts: Sequence[str]
    sections: Sequence[Section]
    verdict: rules.Verdict | None


def of(customer_id: int) -> Briefing:
    """The briefing of one customer."""
    customer = customers.get(customer_id)
    about = customers.about(customer)
    language = customer.message_language or ""
    return Briefing(
        customer=customer,
        addressed=customers.addressed(customer),
        spoken=customers.addressed(customer, language.partition("-")[0] or None),
        facts=list(_facts(customer, about)),
        sections=_sections(customer, about),
        verdict=rules.advice(customer_id),
    )


def _facts(customer: Customer, about: Any) -> Iterator[str]:
    """Who it is, where, and how they like to be reached."""
    way, region = str(CHANNEL_WORDS.get(customer.channel or "", "")), settings.firm().region
    who = (customer.firm, customer.trade, customer.locality, customer.place, customer.address, way, customer.hours)
    yield from (isolate_text(one) for one in who if one)
    yield from (isolate_text(phones.shown(one.number, region), ltr=True) for one in customer.phones[:2])
    if about.salesman:
        yield _("Looked after by %(name)s.", name=isolate_text(about.salesman))


def _sections(customer: Customer, about: Any) -> list[Section]:
    """All lines under their headings, in their order; what is empty is left out."""
    ours = [*_talk(customer.id), *_from_books(customer), *_known(customer, about)]
    found: dict[tuple[str, bool], Section] = {}
    for line in sorted((*ours, *ask("briefing_lines", customer_id=customer.id)), key=lambda one: one.order):
        section = found.setdefault((line.title, line.is_private), Section(line.title, line.is_private))
        if len(section.lines) < MOST_LINES:
            section.lines.append(_short(line.text))
    return list(found.values())


def _short(text: str) -> str:
    if len(text) <= LONGEST_LINE:
        return text
    cut = text[:LONGEST_LINE].rpartition(" ")[0] or text[:LONGEST_LINE]
    missing = cut.count("\u2068") + cut.count("\u2066") - cut.count("\u2069")
    return f"{cut} …{chr(0x2069) * missing}"


def _talk(customer_id: int) -> Iterator[BriefingLine]:
    """What they said last, and when."""
    for one in interactions.latest(customer_id, 1):
        title = _("The last talk")
        yield BriefingLine(title, _("It was %(day)s.", day=isolate_text(relative_day(one.happened_at))), TALK)
        if one.said:
            yield BriefingLine(title, _("They said: %(words)s", words=isolate_text(one.said)), TALK)
        if one.learned:
            yield BriefingLine(title, _("We learned: %(words)s", words=isolate_text(one.learned)), TALK)


def _from_books(customer: Customer) -> Iterator[BriefingLine]:
    """Promises and our own next steps, needs, and what they have from us with what ends soon."""
    for one in interactions.promises_of(customer.id):
        title, order = (_("Our open promises"), PROMISES) if one.is_told else (_("Raise next time"), NEXT)
        yield BriefingLine(title, _and(one.what, relative_day(one.due_on)), order)
    for one in needs.needs_of(customer.id):
        yield BriefingLine(_("What they need"), isolate_text(one.text), NEEDS)
    for one in owned.of(customer.id, MOST_LINES):
        if one.gone_on is None:
            ends = " ".join(_ending(kind, day) for kind, day in owned.ends_soon(one, today()))
            yield BriefingLine(_("What they have from us"), f"{isolate_text(one.what)} {ends}".strip(), OWNED)


def _and(text: str, more: str) -> str:
    """What was written, which may end in a full stop, and one word more."""
    return f"{isolate_text(text.rstrip(' .۔।'))} · {isolate_text(more)}"


def _ending(kind: str, day: date) -> str:
    shown = isolate_text(format_day(day))
    return {
        "warranty": _("The warranty ends on %(day)s.", day=shown),
        "contract": _("The contract ends on %(day)s.", day=shown),
    }.get(kind) or _("It wears out around %(day)s.", day=shown)


def _known(customer: Customer, about: Any) -> Iterator[BriefingLine]:
    """What can be used in the talk, what is still unknown, and what is better left alone."""
    hushed = [customer.do_not_mention, *(one.text for one in customer.facts if one.do_not_mention)]
    for fact in customer.facts:
        if not fact.do_not_mention:
            yield BriefingLine(_("Good to know"), isolate_text(fact.text), FACTS, is_private=not fact.may_use)
    for question in customers.unknown(customer, about.people)[:QUESTIONS]:
        yield BriefingLine(_("Raise next time"), question.words, NEXT)
    for one in about.people:
        role = f" · {isolate_text(one.role)}" if one.role else ""
        yield BriefingLine(_("People there"), f"{isolate_text(one.name)}{role}", PEOPLE)
    for text in filter(None, hushed):
        yield BriefingLine(_("Please do not mention"), isolate_text(text), HUSHED, is_private=True)


# ---- the sheet ----


def sheet(customer_id: int) -> bytes:
    """The briefing on one printed page, without what is private: it may lie open at the customer's."""
    found = of(customer_id)
    return sheets.make(
        found.addressed,
        [" · ".join(found.facts)] if found.facts else [],
        [(one.title, [("", line) for line in one.lines]) for one in found.sections if not one.is_private],
        _("Briefing of %(day)s", day=isolate_text(format_day(today()))),
        is_one_page=True,
    )


def save_sheet(customer_id: int) -> Path:
    """Write the sheet to the exports folder; it goes with the customer when they are erased.

    :raises LoyalAppError: if the disk is full.
    """
    file = sheets.save(f"customer-{customer_id}-briefing-{now():%Y%m%d-%H%M%S}.pdf", sheet(customer_id))
    staff.note_deed("sheet", customer_id)
    db.session.commit()
    return file


def private_titles(sections: Iterable[Section]) -> list[str]:
    """What is left out of the sheet."""
    return [one.title for one in sections if one.is_private]
