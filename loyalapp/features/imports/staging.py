"""New customers of a list, kept in a small database of their own until the user says yes, ready to be copied.

So a long list is read, understood and given its keys before our database is locked, and the app's memory does not grow
with it. Rows come a few hundred at a time, column by column. Both cores of a small computer work: a helper process
gives the portions their keys and keeps them in a second file, and what it does not manage is done here.
"""

import marshal
import os
import subprocess
import sys
import tempfile
import threading
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from loyalapp.core import passing
from loyalapp.features.imports.keyed import PARTS, PLAIN, Columns, plain, unpacked, with_keys
from loyalapp.features.imports.merging import COLUMNS, Values
from loyalapp.features.imports.shelf import Shelf

PREFIX = "import-"
ROWS_AT_ONCE = 500
SIZE = 8  # bytes before each portion in the pipe, which say how long it is
PLAIN_FORM = 2  # the form of `marshal` that does not look for values that are one object
AHEAD = 2  # portions that the helper is given before it is done with others: one in its hands, one on the way


class Portion(NamedTuple):
    """Some new customers in a row: which of the files they stand in, the number of the first, how many."""

    file: int
    start: int
    size: int


@contextmanager
def _full_disk_told() -> Iterator[None]:
    """What the small database says of a full disk, as files do."""
    try:
        yield
    except dbapi2.OperationalError as error:
        raise OSError(str(error)) from error


class Staging:
    """New customers in the order in which they came, from number 0."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shelves: list[Shelf] = [self._new_shelf()]
        self._waiting: list[Sequence[Any]] = []
        self._helper: Any = None
        self._answered = self._given = 0
        self.used: set[str] = set()
        self.portions: list[Portion] = []
        self.count = self._kept = self.filled = 0

    def _new_shelf(self) -> Shelf:
        handle, name = tempfile.mkstemp(prefix=PREFIX, dir=self._folder)
        os.close(handle)
        return Shelf(Path(name), passing.passing_key(self._folder))

    @property
    def files(self) -> list[tuple[Path, bytes | None]]:
        """Where they stand, and with which keys; `Portion.file` counts these."""
        return [(shelf.path, shelf.key) for shelf in self._shelves]

    # ---- putting in ----

    def hand_over(self, helper: "subprocess.Popen[bytes]") -> None:
        """From here on this process finishes portions too, in a file of its own; to be ended by `settle`."""
        self._shelves.append(self._new_shelf())
        self._helper = helper
        path, key = self.files[1]
        helper.stdin.write(f"{(key or b'').hex()} {path}\n".encode())  # type: ignore[union-attr]  # -- it has one
        threading.Thread(target=self._count_answers, args=(helper.stdout,), daemon=True).start()

    def _count_answers(self, stream: Any) -> None:
        with suppress(ValueError, OSError):  # it is closed when the list is thrown away
            while stream.read(1):
                self._answered += 1

    def add(self, record: Sequence[Any]) -> None:
        """Append one, as `keyed.packed` makes it."""
        self._waiting.append(record)
        self.count += 1
        if len(self._waiting) >= ROWS_AT_ONCE:
            self._put_down()

    def add_together(self, columns: Columns, size: int) -> None:
        """Append many at once, in columns of `keyed.PLAIN`; those in which nothing stands may be left out."""
        self.count += size
        if size >= ROWS_AT_ONCE // 2 and not self._waiting:
            self._put(columns, size)
            return
        nothing = (None,) * size
        self._waiting += zip(*[columns.get(name, nothing) for name in PLAIN], strict=True)
        if len(self._waiting) >= ROWS_AT_ONCE:
            self._put_down()

    def _put_down(self) -> None:
        if self._waiting:
            columns = zip(PLAIN, zip(*self._waiting, strict=True), strict=True)
            size, self._waiting = len(self._waiting), []
            self._put({name: one for name, one in columns if one.count(None) < size}, size)

    def _put(self, columns: Columns, size: int) -> None:
        by_helper = self._helper is not None and self._given - self._answered < AHEAD
        portion = Portion(int(by_helper), self._kept, size)
        self.portions.append(portion)
        self.used.update(columns)
        self._kept += size
        if by_helper:
            self._given += 1
            _send(self._helper.stdin, (portion.start, size, dict(columns)))
            return
        with _full_disk_told():
            self._shelves[0].put(portion.start, size, with_keys(columns, size))

    def fill(self, more: Mapping[int, bytes]) -> None:
        """What the list says about customers we have, by their id."""
        self.filled = len(more)
        with _full_disk_told():
            self._shelves[0].fill(iter(more.items()))

    def settle(self) -> None:
        """Wait until every portion has its keys.

        :raises OSError: if the helper failed; why, it has told.
        """
        self._put_down()
        if self._helper is not None:
            helper, self._helper = self._helper, None
            with suppress(OSError):
                helper.stdin.close()
            if code := helper.wait():
                raise OSError(f"the process that finishes the rows of a list has ended with {code}")
            helper.stdout.close()

    def take(self, number: int) -> Values:
        """What is known of one, to be put back with more."""
        shelf = self._shelf_of(number)
        values: list[Any] = []
        for what, names in {"customer": COLUMNS, **PARTS}.items():
            rows = shelf.rows(what, names, number, 1)
            if what == "customer":
                values += rows[0]
            else:
                values.append([row[0] if what in ("phones", "tags") else list(row) for row in rows])
        return unpacked(values)

    def put_back(self, number: int, values: Values) -> None:
        """The same one with other values, and keys made anew."""
        shelf = self._shelf_of(number)
        columns = {name: (value,) for name, value in zip(PLAIN, plain(values), strict=True) if value is not None}
        self.used.update(columns)
        with _full_disk_told():
            shelf.take_out(number)
            shelf.put(number, 1, with_keys(columns, 1))

    def _shelf_of(self, number: int) -> Shelf:
        place = bisect_right(self.portions, number, key=attrgetter("start")) - 1
        return self._shelves[self.portions[place].file]

    def keep(self) -> None:
        """Everything is written down; others may read the files from now on."""
        with _full_disk_told():
            for shelf in self._shelves:
                shelf.keep()

    # ---- reading ----

    def rows(self, portion: Portion, what: str, names: Sequence[str]) -> list[tuple[Any, ...]]:
        """See `Shelf.rows`."""
        return self._shelves[portion.file].rows(what, names, portion.start, portion.size)

    def fills(self, count: int) -> Iterator[dict[int, bytes]]:
        """What `fill` was given, so many at a time."""
        last = 0
        while some := dict(self._shelves[0].filled(last, count)):
            yield some
            last = max(some)

    def close(self) -> None:
        """Throw everything away."""
        if self._helper is not None:
            helper, self._helper = self._helper, None
            helper.kill()
            helper.wait()
            for stream in (helper.stdin, helper.stdout):
                with suppress(OSError):
                    stream.close()
        for shelf in self._shelves:
            shelf.close()

    def __del__(self) -> None:
        """Forgotten ones leave nothing behind on the disk."""
        if "_shelves" in self.__dict__:
            self.close()

    def __getstate__(self) -> dict[str, Any]:
        state = {"_files": self.files, "used": self.used, "portions": self.portions}
        counts = {"count": self.count, "filled": self.filled}
        self._shelves = []  # the other process owns the files now
        return state | counts

    def __setstate__(self, state: dict[str, Any]) -> None:
        files = state.pop("_files")
        self.__dict__.update(state, _waiting=[], _helper=None, _shelves=[Shelf(*one) for one in files])


def _send(stream: Any, portion: tuple[int, int, dict[str, Sequence[Any]]]) -> None:
    packed = marshal.dumps(portion, PLAIN_FORM)
    stream.write(len(packed).to_bytes(SIZE) + packed)
    stream.flush()


def finish_all() -> None:
    """What the helper does: the portions that come in get their keys and are kept; each is answered by a byte."""
    stream, out = sys.stdin.buffer, sys.stdout.buffer
    key, _space, path = stream.readline().decode().rstrip("\n").partition(" ")
    shelf = Shelf(Path(path), bytes.fromhex(key) or None)
    while length := stream.read(SIZE):
        start, size, columns = marshal.loads(stream.read(int.from_bytes(length)))  # noqa: S302 -- our own rows
        shelf.put(start, size, with_keys(columns, size))
        out.write(b".")
        out.flush()
    shelf.keep()
