"""Every step of a plugin's code is taken here: noted, timed, ended where it hangs, counted, and paused in the end.

What was decided: three failures of one hook, or of one page, pause the plugin; so do five slow answers of one hook in a
row (a single one may be the computer's doing); one that hangs, or swallows the memory, pauses it at once.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from loyalapp.core import patience
from loyalapp.core.logs import log
from loyalapp.plugin_system.budgets import Budget
from loyalapp.plugin_system.discovery import Plugin
from loyalapp.plugin_system.reports import trace
from loyalapp.plugin_system.whereabouts import said

if TYPE_CHECKING:
    from loyalapp.plugin_system.calls import Registry

T = TypeVar("T")

FAILURES_UNTIL_PAUSE = 3
SLOW_UNTIL_PAUSE = 5
# Why a plugin was paused; stands before the hook in what is remembered. A plain failure has no word.
SLOW, HUNG, FULL, PAGE = "slow", "hung", "memory", "page"


class LeftTheProgram(Exception):
    """A plugin wanted to end the program (`sys.exit`); only its own call ends."""


def take(
    plugins: "Registry",
    plugin: Plugin,
    what: str,
    budget: Budget,
    do: Callable[[], T],
    allowed: tuple[type[Exception], ...] = (),
) -> T:
    """Let a plugin do something.

    :param allowed: what it may raise without a fault: on its pages, a sentence for the user.
    :raises Exception: whatever it raises; `patience.TookTooLong` and `TookTooMuch` where it was ended.
    """
    task = patience.Task(budget.end, lambda: plugins.pause(plugin, f"{HUNG} {what}"), budget.longest)
    begun = time.perf_counter()
    fault = ""
    try:
        with plugins.notes.call("" if plugin.is_linked else plugin.id):
            return patience.carry_out(task, do)
    except SystemExit as error:
        fault = f"SystemExit: {error}"
        raise LeftTheProgram(fault).with_traceback(error.__traceback__) from error
    except allowed:
        raise
    except Exception as error:  # -- it is raised again
        fault = said(error, plugin.folder)
        raise
    finally:
        took = time.perf_counter() - begun
        record = plugin.record.add(what, took, fault)
        if took > budget.noted:
            log.warning("plugin %s took %.2f s in %s", plugin.id, took, what)
            _count_slow(plugins, plugin, what, is_slow=record.calls > 1 and _is_slow(budget, took, task.worked))
        elif record.slow_in_a_row:
            record.slow_in_a_row = 0


def _is_slow(budget: Budget, took: float, worked: float) -> bool:
    """It may have waited only because the computer is busy. What it worked is known but for the last look."""
    is_its_own_doing = worked + patience.LOOK >= budget.fault or took > budget.longest / budget.end * budget.fault
    return took > budget.fault and is_its_own_doing


def _count_slow(plugins: "Registry", plugin: Plugin, what: str, *, is_slow: bool) -> None:
    record = plugin.record.of(what)
    record.slow_in_a_row = record.slow_in_a_row + 1 if is_slow else 0
    if record.slow_in_a_row >= SLOW_UNTIL_PAUSE:
        plugins.pause(plugin, f"{SLOW} {what}")


def count_failure(plugins: "Registry", plugin: Plugin, what: str, error: BaseException) -> None:
    """It failed; often enough, or in a way that would stop the shop, it is paused. An outage is nobody's failure.

    :param what: the hook, or `page` and the endpoint.
    """
    from loyalapp.core import outages  # noqa: PLC0415 -- most runs see no failure

    if outages.is_one(error):
        return
    details = trace(error, plugin.folder)
    plugin.failures[what] = plugin.failures.get(what, 0) + 1
    if isinstance(error, patience.TookTooMuch):
        plugins.pause(plugin, f"{FULL} {what}", details)
    elif isinstance(error, patience.TookTooLong) and not what.startswith(PAGE):
        plugins.pause(plugin, f"{HUNG} {what}", details)
    elif plugin.failures[what] >= FAILURES_UNTIL_PAUSE:
        plugins.pause(plugin, what, details)


def kind_of_pause(reason: str) -> str:
    """`slow`, `hung`, `memory`, `page`, or nothing for failures of a hook."""
    first, _space, rest = reason.partition(" ")
    return first if rest and first in (SLOW, HUNG, FULL, PAGE) else ""
