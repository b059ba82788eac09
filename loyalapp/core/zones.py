"""The computer's own time zone, which Babel wants to know when it is loaded though no page of ours asks for it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWN = Path("/etc/localtime")


@contextmanager
def taken_from_file() -> Iterator[None]:
    """Let Babel read the file of the zone; to learn its name, pytz would look at the files of all six hundred."""
    if "TZ" in os.environ or not OWN.is_file():
        yield
        return
    os.environ["TZ"] = f":{OWN}"  # what the system takes anyway
    try:
        yield
    finally:
        del os.environ["TZ"]
