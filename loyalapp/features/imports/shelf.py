"""One file of new customers and what hangs on them, on their way from a list into our database (see `staging`)."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from loyalapp.core import sealing
from loyalapp.features.imports.keyed import PARTS, STORED, Columns, entries
from loyalapp.features.imports.merging import LISTS

NOTHING_KEPT = ("cipher_log_level = NONE", "journal_mode = OFF", "synchronous = OFF", "cache_size = -1000")


class Shelf:
    """One file of new customers and what hangs on them. `key`: encrypts it where our data is."""

    def __init__(self, path: Path, key: bytes | None = None) -> None:
        self.path, self.key = path, key
        self._open: dbapi2.Connection | None = None

    @property
    def _link(self) -> dbapi2.Connection:
        if self._open is None:
            self._open = dbapi2.connect(self.path, isolation_level=None, check_same_thread=False)
            sealing.give_key(self._open, self.key)
            for pragma in NOTHING_KEPT:
                self._open.execute(f"PRAGMA {pragma}")
            if self.path.stat().st_size == 0:
                self._prepare(self._open)
        return self._open

    @property
    def _writing(self) -> dbapi2.Connection:
        """One transaction until `keep`; who only reads must not hold the file while it is copied from."""
        if not self._link.in_transaction:
            self._link.execute("BEGIN")
        return self._link

    def _prepare(self, link: dbapi2.Connection) -> None:
        link.execute(f"CREATE TABLE customer (nr INTEGER PRIMARY KEY, {', '.join(STORED)})")
        for what, names in PARTS.items():
            link.execute(f"CREATE TABLE {what} (nr, turn, {', '.join(names)}, PRIMARY KEY (nr, turn)) WITHOUT ROWID")
        link.execute("CREATE TABLE filled (customer INTEGER PRIMARY KEY, more)")

    def put(self, start: int, size: int, columns: Columns) -> None:
        """Customers from number `start` on, with their keys."""
        plain = [name for name in columns if name not in PARTS]
        marks = ", ".join("?" * (len(plain) + 1))
        numbers = range(start, start + size)
        self._writing.executemany(
            f"INSERT INTO customer (nr, {', '.join(plain)}) VALUES ({marks})",  # noqa: S608 -- our own names
            zip(numbers, *(columns[name] for name in plain), strict=True),
        )
        for what in LISTS:
            if column := columns.get(what):
                self._put_list(what, zip(numbers, column, strict=True))

    def _put_list(self, what: str, having: Any) -> None:
        marks = ", ".join("?" * (len(PARTS[what]) + 2))
        rows = [
            (number, place, *entry)
            for number, values in having
            if values
            for place, entry in enumerate(entries(what, values))
        ]
        self._link.executemany(f"INSERT INTO {what} VALUES ({marks})", rows)  # noqa: S608 -- our own names

    def rows(self, what: str, names: Sequence[str], start: int, size: int) -> list[tuple[Any, ...]]:
        """These columns of the customers from number `start` on, or of what hangs on them."""
        order = "nr" if what == "customer" else "nr, turn"
        asked = f"SELECT {', '.join(names)} FROM {what} WHERE nr BETWEEN ? AND ? ORDER BY {order}"  # noqa: S608 -- our own names
        found: list[tuple[Any, ...]] = self._link.execute(asked, (start, start + size - 1)).fetchall()
        return found

    def take_out(self, number: int) -> None:
        """Forget one, who is put in anew."""
        for what in ("customer", *LISTS):
            self._writing.execute(f"DELETE FROM {what} WHERE nr = ?", (number,))  # noqa: S608 -- our own names

    def fill(self, more: Iterator[tuple[int, bytes]]) -> None:
        """What the list says about customers we have."""
        self._writing.executemany("INSERT INTO filled VALUES (?, ?)", more)

    def filled(self, after: int, count: int) -> list[tuple[int, bytes]]:
        """The next of them, by their id."""
        asked = "SELECT customer, more FROM filled WHERE customer > ? ORDER BY customer LIMIT ?"
        found: list[tuple[int, bytes]] = self._link.execute(asked, (after, count)).fetchall()
        return found

    def keep(self) -> None:
        """Everything is written down; others may read the file from now on."""
        link, self._open = self._link, None
        if link.in_transaction:
            link.execute("COMMIT")
        link.close()

    def close(self) -> None:
        """Throw it away."""
        if self._open is not None:
            self._open.close()
        self.path.unlink(missing_ok=True)
