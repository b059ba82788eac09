"""What is SQLite's own: how a connection to the file is opened, and how its questions are planned."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.sql.compiler import SQLCompiler

from loyalapp.core import patience, sealing

CACHE_KIB = 500  # of pages for each connection: as fast as SQLite's own 2000, and there are several connections
PRAGMAS = (
    "cipher_log_level = NONE",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 10000",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    f"cache_size = {-CACHE_KIB}",
)


def connector(path: Path, like: Path | None = None) -> Callable[[], Any]:
    """A function that opens one connection to the file with everything a connection needs, in the right order.

    :param like: a file whose key a new one gets, where that is not the key of the folder it lies in.
    """
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- PostgreSQL desks do not need it

    def connect() -> Any:
        link = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
        sealing.give_key(link, sealing.key_in_use(like or path))
        for pragma in PRAGMAS:
            link.execute(f"PRAGMA {pragma}")
        link.create_function("md5", 1, _fingerprint, deterministic=True)
        patience.let_queries_ask(link)
        return link

    return connect


def _fingerprint(text: str) -> str:
    """What PostgreSQL calls `md5`: tells whether a row changed, guards nothing."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def plan_once(engine: Engine) -> None:
    """Keep SQLite from planning a question anew each time its LIMIT is bound, which took longer than most answers.

    From 3.48 on it looks at the number behind LIMIT to plan by it, but not at one behind a plus.
    """
    engine.dialect.statement_compiler = _steady_compiler()


@cache
def _steady_compiler() -> type[SQLCompiler]:
    """One class for all engines of the process: SQLAlchemy keeps every class that compiles."""
    from sqlalchemy.dialects.sqlite.base import SQLiteCompiler  # noqa: PLC0415 -- PostgreSQL desks do not need it

    class Steady(SQLiteCompiler):
        def limit_clause(self, select: Any, **options: Any) -> str:
            written: str = super().limit_clause(select, **options)  # type: ignore[no-untyped-call]  # -- SQLAlchemy's own
            return written.replace("LIMIT ", "LIMIT +", 1)

    return Steady
