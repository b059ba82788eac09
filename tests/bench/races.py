"""Times two servers against each other, turn by turn in each round: what else the machine does then hits both."""

import random
import statistics
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import quote

from tests.bench import people
from tests.bench.servers import Server, Visitor


@dataclass
class Race:
    """One line of the table: a page of the app against a page of the floor. Ratios are taken inside each round."""

    title: str
    ours: Sequence[str]
    theirs: Sequence[str]
    must: float
    aim: float | None = None
    before: Callable[[], object] | None = None
    ratios: list[float] = field(default_factory=list)
    times: list[tuple[float, float]] = field(default_factory=list)

    def add(self, ours: float, theirs: float) -> None:
        """The outcome of a round, in seconds."""
        self.ratios.append(ours / theirs)
        self.times.append((ours, theirs))

    def run(self, app: Visitor, floor: Visitor, count: int) -> None:
        """One round: turn by turn, then the medians."""
        ours, theirs = [], []
        for _turn, mine, other in zip(range(count), cycle(self.ours), cycle(self.theirs), strict=False):
            theirs.append(floor.time(other))
            if self.before:
                self.before()
            ours.append(app.time(mine))
        self.add(statistics.median(ours), statistics.median(theirs))

    def run_crowd(self, app: Server, floor: Server, count: int) -> None:
        """One round with eight clients at once: the 95th percentile of each."""
        self.add(crowd(app, self.ours, count), crowd(floor, self.theirs, count))


def crowd(server: Server, paths: Sequence[str], count: int, clients: int = 8) -> float:
    """The 95th percentile of the seconds that each of several clients waited."""
    times: list[float] = []

    def visit(first: int) -> None:
        visitor = server.visitor()
        times.extend(visitor.time(paths[(first + turn) % len(paths)]) for turn in range(count))

    threads = [threading.Thread(target=visit, args=[number * 7]) for number in range(clients)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return statistics.quantiles(times, n=20)[18]


def regulars(customers: int) -> list[str]:
    """Addresses of customers with more than twenty interactions."""
    return [f"/customers/{one}" for one in random.Random(3).sample(people.regulars(customers), 60)]


def searches(path: str) -> list[str]:
    """What people type, in three scripts."""
    return [f"{path}?q={quote(one)}" for one in people.SEARCHES.split()]


def page_races(customers: int, cursor: str) -> list[Race]:
    """One client, one page after the other."""
    deep = customers // 25
    return [
        Race("customers, page 1", ["/customers/"], ["/"], 2.0, 1.5),
        Race(f"page {deep:,} by next", [f"/customers/?after={quote(cursor)}"], [f"/?page={deep}"], 0.6, 0.4),
        Race("search while typing, FTS5 page with total", searches("/search/suggest"), searches("/search"), 1.6, 1.4),
        Race("  the same against 8 bare rows", searches("/search/suggest"), searches("/suggest"), 0),
        Race("one customer, 20 entries, panels", regulars(customers), regulars(customers), 7, 5),
        Race("Today, 40 entries", ["/"], ["/"], 6, 4),
    ]


def crowd_races(customers: int) -> list[Race]:
    """Eight clients at once."""
    return [
        Race("eight clients, p95: list", ["/customers/"], ["/"], 2.5),
        Race("eight clients, p95: search", searches("/search/suggest"), searches("/search"), 2),
        Race("eight clients, p95: customer", regulars(customers), regulars(customers), 6),
    ]


def in_rounds(races: Sequence[Race], rounds: int, run: Callable[[Race], None]) -> None:
    """All races in each round."""
    for _round in range(rounds):
        for race in races:
            run(race)
