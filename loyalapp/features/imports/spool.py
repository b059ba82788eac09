"""Rows on their way from the list to the database: in memory while they are few, in a file of the work folder when many.

So a long list is read and understood before the database is locked, and the app's memory does not grow with it.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

IN_MEMORY = 8 << 20


class Spool:
    """Plain values, one record after the other, read in the order they were written."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY, "w+b", dir=folder, prefix="import-")
        self._encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        self.count = 0

    def add(self, record: list[Any]) -> None:
        """Append one record."""
        self._file.write(self._encode(record).encode("utf-8", "replace") + b"\n")
        self.count += 1

    def __iter__(self) -> Iterator[list[Any]]:
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line)

    def close(self) -> None:
        """Throw the records away."""
        self._file.close()
