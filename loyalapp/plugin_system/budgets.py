"""How long a plugin may take for what, in seconds.

A person waits for what is asked, so that a second is a fault there; what is told runs after the work is safe. The
first call of each hook is free: it may import and read what later ones have at hand. Whatever reaches its end is
ended, and the plugin is paused at once, since a shop would wait as long again on the next page. Counted is what the
plugin works; where it waits (for the disk, or because the computer is busy) it may take longer.
"""

from typing import NamedTuple


class Budget(NamedTuple):
    """`noted` in the log, `fault` when it happens again and again, `end` of what works on, `longest` of what waits."""

    noted: float
    fault: float
    end: float
    longest: float


ASKED = Budget(0.2, 1.0, 5.0, 20.0)
TOLD = Budget(0.5, 3.0, 30.0, 60.0)
MANY_TOLD = Budget(5.0, 60.0, 300.0, 600.0)  # what came in thousands is told in one call
PAGE = Budget(1.0, 30.0, 30.0, 60.0)
EXAMPLES = Budget(5.0, 60.0, 120.0, 240.0)
LOADING = 30.0  # importing its code, and twice as long where it waits; later still the window says that it hangs
MIGRATING = 600.0  # its tables may be large


def of(hook: str) -> Budget:
    """The budget of a hook."""
    if hook == "example_data":
        return EXAMPLES
    if "_were_" in hook:
        return MANY_TOLD
    return TOLD if "_was_" in hook or "_has_" in hook else ASKED
