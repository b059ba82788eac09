"""What libraries name but no page of ours ever uses is loaded when something of it is first asked for.

`asyncio` is for whoever does not wait for the answer of a database (SQLAlchemy), `urllib.request` for riddles that a
service on the Internet sets (Flask-WTF).
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

NAMES = ("asyncio", "urllib.request")


class StandIn(ModuleType):
    """Stands for a module in the libraries that name it, and answers with what the real one has."""

    def __getattr__(self, word: str) -> Any:
        return getattr(self._real(), word)

    def iscoroutine(self, what: Any) -> bool:
        """The one function that SQLAlchemy takes at once, to call it later."""
        return bool(self._real().iscoroutine(what))

    def _real(self) -> Any:
        _clear_away(self)
        return importlib.import_module(self.__name__)


@contextmanager
def left_out() -> Iterator[None]:
    """Load libraries inside the block without it: megabytes less to hold. Whoever imports it later gets it.

    A plugin that imports it inside the block has the real one at its first use.
    """
    standing = [StandIn(name) for name in NAMES if name not in sys.modules]
    sys.modules.update({one.__name__: one for one in standing})
    try:
        yield
    finally:
        for one in standing:
            _clear_away(one)


def _clear_away(standing: StandIn) -> None:
    """From here on its name leads to the real module."""
    if sys.modules.get(standing.__name__) is standing:
        del sys.modules[standing.__name__]
