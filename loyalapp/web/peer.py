"""Whether who knocks belongs to the user of this program: on Linux the system says whose a connection is."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TABLES = ("/proc/net/tcp", "/proc/net/tcp6")
SYSTEM = 0  # the superuser can read everything anyway


def is_stranger(surroundings: Mapping[str, Any]) -> bool:
    """Whether another user of this computer sent the request; False where that cannot be told.

    A launch link may be seen by others while it is handed to the browser, in the list of processes: this keeps them
    from using it first.

    :param surroundings: what the server told of the request; without ports it did not come through a network.
    """
    if not sys.platform.startswith("linux") or "REMOTE_PORT" not in surroundings:
        return False
    owners = _owners(int(surroundings["REMOTE_PORT"]), int(surroundings["SERVER_PORT"]))
    return owners is not None and not owners & {SYSTEM, os.getuid()}


def _owners(theirs: int, ours: int) -> set[int] | None:
    """Who holds the other end of a connection; None where the system does not say."""
    wanted, found, is_readable = (f":{theirs:04X}", f":{ours:04X}"), set(), False
    for table in TABLES:
        try:
            lines = Path(table).read_text("ascii").splitlines()[1:]
        except OSError:
            continue
        is_readable = True
        cells = (line.split() for line in lines)
        found |= {int(one[7]) for one in cells if one[1].endswith(wanted[0]) and one[2].endswith(wanted[1])}
    return found if is_readable else None
