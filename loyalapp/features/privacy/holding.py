"""Puts together what we hold about one customer, in words that can be handed over, in the customer's language."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from loyalapp.core import phones
from loyalapp.core.belongings import rows_of
from loyalapp.core.clock import local
from loyalapp.core.days import PartialDay
from loyalapp.core.db import db
from loyalapp.core.formats import format_day, format_money, format_number
from loyalapp.core.i18n import current_language, in_language, isolate_text, message_language_names
from loyalapp.features.catalogue.models import OwnedItem, Purchase
from loyalapp.features.customers import consent, naming
from loyalapp.features.customers.models import Customer, Fact
from loyalapp.features.interactions.models import Interaction, Need, Offer, Promise
from loyalapp.features.settings import service as settings
from loyalapp.features.staff.models import StaffMember
from loyalapp.plugin_system.calls import ask, registry

WORDS = Path(__file__).with_name("words.toml")
FROM_US = frozenset({"told", "contact", "seen", "other", "page"})  # sources that are words of ours, not the writer's
WAYS = {"email": "letter"}  # a way to reach somebody is not the address
Row = tuple[str, str]


@dataclass(frozen=True)
class Section:
    """One heading of the sheet with its lines: what stands before, and the line itself."""

    title: str
    rows: Sequence[Row]


@cache
def words(language: str) -> dict[str, str]:
    """The words of the sheet in one of the five languages of messages."""
    return tomllib.loads(WORDS.read_text("utf-8"))[language]  # type: ignore[no-any-return]  # -- the test checks the file


def sections(customer: Customer, ids: Sequence[int], language: str) -> list[Section]:
    """Everything, in the order in which a person would ask for it; what is empty is left out.

    :param ids: the customer, and those who were made one with them.
    """
    said = words(language)
    with in_language("en" if language.endswith("-Latn") else language):
        made = [
            Section(said["who"], list(_who(customer, said, language))),
            Section(
                said["people"],
                [(one.role or "", _joined(one.name, _phone(one.number), one.note)) for one in customer.people],
            ),
            Section(said["days"], [(_day(one.when), one.what or said["firm_birthday"]) for one in customer.days]),
            Section(said["notes"], list(_noted(customer, ids, said, careful=False))),
            Section(said["careful"], list(_noted(customer, ids, said, careful=True))),
            Section(said["contacts"], list(_contacts(ids, said))),
            Section(said["needs"], list(_needs(ids))),
            Section(said["offered"], list(_offers(ids, said))),
            Section(said["promises"], list(_promises(ids, said, is_told=True))),
            Section(said["steps"], list(_promises(ids, said, is_told=False))),
            Section(said["purchases"], list(_purchases(ids, said))),
            Section(said["owned"], list(_owned(ids, said))),
            *_of_plugins(ids, language),
            Section(said["resting"], list(_resting(ids, said))),
            Section(said["consents"], list(_allowed(customer.id, said))),
        ]
    return [one for one in made if one.rows]


def _who(customer: Customer, said: dict[str, str], language: str) -> Iterator[Row]:
    others = [customer.name, customer.name_ur, customer.name_hi, customer.name_en]
    name, comma = naming.name_in(customer, language), "، " if language == "ur" else ", "
    plain: list[tuple[str, Any]] = [
        ("name", name),
        ("also", comma.join(dict.fromkeys(one for one in others if one and one != name))),
        ("address_form", customer.address_form),
        ("firm", customer.firm),
        ("size", said.get(customer.size or "")),
        ("trade", customer.trade),
        ("place", comma.join(one for one in (customer.locality, customer.place) if one)),
        ("address", customer.address),
        ("phone", "\n".join(_joined(_phone(one.number), one.label) for one in customer.phones)),
        ("email", customer.email),
        ("language", _spoken(language).get(customer.message_language or "")),
        ("reach", said.get(WAYS.get(customer.channel or "", customer.channel or ""))),
        ("hours", customer.hours),
        ("birthday", _day(customer.birthday)),
        ("since", _day(customer.since)),
        ("stage", said.get(customer.stage)),
        ("salesman", _name_of(StaffMember, customer.salesman_id)),
        ("referred", _name_of(Customer, customer.referred_by_id)),
        ("tags", comma.join(one.tag for one in customer.tags)),
        ("worth", customer.worth_why),
        ("rests", _joined(_day(customer.paused_until), customer.pause_why) if customer.paused_until else None),
    ]
    return ((said[key], str(value)) for key, value in plain if value)


def _spoken(language: str) -> dict[str, str]:
    """How the languages of messages are called, on a sheet in Latin letters in Latin letters."""
    latin = {"ur": "Urdu", "hi": "Hindi", "en": "English", "ur-Latn": "Roman Urdu", "hi-Latn": "Hinglish"}
    return latin if language.endswith("-Latn") else message_language_names()


def _noted(customer: Customer, ids: Sequence[int], said: dict[str, str], *, careful: bool) -> Iterator[Row]:
    """Notes and facts. What must not be mentioned is theirs to know as well: it stands under a heading of its own."""
    free = customer.do_not_mention if careful else customer.notes
    if free:
        yield "", free
    for one in _of(Fact, ids, Fact.learned_on):
        if one.do_not_mention is careful:
            if one.source == "contact":
                yield _day(one.learned_on), f"{isolate_text(one.text)} · {said['from_contact']}"
            else:
                yield _day(one.learned_on), _joined(one.text, None if one.source in FROM_US else one.source)


def _contacts(ids: Sequence[int], said: dict[str, str]) -> Iterator[Row]:
    for one in _of(Interaction, ids, Interaction.happened_at):
        lines = [
            said.get(WAYS.get(one.channel, one.channel), said["other"]),
            said["said"].format(words=isolate_text(one.said)) if one.said else "",
            said["learned"].format(words=isolate_text(one.learned)) if one.learned else "",
            one.note,
            "" if one.is_answered else said["unreached"],
        ]
        yield _day(local(one.happened_at).date()), "\n".join(filter(None, lines))


def _needs(ids: Sequence[int]) -> Iterator[Row]:
    return ((_day(one.learned_on), one.text) for one in _of(Need, ids, Need.learned_on))


def _offers(ids: Sequence[int], said: dict[str, str]) -> Iterator[Row]:
    for one in _of(Offer, ids, Offer.made_on):
        yield _day(one.made_on), _joined(one.what, said.get(f"answer_{one.outcome}"))


def _promises(ids: Sequence[int], said: dict[str, str], *, is_told: bool) -> Iterator[Row]:
    for one in _of(Promise, ids, Promise.made_on):
        if one.is_told is not is_told:
            continue
        ends = {"kept": one.kept_on, "broken": one.broken_on, "due": one.due_on}
        key, day = next((key, day) for key, day in ends.items() if day)
        yield _day(one.made_on), said[key].format(what=isolate_text(one.what), day=_day(day))


def _purchases(ids: Sequence[int], said: dict[str, str]) -> Iterator[Row]:
    for one in _of(Purchase, ids, Purchase.bought_on):
        many = f"{format_number(one.quantity)} × {one.item}" if one.quantity != 1 else one.item
        more = [
            format_money(one.amount_minor, one.currency) if one.amount_minor is not None and one.currency else None,
            said["invoice"].format(number=isolate_text(one.invoice)) if one.invoice else None,
            said["serial"].format(number=isolate_text(one.serial)) if one.serial else None,
            said["warranty"].format(day=_day(one.warranty_until)) if one.warranty_until else None,
        ]
        yield _day(one.bought_on), _joined(many, *more)


def _owned(ids: Sequence[int], said: dict[str, str]) -> Iterator[Row]:
    """What they have from us; the day before it says since when."""
    for one in _of(OwnedItem, ids, OwnedItem.id):
        days = {
            "warranty": one.warranty_until,
            "contract_until": one.contract_until,
            "lasts": one.lasts_until,
            "thing_gone": one.gone_on,
        }
        more = [said[key].format(day=_day(day)) for key, day in days.items() if day]
        number = said["serial"].format(number=isolate_text(one.serial)) if one.serial else None
        yield _day(one.installed_on), _joined(one.what, number, *more)


def _of_plugins(ids: Sequence[int], language: str) -> list[Section]:
    held = [one for number in ids for one in ask("customer_export", customer_id=number, language=language)]
    return [Section(one.title, [(_day(_as_day(at)), text) for at, text in one.lines]) for one in held]


def _resting(ids: Sequence[int], said: dict[str, str]) -> Iterator[Row]:
    """Rows of plugins that are off or gone: nobody here can put them into words, so they are counted."""
    plugins = registry()
    counts: dict[str, int] = {}
    for table, found in rows_of(ids).items():
        if table.startswith("plg_"):
            owners = [one for one in plugins.plugins if table.startswith(f"plg_{one}_")]
            owner = max(owners, key=len, default=table.split("_")[1])
            if owner not in plugins.running:
                counts[owner] = counts.get(owner, 0) + len(found)
    for owner, count in counts.items():
        plugin = plugins.plugins.get(owner)
        yield (
            "",
            said["entries"].format(
                name=isolate_text(plugin.name(current_language()) if plugin else owner), count=format_number(count)
            ),
        )


def _allowed(customer_id: int, said: dict[str, str]) -> Iterator[Row]:
    standing = consent.standing(customer_id)
    for purpose in consent.PURPOSES:
        if line := standing.get(purpose):
            yield _day(line.given_on), f"{said[purpose]}: {said['yes'] if line.given else said['no']}"


# ---- single values ----


def _of(model: Any, ids: Sequence[int], order: Any) -> Iterable[Any]:
    return db.session.scalars(select(model).where(model.customer_id.in_(ids)).order_by(order, model.id))


def _name_of(model: Any, number: int | None) -> str | None:
    return db.session.scalar(select(model.name).where(model.id == number)) if number else None


def _phone(number: str | None) -> str | None:
    return phones.shown(number, settings.firm().region) if number else None


def _day(day: date | PartialDay | None) -> str:
    return format_day(day) if day else ""


def _as_day(at: date | datetime | None) -> date | None:
    return local(at).date() if isinstance(at, datetime) else at


def _joined(*parts: str | None) -> str:
    """Several values in one line, each in its own direction."""
    there = [one for one in parts if one]
    return " · ".join(isolate_text(one) for one in there) if len(there) > 1 else "".join(there)
