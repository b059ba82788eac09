"""The line that only one person would get, offered with one key (E2): from the timeline, the first deal and facts.

A fact is read for its topic and the line is written by us in the card's language, since what was noted down is about
the customer and not for them. Nothing comes from a fact that is not to be mentioned or used, nothing that shares a word
with one, nothing sad, and nothing at all where the customer does not want us to keep such details.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from loyalapp import sdk

from . import likeness, proposals, words

_ = sdk.texts("greetings").gettext
FILE = Path(__file__).with_name("lines.toml")
MOST = 8
LATELY = timedelta(days=200)
LONGEST_WORDS = 4  # of a topic
TELLING = 4  # letters from which on a word tells what a text is about
LOOKED_BACK = 15
SAID_BEFORE = 0.85
_SENT = (
    select(func.count())
    .select_from(sdk.Customer)
    .where(sdk.Customer.referred_by_id == bindparam("customer_id"), sdk.customers.OURS)
)
_FIRST = (
    select(sdk.Purchase.item, sdk.Purchase.bought_on)
    .where(sdk.Purchase.customer_id == bindparam("customer_id"))
    .order_by(sdk.Purchase.bought_on, sdk.Purchase.id)
    .limit(1)
)


class Offer(NamedTuple):
    """One line to take over, and where it comes from in the reader's language.

    `is_noted`: as it was noted for us, to be turned into a sentence to the person.
    """

    line: str
    source: str
    is_noted: bool = False


def offers(customer: sdk.Customer, language: str, before: list[str] | None = None) -> list[Offer]:
    """Lines for this person in the card's language, the most personal first; none that an earlier card had."""
    found: dict[str, Offer] = {}
    shy = _not_to_mention(customer)
    known = (*_from_facts(customer, language), *_from_records(customer, language), *_as_noted(customer, language))
    for offer, about in known:
        if not _told(about) & shy and not _was_said(offer.line, before or []):
            found.setdefault(offer.line, offer)
    return list(found.values())[:MOST]


def only_to_read(customer: sdk.Customer, language: str) -> list[str]:
    """What is known in other letters than the card's: it helps whoever writes the line, and cannot be taken over."""
    shy = _not_to_mention(customer)
    return [
        fact.text
        for fact in _usable(customer)
        if not _topics(fact.text) and not _is_written_in(fact.text, language) and not _told(fact.text) & shy
    ][:3]


def _was_said(line: str, before: list[str]) -> bool:
    return any(likeness.alike(line, one) >= SAID_BEFORE for one in before)


# ---- facts


def _usable(customer: sdk.Customer) -> list[sdk.Fact]:
    if sdk.refused([customer.id], "details"):
        return []
    usable = [fact for fact in customer.facts if fact.may_use and not fact.do_not_mention]
    return [fact for fact in usable if not _phrases(fact.text) & _keys("sad")]


def _from_facts(customer: sdk.Customer, language: str) -> Iterator[tuple[Offer, str]]:
    """What we can say in good words."""
    for fact in _usable(customer):
        for topic in _topics(fact.text)[:1]:
            yield Offer(_table()["topic"][topic][language], _source_of(fact)), fact.text


def _as_noted(customer: sdk.Customer, language: str) -> Iterator[tuple[Offer, str]]:
    """What was noted in the card's letters, to be written on from."""
    for fact in _usable(customer):
        if not _topics(fact.text) and _is_written_in(fact.text, language):
            day = sdk.isolate_text(sdk.format_day(fact.learned_on, "near"))
            yield (
                Offer(fact.text, _("as it was noted on %(day)s; please turn it into a sentence", day=day), True),
                fact.text,
            )


def _topics(text: str) -> list[str]:
    found = _phrases(text)
    return [topic for topic in _table()["topic"] if found & _keys("topic", topic)]


def _is_written_in(text: str, language: str) -> bool:
    return sdk.address.script_of(text) == (language if language in sdk.LANGUAGES else "en")


def _source_of(fact: sdk.Fact) -> str:
    what, day = sdk.isolate_text(fact.text), sdk.isolate_text(sdk.format_day(fact.learned_on, "near"))
    known = {
        "told": _("they told us on %(day)s: %(what)s", day=day, what=what),
        "contact": _("from a talk on %(day)s: %(what)s", day=day, what=what),
    }
    return known.get(fact.source or "") or _("noted on %(day)s: %(what)s", day=day, what=what)


# ---- our own records


def _from_records(customer: sdk.Customer, language: str) -> Iterator[tuple[Offer, str]]:
    yield from _from_timeline(customer, language)
    bought = sdk.catalogue.purchases_of(customer.id, 1)
    if bought:
        item, day = bought[0].item, sdk.isolate_text(sdk.format_day(bought[0].bought_on, "near"))
        yield Offer(_line("item", language, item=item), _("bought on %(day)s", day=day)), item
    yield from _from_the_first_deal(customer, language)
    if sdk.rows(_SENT, {"customer_id": customer.id}).scalar_one():
        yield Offer(_line("sent", language), _("they sent others to us")), ""
    years = proposals.years_together(customer)  # as on the card itself
    if years > 1:
        said = words.span(language, years)
        yield Offer(_line("years", language, years=said), _("from the first deal")), ""


def _from_the_first_deal(customer: sdk.Customer, language: str) -> Iterator[tuple[Offer, str]]:
    first = sdk.rows(_FIRST, {"customer_id": customer.id}).first()
    since: date | None = customer.since or (first.bought_on if first else None)
    if since is None:
        return
    if first and first.bought_on.year == since.year < sdk.today().year:
        line = _line("first_item", language, year=since.year, item=first.item)
        yield Offer(line, _("from the first deal")), first.item
    yield Offer(_line("first", language, year=since.year), _("from the first deal")), ""


def _from_timeline(customer: sdk.Customer, language: str) -> Iterator[tuple[Offer, str]]:
    """The last visit, and a problem that was solved: with thanks for the patience."""
    for one in sdk.interactions.latest(customer.id, LOOKED_BACK):
        day = sdk.local(one.happened_at).date()
        if one.channel == "visit" and one.is_answered and sdk.today() - day < LATELY:
            shown = sdk.isolate_text(sdk.format_day(day, "near"))
            line = _line("visit", language, month=_month(day, language))
            yield Offer(line, _("visit on %(day)s", day=shown)), one.note
            break
    entries = sdk.ask("timeline_entries", customer_id=customer.id, limit=LOOKED_BACK, until=None)
    if any(one.about == "problem" and one.kind == "done" and _is_late(one.at) for one in entries):
        yield Offer(_line("patience", language), _("from a problem that was solved")), ""


def _is_late(moment: Any) -> bool:
    day = sdk.local(moment).date() if hasattr(moment, "hour") else moment
    return bool(sdk.today() - day < LATELY)


def _month(day: date, language: str) -> str:
    """The name of the month; in English letters its English name, as one says it there."""
    with sdk.in_language(language if language in sdk.LANGUAGES else "en"):
        return sdk.format_day(day, "day").partition(" ")[2]


# ---- what is left out


def _not_to_mention(customer: sdk.Customer) -> frozenset[str]:
    """The telling words of all that is not to be mentioned."""
    texts = [fact.text for fact in customer.facts if fact.do_not_mention or not fact.may_use]
    return frozenset().union(_told(customer.do_not_mention or ""), *map(_told, texts))


def _told(text: str) -> frozenset[str]:
    """The words that tell what a text is about, and its topics."""
    telling = {word for word in sdk.norm(text).split() if len(word) >= TELLING or any(map(str.isdigit, word))}
    return frozenset(telling | {f"#{topic}" for topic in _topics(text)})


def _phrases(text: str) -> frozenset[str]:
    """Every word, and every few words in a row."""
    found = sdk.norm(text).split()
    runs = (" ".join(found[at : at + count]) for count in range(1, LONGEST_WORDS + 1) for at in range(len(found)))
    return frozenset(runs)


@cache
def _keys(*path: str) -> frozenset[str]:
    entry: Any = _table()
    for one in path:
        entry = entry[one]
    return frozenset(map(sdk.norm, entry["words"]))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def _line(kind: str, language: str, **values: Any) -> str:
    line = str(_table()["record"][kind][language]).format(**values)
    return line[:1].upper() + line[1:]
