"""Whom we know already: finds the customer a row of a list speaks of, in the database or higher up in the same list.

Customers of the database have their id; people who are new in the list get -1, -2, … until they are written.

A contact is the same person where a number is the same and the names do not contradict each other (equal, spelt in
another script, one part of the other), or where name and firm are equal and one of the two has no number yet. One
number with two different names stays two people, and so does one name with two numbers: they are brought in and told
as doubtful, since two are easily joined and two people made one are not easily parted.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from loyalapp.core.sounds import joined
from loyalapp.core.textkeys import norm
from loyalapp.features.customers.address import script_of
from loyalapp.features.customers.duplicates import same_person
from loyalapp.features.customers.keys import ENOUGH_CONSONANTS
from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.imports.rows import Who

ROWS_AT_ONCE = 5_000


class Match(NamedTuple):
    """Who it is (None: nobody we know); where that is doubtful, why (a key of `account.DOUBTS`) and whom it may be."""

    customer: int | None
    doubt: str = ""
    other: int = 0


class Unclear(ValueError):
    """Several customers have the name, and nothing says which one is meant."""


class Known:
    """People by number, by name with firm, by name, and by sound."""

    def __init__(self) -> None:
        self.people: dict[int, str] = {}
        self._reachable: set[int] = set()
        self._by_phone: dict[str, tuple[int, ...]] = {}
        self._by_name_and_firm: dict[tuple[str, str], tuple[int, ...]] = {}
        self._by_name: dict[str, tuple[int, ...]] = {}
        self._by_sound: dict[str, tuple[int, ...]] = {}
        self._joined_by_name: dict[int, str] = {}
        self.by_sound_too = False

    @classmethod
    def of(cls, session: Session, *, by_sound_too: bool) -> "Known":
        """Everybody in the database who was not removed."""
        known = cls()
        known.by_sound_too = by_sound_too
        names = select(Customer.id, Customer.name, Customer.name_ur, Customer.name_hi, Customer.name_en, Customer.firm)
        for one, name, *others, firm in session.execute(
            names.where(Customer.removed_at.is_(None)).execution_options(yield_per=ROWS_AT_ONCE)
        ):
            known._add_name(one, name, (norm(name), norm(firm or "")))
            for other in filter(None, others):
                known._add_spelling(one, other)
        phones = select(Phone.customer_id, Phone.number).order_by(Phone.id).execution_options(yield_per=ROWS_AT_ONCE)
        for one, number in session.execute(phones):
            if one in known.people:
                known.add_phones(one, (number,))
        return known

    def add(self, one: int, row: Who) -> None:
        """Somebody new in this list."""
        self._add_name(one, row.name, row.name_key())
        for other in row.other_names:
            self._add_spelling(one, other)
        self.add_phones(one, row.phones)

    def knows_none(self, numbers: Collection[str], keys: Collection[tuple[str, str]]) -> bool:
        """Whether nobody has one of these numbers, or names with firms, and no two of them are alike."""
        return (
            self._by_phone.keys().isdisjoint(numbers)
            and self._by_name_and_firm.keys().isdisjoint(keys)
            and len(set(numbers)) == len(numbers)
            and len(set(keys)) == len(keys)
        )

    def add_together(
        self,
        ones: Sequence[int],
        names: Sequence[str],
        numbers: Sequence[str],
        keys: Sequence[tuple[str, str]],
    ) -> None:
        """Several who are new, each with one number; `keys`: name and firm in one spelling."""
        self.people.update(zip(ones, names, strict=True))
        self._reachable.update(ones)
        self._by_phone.update(zip(numbers, zip(ones), strict=True))
        self._by_name_and_firm.update(zip(keys, zip(ones), strict=True))

    def add_phones(self, one: int, numbers: Iterable[str]) -> None:
        """From now on these numbers are somebody's."""
        for number in numbers:
            self._add_phone(one, number)

    def _add_name(self, one: int, name: str, key: tuple[str, str]) -> None:
        self.people[one] = name
        _note(self._by_name_and_firm, key, one)
        self._add_spelling(one, name)

    def _add_spelling(self, one: int, name: str) -> None:
        if self.by_sound_too:
            _note(self._by_name, norm(name), one)
            _note(self._by_sound, joined(name), one)

    def _add_phone(self, one: int, number: str) -> None:
        self._reachable.add(one)
        _note(self._by_phone, number, one)

    def _sharing(self, numbers: list[str]) -> tuple[int, ...]:
        if len(numbers) == 1:
            return self._by_phone.get(numbers[0], ())
        return tuple(dict.fromkeys(one for number in numbers for one in self._by_phone.get(number, ())))

    def contact(self, row: Who) -> Match:
        """Whom a row of a list of people means."""
        sharing = self._sharing(row.phones)
        for one in sharing:
            if same_person(row.name, self.people[one]):
                return Match(one)
        named = self._by_name_and_firm.get(row.name_key(), ())
        unreachable = [one for one in named if one not in self._reachable] if named else []
        if unreachable and (not row.phones or len(unreachable) == 1):
            return Match(unreachable[0])
        if named and not row.phones:
            return Match(named[0]) if len(named) == 1 else Match(None, "which", named[0])
        if sharing:
            return Match(None, "same_phone", sharing[0])
        return Match(None, "same_name", named[0]) if named else Match(None)

    def buyer(self, row: Who, *, join: bool) -> Match:
        """Whom a sale belongs to: by number, then by name in any script where only one customer has it.

        :param join: a name we know with another number is the one of that name, not somebody else.
        :raises Unclear: without a number, if several have the name.
        """
        sharing = self._sharing(row.phones)
        if sharing:
            alike = [one for one in sharing if same_person(row.name, self.people[one])]
            return Match((alike or sharing)[0], "" if alike else "other_name", (alike or sharing)[0])
        named = self._named(row)
        if not row.phones:
            if len(named) > 1:
                raise Unclear(row.name)
            return Match(named[0]) if named else Match(None)
        if len(named) == 1 and (named[0] not in self._reachable or (join and self._may_join(named[0], row.phones[0]))):
            return Match(named[0])
        return Match(None, "same_name", named[0]) if named else Match(None)

    def _named(self, row: Who) -> list[int]:
        """Customers of this name; the firm decides among several."""
        if not row.name:
            return []
        found: Iterable[int] = self._by_name.get(norm(row.name), ())
        sound = joined(row.name)
        if not found and len(sound) >= ENOUGH_CONSONANTS:
            script = script_of(row.name)
            found = [one for one in self._by_sound.get(sound, ()) if script_of(self.people[one]) != script]
        found = list(dict.fromkeys(found))
        if len(found) > 1 and row.firm:
            found = list(self._by_name_and_firm.get(row.name_key(), found))
        return found

    def _may_join(self, one: int, number: str) -> bool:
        """One strange number for each customer; a second one under the same name is somebody else."""
        return one > 0 and self._joined_by_name.setdefault(one, number) == number


def _note(table: dict[Any, tuple[int, ...]], key: Any, one: int) -> None:
    """Tuples of numbers, unlike lists, cost the garbage collector nothing."""
    found = table.get(key, ())
    if one not in found:
        table[key] = (*found, one)
