"""When two cards are too much alike (practice E1), and how such cards are found among very many.

Of each card a few numbers are kept (`TRAITS`): some stand for its words, so that cards with nearly the same words share
one of them, and some for whom its reader knows: the firm, the people of the same trade or quarter in a town, who sent
them to us. All are tied to the occasion. The newest cards with the same numbers are then compared letter by letter, so
that the work is the same among a hundred cards and among a million.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, insert, literal, select, union_all

from loyalapp import sdk

from .models import TRAITS, Card

CLOSE = 0.8  # nearly the same words: for anybody
CLOSE_AMONG_FRIENDS = 0.6  # people who know each other compare their cards
SAME_WISH = 0.85  # among friends, and for the same person again, the wish alone tells
BANDS = 5
CIRCLES = 4
NEWEST = 20  # so many of the newest cards with the same number are compared
SAME_TIME = timedelta(days=300)  # an occasion comes once a year; cards before that belong to the last time
MOST_OWN = 40  # earlier cards of the same person
SHORTEST = 12  # letters of a personal line that is worth comparing
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F)
_WHOLE = (1 << 64) - 1

_NUMBERS = [f"trait_{place}" for place in range(BANDS + CIRCLES)]
_NEWEST = [
    select(TRAITS.c.card_id, literal(place).label("place"))
    .where(TRAITS.c.trait == bindparam(number))
    .order_by(TRAITS.c.card_id.desc())
    .limit(NEWEST)
    .subquery()
    for place, number in enumerate(_NUMBERS)
]
_FOUND = union_all(*(select(one.c.card_id, one.c.place) for one in _NEWEST)).subquery()
_WORDS = (Card.occasion, Card.wish, Card.own_line, Card.design)
_COLUMNS = (Card.id, Card.customer_id, *_WORDS, Card.made_on, Card.given_on)
_OTHERS = (
    select(*_COLUMNS, _FOUND.c.place, sdk.Customer.name)
    .join(_FOUND, _FOUND.c.card_id == Card.id)
    .join(sdk.Customer, sdk.Customer.id == Card.customer_id)
    .where(Card.customer_id != bindparam("customer_id"), Card.made_on >= bindparam("since"), sdk.customers.OURS)
)
_OWN = (
    select(*_COLUMNS)
    .where(Card.customer_id == bindparam("customer_id"), Card.wish != "", Card.given_on.is_not(None))
    .order_by(Card.made_on.desc(), Card.id.desc())
    .limit(MOST_OWN)
)


class Met(NamedTuple):
    """A card that one is compared with: `knows` who gets this one, `before` it was this very person's."""

    card_id: int
    customer_id: int
    name: str
    occasion: str
    wish: str
    own_line: str
    design: str
    made_on: date
    knows: bool
    before: bool


class Echo(NamedTuple):
    """A card that says nearly the same, from 0 to 1 how nearly."""

    met: Met
    nearness: float


@lru_cache(512)
def grams(text: str) -> frozenset[str]:
    """A text as its runs of three letters, in one spelling for each word."""
    folded = f" {sdk.norm(text)} "
    return frozenset(folded[place : place + 3] for place in range(len(folded) - 2))


def alike(one: str, other: str) -> float:
    """How much two texts share: 1 for the same words, 0 where nothing is the same."""
    first, second = grams(one), grams(other)
    if not first or not second:
        return float(first == second)
    return 2 * len(first & second) / (len(first) + len(second))


def said(wish: str, own_line: str) -> str:
    """The words of a card that could be somebody else's too: without the name and who signs."""
    return f"{wish} {own_line}".strip()


def met(customer: sdk.Customer, occasion: str, text: str) -> list[Met]:
    """The cards to compare with: of people this one knows, those with much the same words, and their own earlier ones.

    Two queries, however many cards there are.
    """
    numbers = traits(customer, occasion, text)
    values = dict(zip(_NUMBERS, [*numbers, *([0] * len(_NUMBERS))], strict=False))
    since = sdk.today() - SAME_TIME
    places: dict[int, set[int]] = {}
    rows: dict[int, Any] = {}
    for row in sdk.rows(_OTHERS, {**values, "customer_id": customer.id, "since": since}):
        places.setdefault(row.id, set()).add(row.place)
        rows[row.id] = row
    others = [_met(row, row.name, knows=max(places[card]) >= BANDS) for card, row in rows.items()]
    own = [_met(row, "", before=True) for row in sdk.rows(_OWN, {"customer_id": customer.id})]
    return others + own


def _met(row: Any, name: str, *, knows: bool = False, before: bool = False) -> Met:
    words = (row.occasion, row.wish, row.own_line, row.design)
    return Met(row.id, row.customer_id, name, *words, row.given_on or row.made_on, knows, before)


def echoes(cards: Iterable[Met], wish: str, own_line: str) -> list[Echo]:
    """Those that are too close to these words: of people who know each other first, then the closest."""
    found = [Echo(one, nearness) for one in cards if (nearness := _nearness(one, wish, own_line))]
    return sorted(found, key=lambda one: (not (one.met.knows or one.met.before), -one.nearness, -one.met.card_id))


def _nearness(one: Met, wish: str, own_line: str) -> float:
    """How near, or 0 where it is far enough."""
    whole = alike(said(one.wish, one.own_line), said(wish, own_line))
    if not (one.knows or one.before):
        return whole if whole >= CLOSE else 0
    again = alike(one.wish, wish)
    line = alike(one.own_line, own_line) if min(len(one.own_line), len(own_line)) >= SHORTEST else 0
    near = max(again if again >= SAME_WISH else 0, line if line >= SAME_WISH else 0)
    return max(near, whole if whole >= CLOSE_AMONG_FRIENDS else 0)


# ---- the numbers


def traits(customer: sdk.Customer, occasion: str, text: str) -> list[int]:
    """The numbers of one card: for its words, then for whom its reader knows (0 where that is not known)."""
    return [*_bands(occasion, text), *_circles(customer, occasion)]


def keep(card_id: int, customer: sdk.Customer, occasion: str, text: str) -> None:
    """Write the numbers of a card down, in place of those it had."""
    numbers = {one for one in traits(customer, occasion, text) if one}
    sdk.db.session.execute(delete(TRAITS).where(TRAITS.c.card_id == card_id))
    if numbers:
        sdk.db.session.execute(insert(TRAITS), [{"card_id": card_id, "trait": one} for one in sorted(numbers)])


def _bands(occasion: str, text: str) -> list[int]:
    """The smallest of its runs of letters, in five different orders: like texts are likely to share one of them."""
    seeds = [int.from_bytes(blake2b(one.encode(), digest_size=8).digest(), "big") for one in grams(text)]
    if not seeds:
        return [0] * BANDS
    smallest = [min((seed * mix + mix) & _WHOLE ^ seed >> 7 for seed in seeds) for mix in _MIX]
    return [_number(occasion, f"words {place}", str(one)) for place, one in enumerate(smallest)]


def _circles(customer: sdk.Customer, occasion: str) -> list[int]:
    place = sdk.norm(customer.place or "")
    known = (
        ("firm", sdk.norm(customer.firm or "")),
        ("trade", _both(sdk.norm(customer.trade or ""), place)),
        ("locality", _both(sdk.norm(customer.locality or ""), place)),
        ("sent by", str(customer.referred_by_id or customer.id)),
    )
    return [_number(occasion, kind, value) if value else 0 for kind, value in known]


def _both(value: str, place: str) -> str:
    return f"{value} {place}" if value else ""


def _number(*parts: str) -> int:
    """The same number on every computer, of eight bytes with their sign."""
    return int.from_bytes(blake2b("\0".join(parts).encode(), digest_size=8).digest(), "big", signed=True)


def pieces(text: str, other: str) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether the other text holds it too: what is the same is marked side by side."""
    from difflib import SequenceMatcher  # noqa: PLC0415 -- only where two cards stand side by side

    words, others = text.split(), other.split()
    matcher = SequenceMatcher(None, _folded(words), _folded(others), autojunk=False)
    same = {place for block in matcher.get_matching_blocks() for place in range(block.a, block.a + block.size)}
    found: list[tuple[str, bool]] = []
    for place, word in enumerate(words):
        if found and found[-1][1] == (place in same):
            found[-1] = (f"{found[-1][0]} {word}", found[-1][1])
        else:
            found.append((word, place in same))
    return found


def _folded(words: Sequence[str]) -> list[str]:
    return [sdk.norm(one) for one in words]
