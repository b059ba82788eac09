"""Rows on their way from the list to the database: in memory while they are few, in a file when they are many.

So a long list is read and understood before the database is locked, and the app's memory does not grow with it.
"""

import marshal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

IN_MEMORY = 8 << 20
RECORDS_AT_ONCE = 1_000


class Spool:
    """Plain values, one record after the other, read in the order they were written."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY, "w+b", dir=folder, prefix="import-")  # noqa: SIM115 -- closed by close()
        self._waiting: list[list[Any]] = []
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
            self._waiting = []

    def portions(self) -> Iterator[list[list[Any]]]:
        """The records, a thousand at a time."""
        self._put_down()
        self._file.seek(0)
        while length := self._file.read(8):
            yield marshal.loads(self._file.read(int.from_bytes(length)))  # noqa: S302 -- our own file, written by this object

    def close(self) -> None:
        """Throw the records away."""
        self._file.close()
