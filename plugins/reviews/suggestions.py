"""What could be recommended, each with its reason (B5, B6): a recorded need, an end, time lost on a thing, or a tip.

Nothing is ever suggested because others bought it.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select

from loyalapp import sdk

from . import goods, own
from .models import Review
from .pairs import spoken

_ = sdk.texts("reviews").gettext

FILE = Path(__file__).with_name("tips.toml")
ENDS_WITHIN, ENDED_SINCE = timedelta(days=120), timedelta(days=60)
MOST_TIPS = 4
FEW = 3
SHORT = 120

THING = sdk.OwnedItem
DAYS = (THING.warranty_until, THING.contract_until, THING.lasts_until)
ENDING = (
    select(THING.id, THING.what, *DAYS)
    .where(THING.customer_id == bindparam("customer_id"), THING.gone_on.is_(None))
    .where(or_(*(day.between(bindparam("since"), bindparam("soon")) for day in DAYS)))
    .order_by(THING.id)
)
TOLD = select(Review.recommendation).where(Review.customer_id == bindparam("customer_id"), Review.state == "closed")


class Suggestion(NamedTuple):
    """Something to recommend. `key` names it in the form; `why` says in a sentence what it answers.

    `words`: of a tip, how it is said in the message languages.
    """

    key: str
    kind: str
    text: str
    why: str
    need_id: int | None = None
    owned_item_id: int | None = None
    product_group: str | None = None
    words: Mapping[str, str] = {}


@cache
def _bundled() -> Sequence[Mapping[str, str]]:
    return tuple(tomllib.loads(FILE.read_text("utf-8"))["tip"])


def of(customer_id: int) -> list[Suggestion]:
    """Everything worth recommending to a customer, the best reasons first, tips at the end."""
    bought = {one for one in sdk.catalogue.groups_bought([customer_id])[customer_id] if one}
    return [*_needs(customer_id, bought), *_lost(customer_id), *_ending(customer_id), *_tips(customer_id, bought)]


def find(customer_id: int, key: str) -> Suggestion | None:
    """One of them by its key."""
    return next((one for one in of(customer_id) if one.key == key), None)


def _needs(customer_id: int, bought: Collection[str]) -> Iterator[Suggestion]:
    """Open needs that one of our groups answers: said to be so, or named in the customer's words."""
    groups = [one for one in sdk.catalogue.groups() if one]
    for one in sdk.needs.needs_of(customer_id):
        said = sdk.norm(one.text)
        group = one.product_group or next((name for name in groups if sdk.norm(name) and sdk.norm(name) in said), None)
        if not group:
            continue
        has = group in bought
        text = _("A better one for them: %(group)s") if has else _("Show them: %(group)s")
        day = sdk.isolate_text(sdk.format_day(one.learned_on, "near"))
        why = _("They said on %(day)s: “%(words)s”", day=day, words=sdk.isolate_text(short(one.text)))
        kind = "upgrade" if has else "product"
        shown = text % {"group": sdk.isolate_text(group)}
        yield Suggestion(f"need-{one.id}", kind, shown, why, need_id=one.id, product_group=group)


def _lost(customer_id: int) -> Iterator[Suggestion]:
    """Things that take much of their time: that somebody looks after them regularly would save them money (B6)."""
    for one in sdk.ask("time_lost", customer_id=customer_id)[:FEW]:
        text = _("Look after it regularly, by a contract: %(item)s", item=sdk.isolate_text(one.item))
        key = f"time-{sdk.norm(one.item)[:60]}"
        yield Suggestion(key, "maintenance", text, one.why, owned_item_id=one.owned_item_id)


def _ending(customer_id: int) -> Iterator[Suggestion]:
    """Things of theirs about which something ends soon, or has ended just now."""
    day = sdk.today()
    since, soon = day - ENDED_SINCE, day + ENDS_WITHIN
    for row in sdk.rows(ENDING, {"customer_id": customer_id, "since": since, "soon": soon}):
        item = sdk.isolate_text(row.what)
        if row.contract_until and since <= row.contract_until <= soon:
            text, why, kind = _("Go on with the contract for: %(item)s"), _contract(row.contract_until), "maintenance"
        elif row.lasts_until and since <= row.lasts_until <= soon:
            text, why, kind = _("A new one in time: %(item)s"), _lasts(row.lasts_until), "upgrade"
        else:
            text, why, kind = _("A contract from now on for: %(item)s"), _warranty(row.warranty_until), "maintenance"
        yield Suggestion(f"ends-{row.id}", kind, text % {"item": item}, why, owned_item_id=row.id)


def _day(day: date) -> str:
    return sdk.isolate_text(sdk.format_day(day, "medium"))


def _contract(day: date) -> str:
    if day < sdk.today():
        return _("The contract ended on %(day)s.", day=_day(day))
    return _("The contract ends on %(day)s.", day=_day(day))


def _warranty(day: date) -> str:
    if day < sdk.today():
        return _("The warranty ended on %(day)s.", day=_day(day))
    return _("The warranty ends on %(day)s.", day=_day(day))


def _lasts(day: date) -> str:
    return _("It usually lasts until about %(day)s.", day=_day(day))


def _tips(customer_id: int, bought: Collection[str]) -> Iterator[Suggestion]:
    """Tips for what they have, then for their own business; none that they were given before."""
    told = {sdk.norm(one) for one in sdk.rows(TOLD, {"customer_id": customer_id}).scalars()}
    found = [one for one in _all_tips(bought) if sdk.norm(one.text) not in told]
    yield from found[:MOST_TIPS]


def _all_tips(bought: Collection[str]) -> Iterator[Suggestion]:
    language = sdk.current_language()
    for row in own.tips():
        if not row.product_group or row.product_group in bought:
            why = _has(row.product_group) if row.product_group else _("A tip of ours.")
            yield Suggestion(f"own-{row.id}", "tip", spoken(row.words, language), why, words=row.words)
    sorts = {sort: group for group in sorted(bought) for sort in goods.of_groups([group])}
    special = [(n, one) for n, one in enumerate(_bundled()) if one.get("goods") in sorts]
    general = [(n, one) for n, one in enumerate(_bundled()) if "goods" not in one]
    for number, one in [*special[: MOST_TIPS - 1], *general, *special[MOST_TIPS - 1 :]]:
        why = _has(sorts[one["goods"]]) if "goods" in one else _("For their own business.")
        words = {key: text for key, text in one.items() if key != "goods"}
        yield Suggestion(f"tip-{number}", "tip", words[language], why, words=words)


def _has(group: str) -> str:
    return _("They have this from us: %(group)s", group=sdk.isolate_text(group))


def short(text: str, most: int = SHORT) -> str:
    """The beginning of longer words."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rpartition(' ')[0] or line[:most]} …"
