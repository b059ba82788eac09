"""What answers to the words in the search box: customers, who owns such a thing, and what plugins know."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from loyalapp.core.textkeys import plain
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service as customers
from loyalapp.plugin_system.answers import SearchResult
from loyalapp.plugin_system.calls import ask

FEW = 8
MANY = 50
MOST_ALIKE = 10
FROM_EACH_PLUGIN = 20
LAST_PAGE = 200  # nobody turns further, and each page walks past all before it


class Hit(NamedTuple):
    """A customer in the list under the search box, with what tells apart from others of the name."""

    id: int
    name: str
    beside: tuple[str | None, ...]


@dataclass(frozen=True)
class Answer:
    """All that answers: customers page by page, owners of such a thing, similar names, and what plugins found.

    `total` counts the customers who answer to the words themselves, `owning` those who own such a thing.
    `others` are lists by their headings; `why` tells what answers where a customer's line does not show it.
    """

    customers: Sequence[Any]
    why: dict[int, str]
    total: int
    owners: Sequence[tuple[Any, str]]
    owning: int
    alike: Sequence[Any]
    others: dict[str, list[SearchResult]]
    after: int | None

    @property
    def with_reasons(self) -> list[tuple[Any, str]]:
        """The customers with what answers in each, where their line does not show it."""
        return [(one, self.why.get(one.id, "")) for one in self.customers]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all answers."""
        return not (self.customers or self.owners or self.alike or self.others)


def suggest(text: str) -> list[Hit]:
    """The first few while one types: one question to the database where enough customers answer."""
    found = [Hit(one.id, one.name, (one.firm, one.locality, one.place)) for one in customers.suggest(text, FEW)]
    if len(found) < FEW:
        known = {one.id for one in found}
        owners = {one: thing for one, thing in catalogue.owners(text, FEW) if one not in known}
        rows = customers.listed(list(owners))[: FEW - len(found)]
        found += [Hit(one.id, one.name, (owners[one.id], one.place)) for one in rows]
    return found


def look_up(text: str, page: int = 0, *, is_counter: bool = False) -> Answer:
    """Everything that answers, a page of the customers at a time.

    :param is_counter: a customer may see the screen: only who answers is told, neither why nor what else does.
    """
    text, start = plain(text), min(page, LAST_PAGE) * MANY
    if not text:
        return Answer((), {}, 0, (), 0, (), {}, None)
    found = customers.look_up(text, MANY, start)
    more = start + len(found.rows) < found.total and page < LAST_PAGE
    rows = customers.listed([one.id for one in found.rows])
    why = {} if is_counter else customers.reasons(text, rows)
    if page:
        return Answer(rows, why, found.total, (), 0, (), {}, page + 1 if more else None)
    owners = dict(catalogue.owners(text, MANY))
    owning = [(one, owners[one.id]) for one in customers.listed(list(owners))]
    alike = customers.listed([one.id for one in found.alike[:MOST_ALIKE]])
    count = catalogue.count_owners(text) if len(owning) == MANY else len(owning)
    others = {} if is_counter else _others(text)
    return Answer(rows, why, found.total, owning, count, alike, others, page + 1 if more else None)


def _others(text: str) -> dict[str, list[SearchResult]]:
    found: dict[str, list[SearchResult]] = {}
    for one in ask("search_results", text=text, limit=FROM_EACH_PLUGIN):
        group = found.setdefault(one.group, [])
        if len(group) < FROM_EACH_PLUGIN:
            group.append(one)
    return found
