"""Rows on their way from the list to the database: in memory while they are few, in a file when they are many.

So a long list is read and understood before the database is locked, and the app's memory does not grow with it. A
spool can be handed to another process: pickled, it goes as the name of its file.
"""

import marshal
import os
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

IN_MEMORY = 4 << 20
RECORDS_AT_ONCE = 1_000
PREFIX = "import-"


class Spool:
    """Plain values, one record after the other, read in the order they were written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO = BytesIO()
        self._path: Path | None = None
        self._waiting: list[list[Any]] = []
        self._sizes: list[int] = []
        self.count = 0

    def add(self, record: list[Any]) -> None:
        """Append one record."""
        self._waiting.append(record)
        self.count += 1
        if len(self._waiting) >= RECORDS_AT_ONCE:
            self._put_down()

    def _put_down(self) -> None:
        if self._waiting:
            portion = marshal.dumps(self._waiting)
            self._file.write(len(portion).to_bytes(8) + portion)
            self._sizes.append(len(self._waiting))
            self._waiting = []
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

    def portions(self) -> Iterator[list[list[Any]]]:
        """The records, a thousand at a time."""
        self._put_down()
        self._file.seek(0)
        while length := self._file.read(8):
            yield marshal.loads(self._file.read(int.from_bytes(length)))  # noqa: S302 -- our own file, written by this object
        self._file.seek(0, os.SEEK_END)

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
        self._path = None  # the other process owns the file now
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _waiting=[])
        self._file = state["_path"].open("r+b")
