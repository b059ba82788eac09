"""Libraries are loaded without what is written in them for programmers: less to read at start, less to hold.

Python itself does so with `-OO`, but for everything; here our own words and checks stay, and those of plugins.
"""

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import cache_from_source
from types import CodeType, ModuleType
from typing import Any

LIBRARIES = frozenset((
    "babel", "click", "flask", "flask_babel", "flask_sqlalchemy", "flask_wtf", "itsdangerous", "jinja2", "pluggy",
    "sqlalchemy", "typing_extensions", "waitress", "werkzeug", "wtforms",
))  # fmt: skip
TERSE = 2  # Python's level of optimization at which docstrings are left out
BYTECODE = ".pyc"


def speak() -> None:
    """Let every library that is imported from here on come so; called twice, it is as if called once."""
    if not sys.dont_write_bytecode and TerseFinder not in sys.meta_path:
        sys.meta_path.insert(0, TerseFinder)


class TerseFinder:
    """Finds what Python finds, and has it loaded tersely where the outcome can be kept beside it."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """None for everything but our libraries, which the finder after this one then finds."""
        if name.partition(".")[0] not in LIBRARIES:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and type(spec.loader) is SourceFileLoader and os.access(os.path.dirname(spec.loader.path), os.W_OK):  # noqa: PTH120 -- 300 times at start
            spec.loader = TerseLoader(spec.loader.name, spec.loader.path)
        return spec


class TerseLoader(SourceFileLoader):
    """Compiles without docstrings, and keeps that in a file of its own, as `-OO` would."""

    def get_data(self, path: str) -> bytes:
        """The source, or what was compiled from it."""
        return super().get_data(self._kept(path))

    def set_data(self, path: str, data: Any, *, _mode: int = 0o666) -> None:
        """Keep what was compiled."""
        super().set_data(self._kept(path), data, _mode=_mode)

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = TERSE) -> CodeType:  # type: ignore[override]  # -- the stubs leave `self` out
        """Compiled, as tersely as can be."""
        code: CodeType = super().source_to_code(data, path, _optimize=TERSE)
        return code

    def _kept(self, path: str) -> str:
        return cache_from_source(self.path, optimization=TERSE) if path.endswith(BYTECODE) else path
