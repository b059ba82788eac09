"""Cards that vary by themselves (practice E1): the wording and the design that people around somebody did not get."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from loyalapp import sdk

from . import likeness, phrasing, words
from .likeness import Echo, Met
from .models import Card

LONGEST_WISH = 300
_TITLES = (
    "جناب",
    "محترمہ",
    "ڈاکٹر صاحب",
    "ڈاکٹر صاحبہ",
    "حاجی صاحب",
    "استاد",
    "श्री",
    "श्रीमती",
    "डॉ.",
    "मास्टर जी",
    "सर",
)
TITLES = frozenset(map(sdk.norm, (*_TITLES, "मैडम", "Dr", "Haji", "Sir", "Madam", "Janab", "Shri", "Shrimati")))
_USED = select(Card.wish_key, func.count().label("times")).group_by(Card.wish_key)


class Around(NamedTuple):
    """What the people around somebody got for an occasion, and what they got themselves."""

    cards: list[Met]

    def near(self) -> list[Met]:
        """Without strangers' cards, which only count where their words are nearly the same."""
        return [one for one in self.cards if one.knows or one.before]


def around(customer: sdk.Customer, occasion: str, text: str = "") -> Around:
    """The cards that one for this person is compared with."""
    return Around(likeness.met(customer, occasion, text))


def tone_for(customer: sdk.Customer) -> str:
    """A respectful tone for those who are called by a title, else a warm one."""
    return "respectful" if sdk.norm(customer.address_form or "") in TITLES else "warm"


def wordings(customer: sdk.Customer, occasion: str, language: str, years: int, tone: str) -> list[str]:
    """All that could be said in a tone: the firm's own wordings, the ready ones, and these with a second sentence."""
    ready = words.wishes(occasion, language, years, tone)
    own = phrasing.filled(customer, occasion, language, years, tone)
    found = [*own, *ready, *words.longer(ready, language, tone)]
    return [one for one in dict.fromkeys(found) if len(one) <= LONGEST_WISH]


def ranked(choices: Sequence[str], seen: Around, own_line: str = "") -> list[str]:
    """The wordings, the freshest first: not too close to a card around, used by few this year, in their own order."""
    near, used = seen.near(), _used(choices)
    return sorted(
        choices, key=lambda one: (bool(likeness.echoes(near, one, own_line)), used.get(sdk.norm(one), 0))
    )  # fmt: skip


def another(choices: Sequence[str], seen: Around, current: str, own_line: str) -> str:
    """Another wording with one key: the next that nobody around got; simply the next where all were used."""
    order, used = ranked(choices, seen, own_line), _used(choices)
    place = order.index(current) + 1 if current in order else 0
    coming = [one for one in (*order[place:], *order[:place]) if one != current] or order
    return next((one for one in coming if _is_fresh(one, seen, own_line, used)), coming[0])


def _is_fresh(wish: str, seen: Around, own_line: str, used: dict[str, int]) -> bool:
    """Whether nobody has nearly the same: a wish that strangers got is new again with a line of this person's own."""
    return bool(own_line or not used.get(sdk.norm(wish))) and not likeness.echoes(seen.cards, wish, own_line)


def design(choices: Sequence[str], seen: Around) -> str:
    """The look that fits best among those the people around, and this one before, got least."""
    got = Counter(one.design for one in seen.near())
    return min(choices, key=lambda key: got[key])


def too_close(seen: Around, wish: str, own_line: str) -> list[Echo]:
    """The cards that say nearly the same as this one would."""
    return likeness.echoes(seen.cards, wish, own_line)


def _used(choices: Sequence[str]) -> dict[str, int]:
    """How many cards carried a wording this year, by its key."""
    keys = [sdk.norm(one) for one in choices]
    first = date(sdk.today().year, 1, 1)
    query = _USED.where(Card.wish_key.in_(keys), Card.made_on >= first)
    return {row.wish_key: row.times for row in sdk.db.session.execute(query)}
