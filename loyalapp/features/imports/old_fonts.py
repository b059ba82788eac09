"""Columns of a list that were typed in an old Hindi font: which they are, what they would read, and reading them so."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loyalapp.features.imports import kruti, words

EXAMPLES = 6
LONGEST_EXAMPLE = 60
FONT_NAMES = (b"kruti", b"devlys")


@dataclass(frozen=True)
class OldFont:
    """`columns`: those in the old font. `is_read`: whether they are read as Hindi. `examples`: before and after."""

    columns: frozenset[int] = frozenset()
    is_read: bool = False
    examples: tuple[tuple[str, str], ...] = ()

    def row(self, cells: list[Any]) -> list[Any]:
        """A row as it is to be understood."""
        if not self.is_read:
            return cells
        return [kruti.read(cell) if index in self.columns else cell for index, cell in enumerate(cells)]

    def heading(self, cells: list[Any]) -> list[Any]:
        """The heading too, whose words stand above columns of numbers as well."""
        if not self.is_read:
            return cells
        return [_heading(cell) if isinstance(cell, str) else cell for cell in self.row(cells)]


def _heading(cell: str) -> str:
    read = kruti.converted(cell)
    return read if words.plain_key(read) in words.headers() else cell


def found_in(path: Path, rows: Sequence[Sequence[Any]], *, wanted: bool | None) -> OldFont:
    """What a list has in such a font.

    :param rows: its first rows.
    :param wanted: whether the user wants it read as Hindi; None while nobody was asked: then it is shown so.
    """
    hinted = _names_the_font(path)
    width = max(map(len, rows), default=0)
    cells = [[row[index] for row in rows if index < len(row)] for index in range(width)]
    found = frozenset(index for index, column in enumerate(cells) if kruti.is_kruti_column(column, hinted=hinted))
    if not found:
        return OldFont()
    examples: dict[str, str] = {}
    for row in rows:
        for index in sorted(found):
            cell = row[index] if index < len(row) else ""
            if len(examples) < EXAMPLES and isinstance(cell, str) and (read := kruti.read(cell)) != cell:
                examples[cell[:LONGEST_EXAMPLE]] = read[:LONGEST_EXAMPLE]
    return OldFont(found, wanted is not False, tuple(examples.items()))


def _names_the_font(path: Path) -> bool:
    """Whether a workbook says that cells of it are shown in such a font."""
    try:
        with zipfile.ZipFile(path) as book, book.open("xl/styles.xml") as part:
            styles = part.read(1 << 20).lower()
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError):
        return False
    return any(name in styles for name in FONT_NAMES)
