"""Rows on their way from the list to the database: in memory while they are few, in a file when they are many.

So a long list is read and understood before the database is locked, and the app's memory does not grow with it. A
spool can be handed to another process: pickled, it goes as the name of its file. Rows are kept a thousand at a time,
column by column, as they are made faster and take less so; a column in which nothing stands is None. Where the data is
encrypted, they are too, with a key that only the processes at work know.
"""

import marshal
import os
import tempfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from loyalapp.core import passing

IN_MEMORY = 4 << 20
RECORDS_AT_ONCE = 1_000
PREFIX = "import-"
NONCE = 12  # bytes before each portion that is encrypted
SIZE = 8  # bytes before each portion, which say how long it is
PLAIN = 2  # the form of `marshal` that does not look for values that are one object
Columns = list[Sequence[Any] | None]


class Spool:
    """Plain values, one record after the other, read in the order they were written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = passing.passing_key(folder)
        self._file: BinaryIO = BytesIO()
        self._path: Path | None = None
        self._waiting: list[Sequence[Any]] = []
        self._sizes: list[int] = []
        self.count = 0

    def add(self, record: Sequence[Any]) -> None:
        """Append one record."""
        self._waiting.append(record)
        self.count += 1
        if len(self._waiting) >= RECORDS_AT_ONCE:
            self._put_down()

    def _put_down(self) -> None:
        if not self._waiting:
            return
        columns: Columns = [None if one.count(None) == len(one) else one for one in zip(*self._waiting, strict=True)]
        self._sizes.append(len(self._waiting))
        self._waiting = []
        _write(self._file, columns, passing.cipher(self._key))
        if self._path is None and self._file.tell() > IN_MEMORY:
            self._to_disk()

    def _to_disk(self) -> None:
        held: Any = self._file
        handle, name = tempfile.mkstemp(prefix=PREFIX, dir=self._folder)
        self._path = Path(name)
        self._file = os.fdopen(handle, "w+b")
        self._file.write(held.getvalue())

    @property
    def sizes(self) -> list[int]:
        """How many records each portion has."""
        self._put_down()
        return self._sizes

    def columns(self) -> Iterator[Columns]:
        """The columns of a thousand records at a time."""
        self._put_down()
        self._file.seek(0)
        yield from _portions(self._file, passing.cipher(self._key))
        self._file.seek(0, os.SEEK_END)

    def portions(self) -> Iterator[list[tuple[Any, ...]]]:
        """The records, a thousand at a time."""
        for size, columns in zip(self.sizes, self.columns(), strict=True):
            yield records(columns, size)

    def close(self) -> None:
        """Throw the records away."""
        self._file.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def __del__(self) -> None:
        """Forgotten ones leave nothing behind on the disk."""
        if "_file" in self.__dict__:
            self.close()

    def __getstate__(self) -> dict[str, Any]:
        self._put_down()
        if self._path is None:
            self._to_disk()
        self._file.flush()
        state = {"_folder": self._folder, "_path": self._path, "_sizes": self._sizes, "count": self.count}
        state["_key"] = self._key
        self._path = None  # the other process owns the file now
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _waiting=[])
        self._file = state["_path"].open("r+b")


def records(columns: Columns, size: int) -> list[tuple[Any, ...]]:
    """Columns as rows."""
    nothing = (None,) * size
    return list(zip(*[nothing if one is None else one for one in columns], strict=True))


def _write(stream: BinaryIO, columns: Columns, cipher: Any) -> None:
    portion = marshal.dumps(columns, PLAIN)
    if cipher:
        nonce = os.urandom(NONCE)
        portion = nonce + cipher.encrypt(nonce, portion, None)
    stream.write(len(portion).to_bytes(SIZE) + portion)


def _portions(stream: BinaryIO, cipher: Any) -> Iterator[Columns]:
    while length := stream.read(SIZE):
        portion = stream.read(int.from_bytes(length))
        if cipher:
            portion = cipher.decrypt(portion[:NONCE], portion[NONCE:], None)
        yield marshal.loads(portion)  # noqa: S302 -- our own rows, written by `_write`
