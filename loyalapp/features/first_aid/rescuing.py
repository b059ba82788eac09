"""Saves what can be read of a damaged database, row by row, into a new file; the damaged one stays as it is.

A row that cannot be read hides no others: what lies after it is looked for from the other end and in between.
"""

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from loyalapp.core import sealing
from loyalapp.core.sqlite import connector
from loyalapp.features.customers.search_index import ALL_ANEW

PORTION = 200
PROBES = 20_000  # looks at rows that cannot be read, for each table
FRUITLESS = 400  # such looks one after the other, after which the rest of a table is given up
DERIVED = "customer_index"  # the index of the search is made anew
HIGHEST = 2**63 - 1


class Saved(NamedTuple):
    """What was saved: rows by table; `gaps`: tables that could not be read wholly; `left`: rows without owner."""

    rows: dict[str, int]
    gaps: list[str]
    left: int

    @property
    def is_anything(self) -> bool:
        """Whether it is worth anything."""
        return self.rows.get("customer", 0) > 0


def rescue(damaged: Path, target: Path) -> Saved:
    """Write what can be read of a database into a new one.

    :raises sqlcipher3's DatabaseError: if not even its list of tables can be read.
    """
    target.unlink(missing_ok=True)
    with closing(_Damaged(damaged)) as old, closing(connector(target, damaged)()) as new:
        made = old.ask("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        new.execute("PRAGMA foreign_keys = OFF")
        new.execute("BEGIN")
        rows: dict[str, int] = {}
        gaps = []
        for name, sentence in tables_of(made):
            new.execute(sentence)
            rows[name], is_whole = _copy(old, new, name)
            gaps += [] if is_whole else [name]
        left = take_out_orphans(new)
        make_rest(new, made)
        new.execute("COMMIT")
        new.execute("PRAGMA journal_mode = DELETE")
    return Saved(rows, gaps, left)


class _Damaged:
    """A connection to a damaged file that may be asked again after it failed.

    One page of an encrypted file that cannot be read makes SQLCipher answer nothing any more on that connection.
    """

    def __init__(self, file: Path) -> None:
        self._connect = connector(file)
        self._is_sealed = sealing.key_in_use(file) is not None
        self._link = self._opened()

    def _opened(self) -> Any:
        link = self._connect()
        link.execute("PRAGMA query_only = ON")
        return link

    def ask(self, question: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """All rows of the answer.

        :raises sqlcipher3's DatabaseError: if one of them cannot be read.
        """
        try:
            found: list[Any] = self._link.execute(question, values).fetchall()
            return found
        except driver_faults():
            if self._is_sealed:
                self._link.close()
                self._link = self._opened()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._link.close()


def tables_of(made: list[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """The tables with rows of their own."""
    for kind, name, sentence in made:
        if kind == "table" and not name.startswith((DERIVED, "sqlite_")):
            yield name, sentence


def _copy(old: _Damaged, new: Any, table: str) -> tuple[int, bool]:
    """Answers how many rows were saved, and whether nothing of the table was in the way."""
    columns = [row[1] for row in new.execute(f'PRAGMA table_info("{table}")')]
    names = ", ".join(f'"{one}"' for one in columns)
    put = f'INSERT OR IGNORE INTO "{table}" (rowid, {names}) VALUES ({", ".join("?" * (len(columns) + 1))})'  # noqa: S608 -- names of the database itself
    before = new.total_changes
    reader = _Reader(old, table, names)
    seen = 0
    for portion in reader.portions():
        for row in portion:
            seen += 1
            with suppress(driver_faults()):  # half a row is no row
                new.execute(put, row)
    count = new.total_changes - before
    return count, not reader.has_gaps and count == seen


class _Reader:
    """Reads a table from its beginning, from its end, and between the gaps."""

    def __init__(self, old: _Damaged, table: str, names: str) -> None:
        self._old = old
        self.has_gaps = False
        self._probes = PROBES
        self._fruitless = 0
        ask = f'SELECT rowid, {names} FROM "{table}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid'  # noqa: S608 -- as above
        self._up, self._down = f"{ask} LIMIT ?", f"{ask} DESC LIMIT ?"

    def portions(self) -> Iterator[list[Any]]:
        """All rows that can be read."""
        yield from self._between(-HIGHEST, HIGHEST)

    @property
    def _is_hopeless(self) -> bool:
        return self._probes <= 0 or self._fruitless > FRUITLESS

    def _between(self, low: int, high: int) -> Iterator[list[Any]]:
        low = yield from self._forward(low, high)
        if low > high:
            return
        self.has_gaps = True
        high = yield from self._backward(low, high)
        if low >= high or self._is_hopeless:
            return
        middle = (low + high) // 2
        yield from self._between(low, middle)
        yield from self._between(middle + 1, high)

    def _forward(self, low: int, high: int) -> Any:
        """Rows from `low` on; answers the first id that may not have been seen."""
        for portion in self._steps(self._up, lambda: (low, high)):  # noqa: B023 -- it is to ask from where it stands
            if portion is None:
                return low
            yield portion
            low = portion[-1][0] + 1
        return high + 1

    def _backward(self, low: int, high: int) -> Any:
        """Rows from `high` down; answers the last id that may not have been seen."""
        for portion in self._steps(self._down, lambda: (low, high)):  # noqa: B023 -- as above
            if portion is None:
                return high
            yield portion
            high = portion[-1][0] - 1
        return low

    def _steps(self, ask: str, bounds: Any) -> Iterator[list[Any] | None]:
        """Portions, ever longer as long as all goes well; None where a row is met that cannot be read."""
        size = 1
        while True:
            try:
                portion = self._old.ask(ask, (*bounds(), size))
            except driver_faults():
                self._probes -= 1
                self._fruitless += 1
                if size == 1 or self._is_hopeless:
                    yield None
                    return
                size = 1
                continue
            if not portion:
                return
            self._fruitless = 0
            yield portion
            size = min(PORTION, 4 * size)


def take_out_orphans(new: Any) -> int:
    """What belongs to a row that is lost goes with it; what only pointed to it points to nothing any more."""
    left = 0
    while orphans := {(row[0], row[1], row[3]) for row in new.execute("PRAGMA foreign_key_check")}:
        for table, rowid, number in orphans:
            keys = [row for row in new.execute(f'PRAGMA foreign_key_list("{table}")') if row[0] == number]
            column, rule = keys[0][3], keys[0][6]
            must = {row[1]: row[3] for row in new.execute(f'PRAGMA table_info("{table}")')}[column]
            if must or rule == "CASCADE":
                new.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))  # noqa: S608 -- as above
                left += 1
            else:
                new.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (rowid,))  # noqa: S608 -- as above
    return left


def make_rest(new: Any, made: list[tuple[str, str, str]]) -> None:
    """Indexes, and the index of the search; an index that cannot be made takes nothing along."""
    virtual = [one[2] for one in made if one[0] == "table" and one[2].startswith("CREATE VIRTUAL")]
    for sentence in virtual:
        new.execute(sentence)
    for sentence in (one[2] for one in made if one[0] == "index"):
        with suppress(driver_faults()):
            new.execute(sentence)
    if virtual:
        for sentence in ALL_ANEW:
            new.execute(sentence)


def driver_faults() -> Any:
    """What SQLite raises where it cannot read."""
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- only where something is damaged

    return dbapi2.DatabaseError
