"""One run of all that can be done to the program, with its counts printed."""

import argparse
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.faults import deeds, failing, kills, plugin_deeds, works

ON_FILES = ("it died at a file", "a file could not be touched")
ALWAYS_HAS_FILES = (deeds.BringIn, deeds.BackUp, deeds.BringBack)


def combinations(*, with_update: bool) -> list[tuple[Callable[[], deeds.Deed], str]]:
    """Each deed with each way in which it can fail."""
    found: list[tuple[Callable[[], deeds.Deed], str]] = []
    for kind in deeds.DATA_DEEDS:
        has_files = kind in ALWAYS_HAS_FILES or kind is deeds.Update
        ways = [way for way in failing.WAYS if has_files or way not in ON_FILES]
        if kind is deeds.BackUp:  # it goes past the statements, by the backup API
            ways.remove("a statement was refused")
        if kind is not deeds.Update or with_update:
            found += [(kind, way) for way in ways]
    return found + [(kind, way) for kind in plugin_deeds.PLUGIN_DEEDS for way in ON_FILES]


def run(home: Path, chosen: argparse.Namespace) -> int:
    """Answers the exit code."""
    seed = chosen.seed if chosen.seed is not None else random.randrange(10**6)
    print(f"seed: {seed}", flush=True)
    faults: list[str] = []
    template = kills.warm_up(home)
    if chosen.kills:
        died = kills.kill(home, template, chosen.kills, seed)
        print(*died.lines(), sep="\n", flush=True)
        faults += died.faults
    if chosen.server:
        died = kills.kill(home, template, max(1, chosen.kills // 4), seed, [works.Day], chosen.server)
        print("on PostgreSQL:", *died.lines(), sep="\n", flush=True)
        faults += died.faults
    if chosen.steps:
        failed = fail_all(home, template, chosen.steps, seed)
        print(*failed.lines(), sep="\n", flush=True)
        faults += failed.faults
    print(f"all in all {len(faults)} faults", flush=True)
    return 1 if faults else 0


def fail_all(home: Path, template: Path, steps: int, seed: int) -> failing.Failures:
    """Every deed in every way."""
    found = failing.Failures(Counter(), [])
    for kind, way in combinations(with_update=steps > 10):  # slow, and the kills do it too
        one = failing.make_fail(kind(), template, home, way, failing.sample(steps, seed))
        found.tried.update(one.tried)
        found.faults.extend(one.faults)
    return found
