"""Prints what was measured beside what it must and should be."""

import statistics
from collections.abc import Iterable

from tests.bench.races import Race

WIDTH = 46


def head() -> None:
    """The first line."""
    print(f"\n{'what':<{WIDTH}}{'measured':>10}{'lowest':>9}{'highest':>9}{'must':>8}{'aim':>8}   ")


def line(
    title: str,
    value: float,
    must: float,
    aim: float | None,
    unit: str = " x",
    spread: tuple[float, float] | None = None,
) -> None:
    """One figure and its verdict; a budget of 0 means that it is only shown."""
    low, high = (f"{one:.2f}" for one in spread) if spread else ("", "")
    verdict = ""
    if must:
        verdict = "over" if value > must else "PASS, aim reached" if aim and value <= aim else "PASS"
    wanted = f"{must:g}" if must else ""
    print(f"{title:<{WIDTH}}{value:>8.2f}{unit:<2}{low:>9}{high:>9}{wanted:>8}{aim or '':>8}   {verdict}", flush=True)


def races(all_races: Iterable[Race]) -> None:
    """The median of the ratios of each, their spread, and the milliseconds of both for the curious."""
    for one in all_races:
        line(one.title, statistics.median(one.ratios), one.must, one.aim, spread=(min(one.ratios), max(one.ratios)))
        ours, theirs = (statistics.median(times) * 1000 for times in zip(*one.times, strict=True))
        print(f"{'':<{WIDTH}}{f'({ours:.2f} ms against {theirs:.2f} ms)':>36}", flush=True)
