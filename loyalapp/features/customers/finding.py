"""Finds customers by whatever is typed: a name in any script, a firm, a place, a tag, part of a number, a note.

What is typed becomes a row of *arms*, the surest first: names that begin with it, names that hold its words, words that
begin so, firms and places, names that sound alike (by how alike, `core.likeness`), notes and tags, and last what merely
has the same consonants. The database walks them only until enough are found; those by sound are made only if needed.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from loyalapp.core.likeness import distance
from loyalapp.core.sounds import SAID, is_article, ways, whole
from loyalapp.core.textkeys import norm, plain, sort_key, to_ascii
from loyalapp.features.customers import arms, first_letters
from loyalapp.features.customers.arms import LAST, Arm, Ask

LONGEST_QUERY = 200
MOST_WORDS = 8
MOST_ALIKE = 1500  # words of the index that are compared with a typed one
FEWEST_DIGITS = 3
NAMES, SHOWN, ALL = ("name",), ("name", "around"), ("name", "around", "more")
NEAR = (0.35, 0.7, 1.1, 1.6)  # how far apart two spellings of one name may sound, in steps
STILL_TYPED = 0.75  # what is added where the typed word has only begun
DOUBTFUL = 0.5  # what is added where the vowels say that it may be another name
UNLIKE = 9.0
Ways = list[tuple[str, str]]


class Found(NamedTuple):
    """The customers found, best first: `rows` answer to the words, `alike` only sound a little like them.

    `total` counts all who answer, shown or not.
    """

    rows: Sequence[Any]
    alike: Sequence[Any]
    total: int


def find_ids(text: str, limit: int) -> list[int]:
    """Ids of customers that answer to what was typed, best first."""
    return [row.id for row in find(text, limit)]


def find(text: str, limit: int) -> list[Any]:
    """The first customers that answer to what was typed: id, name, firm, locality, place."""
    return [row for row, _alike in _some(_Typed(text), limit)]


def look_up(text: str, limit: int, after: int = 0) -> Found:
    """A page of the customers that answer to what was typed, and how many there are."""
    typed = _Typed(text)
    found = list(_some(typed, after + limit))
    sure = [row for row, alike in found if not alike]
    alike = [row for row, alike in found if alike]
    total = len(sure)
    if not alike and len(found) == after + limit:
        total = arms.count([one for one in (*typed.begun(), *typed.spelt(), *typed.heard()) if not one.alike])
    return Found(sure[after:], alike, total)


def _some(typed: "_Typed", limit: int) -> Iterator[tuple[Any, bool]]:
    """Each customer once, and whether the name only sounds a little like what was typed."""
    known: set[int] = set()
    for make in (typed.begun, typed.spelt, typed.heard):
        ways_to_find = make()
        found = arms.walk(ways_to_find, limit)
        for row in _by_turns(found) if make == typed.begun else found:
            if row.id not in known:
                known.add(row.id)
                yield row, ways_to_find[row.arm].alike
                if len(known) == limit:
                    return


def _by_turns(found: Iterator[Any]) -> Iterator[Any]:
    """One of the letter that was typed, one of another that sounds so, and so on, each arm in its own order."""
    by_arm: dict[int, list[Any]] = {}
    for row in found:
        by_arm.setdefault(row.arm, []).append(row)
    typed = by_arm.pop(0, [])
    others = chain.from_iterable(zip_longest(*by_arm.values()))
    turns = zip_longest(typed, (row for row in others if row))
    return (row for row in chain.from_iterable(turns) if row)


class _Typed:
    """What was typed, as arms."""

    def __init__(self, text: str) -> None:
        self.text = plain(text[:LONGEST_QUERY])
        self.words = norm(self.text).split()[:MOST_WORDS]
        digits = "".join(one for one in to_ascii(self.text) if one.isdigit())
        self.digits = digits if len(digits) >= FEWEST_DIGITS and not any(map(str.isalpha, self.text)) else ""

    def begun(self) -> list[Arm]:
        """Where a single letter is typed: names that begin with it, or with one of another script that sounds so."""
        letter = self.words[0] if len(self.words) == 1 and len(self.words[0]) == 1 else ""
        others = first_letters.others(letter) if letter else ()
        keys = [sort_key(one) for one in (letter, *others)] if others else []
        return [Arm("key", (key, f"{key}{LAST}")) for key in keys]

    def spelt(self) -> list[Arm]:
        """By number, and by the letters as they are typed."""
        if self.digits:
            return [*self._by_number(), *self._by_index(ALL)]
        if not self.words:
            return []
        key = sort_key(self.text)
        return [
            Arm("key", (key, f"{key}!")),  # nothing but a space comes before "!": whole words
            self._index(NAMES, begun=False),
            Arm("key", (f"{key}!", f"{key}{LAST}")),
            *self._by_index(NAMES, SHOWN),
        ]

    def _by_number(self) -> list[Arm]:
        found = [Arm("begins", (one, f"{one}:")) for one in _beginnings(self.digits)]
        three = " ".join(f'"{self.digits[at : at + 3]}"' for at in range(len(self.digits) - 2))
        return [*found, Arm("holds", (three, f"{self.digits} ")), Arm("holds", (three, self.digits))]

    def _by_index(self, *parts: tuple[str, ...]) -> list[Arm]:
        return [self._index(one, begun=True) for one in parts]

    def _index(self, parts: tuple[str, ...], *, begun: bool) -> Arm:
        return Arm("index", tuple((Ask(parts, (word,), begun),) for word in self.words))

    def heard(self) -> list[Arm]:
        """By sound, by notes and tags: what is asked for where the letters have not found enough."""
        if self.digits or not self.words:
            return []
        key = " ".join(self.words)
        said = zip(self.words, ways(self.text), strict=False)
        spoken = [(word, some) for number, (word, some) in enumerate(said) if not (number and is_article(word))]
        each = [some for _word, some in spoken]
        together = whole(self.text)
        words = [word for word, _some in spoken]
        alike = _alike([*each, [together]] if len(self.words) > 1 else each)
        return [
            *self._near(words, alike, NEAR[:2]),
            *self._by_index(ALL),
            Arm("tag", (key, f"{key}{LAST}")),
            *self._near(words, alike, NEAR[2:]),
            *self._far(each, together[0]),
        ]

    def _near(self, words: list[str], alike: list[dict[str, float]], steps: Sequence[float]) -> Iterator[Arm]:
        """Names that sound alike, the nearest first; one script may write as one word what another writes as two."""
        for far in steps:
            near = [tuple(word for word, distance in some.items() if distance <= far) for some in alike]
            if any(near[: len(words)]):
                asks = tuple(_either(word, some) for word, some in zip(words, near, strict=False))
                yield Arm("index", asks, far == NEAR[-1])
            if len(near) > len(words) and near[-1]:
                yield Arm("index", ((Ask(("sound",), near[-1]),),), far == NEAR[-1])

    def _far(self, each: list[Ways], together: str) -> Iterator[Arm]:
        """What has the same consonants."""
        if len(each) > 1 and len(together) > FEWEST_DIGITS:
            yield Arm("index", ((_consonants((together, "")),),), alike=True)
        if all(each) and sum(len(said[0][0]) for said in each) > 1:
            yield Arm("index", tuple(tuple(map(_consonants, said)) for said in each), alike=True)


def _beginnings(digits: str) -> list[str]:
    """How numbers that begin with these digits are stored: dialled from abroad, from home, or without the nought."""
    if digits.startswith("00"):
        return [f"+{digits[2:]}"]
    local = digits.removeprefix("0")
    home = [f"+92{local}", f"+91{local}"]
    return home if local != digits else [f"+{digits}", *home]


def _either(word: str, some: tuple[str, ...]) -> tuple[Ask, ...]:
    spelt = Ask(SHOWN, (word,), begun=True)
    return (Ask(("sound",), some), spelt) if some else (spelt,)


def _consonants(way: tuple[str, str]) -> Ask:
    sound = way[0]
    return Ask(("sound",), (sound if len(sound) >= FEWEST_DIGITS else f"{sound}{SAID}",), begun=True)


def _alike(words: list[Ways]) -> list[dict[str, float]]:
    """For each typed word the words of the index that sound like it or, the last one being typed, begin so."""
    asked = [(number, sound, said) for number, some in enumerate(words) for sound, said in some if sound]
    ranges = [
        (sound, f"{sound}{LAST}") if len(sound) > 1 else (f"{sound}{SAID}", f"{sound}{SAID}{LAST}")
        for _number, sound, _said in asked
    ]
    found: list[dict[str, float]] = [{} for _word in words]
    for one, token in arms.words_between(ranges, MOST_ALIKE):
        number, sound, said = asked[one]
        met, mark, spelling = token.partition(SAID)
        if mark:
            far = distance(said, spelling) if met == sound else UNLIKE
            if far > NEAR[1]:
                far = min(far + DOUBTFUL, distance(said, spelling, begun=True) + STILL_TYPED)
            found[number][token] = min(far, found[number].get(token, far))
    return found
