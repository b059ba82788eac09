"""Kills the program at random moments of mixed work, and counts what was acknowledged and what was lost."""

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.faults import children, places, shop, works

LEAST = 0.05  # seconds that the moment of a death may lie after the first word, also of what is done in no time
A_DAY = 0.6  # seconds of a day in the shop
TOLD = 50  # kills between two words about how it goes
NO_DEED = {"open", "begins", "written"}  # words that only say how far a work has come


class Deaths(NamedTuple):
    """What many kills have shown."""

    kills: int
    died: Counter[str]
    acknowledged: Counter[str]
    faults: list[str]

    def lines(self) -> list[str]:
        """To be read in a note."""
        told = ", ".join(f"{count} {what}" for what, count in sorted(self.acknowledged.items()))
        died = ", ".join(f"{count} in {what}" for what, count in sorted(self.died.items()))
        return [
            f"kills: {self.kills}; died while at work: {self.died.total()} ({died})",
            f"acknowledged: {self.acknowledged.total()} ({told})",
            f"lost, half done or damaged: {len(self.faults)}",
            *(f"  {one}" for one in self.faults[:20]),
        ]


def warm_up(home: Path) -> Path:
    """Do everything once in this process, so that its children find all modules loaded; answers the template."""
    template = home / "template"
    places.make_template(template)
    app = places.open_app(places.copied(template, home / "warm"))
    with app.app_context():
        day = shop.Work(app, home / "warm", "0", lambda _word: None)
        for deed in (day.record, day.bring_in, day.back_up, day.half_type):
            deed(1)
    places.ended(app)
    return template


def kill(
    home: Path, template: Path, count: int, seed: int, kinds: Sequence[Any] = works.WORKS, url: str | None = None
) -> Deaths:
    """Kill it so often, at moments spread over the whole length of each kind of work.

    :param template: as `warm_up` answers it. :param url: a database on PostgreSQL, for days in the shop only.
    """
    dice, found = random.Random(seed), Deaths(count, Counter(), Counter(), [])
    made = {kind: kind(home, template, seed, *[url] * bool(url)) for kind in dict.fromkeys(kinds)}
    length = {kind: LEAST + _length(kind, one) for kind, one in made.items()}
    for number in range(count):
        kind = kinds[number % len(kinds)]
        _one_death(made[kind], dice.uniform(0, length[kind]), found)
        if number % TOLD == TOLD - 1:
            print(f"  after {number + 1} kills: {len(found.faults)} faults", flush=True)
    return found


def _length(kind: Any, work: Any) -> float:
    """Seconds; a day has no end, of all else it is seen once how long it takes."""
    if kind is works.Day:
        return A_DAY
    work.prepare()
    life = children.live(work.do)
    assert not life.fault, life.fault
    return life.seconds


def _one_death(work: Any, moment: float, found: Deaths) -> None:
    work.prepare()
    life = children.live(work.do, kill_after=moment)
    found.died[work.name] += life.died
    words = [word[0] if isinstance(word, tuple) else word for word in life.told]
    found.acknowledged.update(word for word in words if word not in NO_DEED)
    faults = children.answer(lambda: work.faults(life.told)) if not life.fault else [life.fault]
    found.faults.extend(f"{work.name}, killed after {moment:.3f} s: {one}" for one in faults)
    if isinstance(work, works.Day):
        work.told += life.told
