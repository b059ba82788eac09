"""Opens any list the shop has as one thing: columns with a guessed meaning, and rows that can be read again and again.

What a file is, is told by its content, never by its name: many a `.csv` is a workbook, and many an `.xls` a web page.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from loyalapp.core.textkeys import plain
from loyalapp.features.imports import cards, columns, exports, layout, old_fonts, plain_text
from loyalapp.features.imports.columns import Column, Guess
from loyalapp.features.imports.old_fonts import OldFont
from loyalapp.features.imports.refusals import UnreadableList
from loyalapp.features.imports.sheets import Sheet

LARGEST = 200 * 1024 * 1024
SHEET, TEXT, CARDS = "sheet", "text", "cards"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOOK_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
NOT_LISTS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
    b"{\\rtf",
    b"SQLite format 3",
)


@dataclass
class SourceList:
    """A list that can be read. `number` of a row is what the user's own program calls it (from 1)."""

    path: Path
    form: str
    guess: Guess
    header: int | None
    sheets: list[str] = field(default_factory=list)
    sheet: int = 0
    shape: plain_text.Shape | None = None
    sample: list[tuple[int, list[Any]]] = field(default_factory=list)
    heading: list[Any] = field(default_factory=list)
    old_font: OldFont = field(default_factory=OldFont)
    program: str = ""  # whose export it is, where we know it: "Google", "Outlook"
    length: int = 0  # how many rows it has, nearly

    @property
    def kind(self) -> str:
        return self.guess.kind

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.guess.columns

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Number and cells of every row below the header that is not empty.

        :raises UnreadableList: if reading fails half-way.
        """
        first = 0 if self.header is None else self.header + 1
        with closing(_raw(self.path, self.form, self.sheet, self.shape)) as rows:
            for number, cells in enumerate(rows):
                if number >= first and not layout.is_empty(cells):
                    yield number + 1, self.understood(cells)

    def understood(self, cells: list[Any]) -> list[Any]:
        """The cells without what an old font or a program's export makes of them."""
        if self.program:
            return [exports.tidied(cell) for cell in cells]
        return self.old_font.row(cells) if self.old_font.is_read else cells


def open_list(
    path: Path, *, sheet: int | None = None, encoding: str | None = None, old_font: bool | None = None
) -> SourceList:
    """Look at a file: what it is, where its table stands, what its columns mean.

    :param sheet: which sheet of a workbook, from 0; None takes the first with rows in it.
    :param encoding: one of `plain_text.ENCODINGS` where the user knows better.
    :param old_font: whether cells in an old Hindi font are read as Hindi; None where the user was not asked yet.
    :raises UnreadableList: if it cannot be read, holds nothing, or is no list.
    """
    form = form_of(path)
    if form == CARDS:
        return _card_list(path, encoding)
    if form == SHEET:
        with Sheet(path, sheet) as opened:
            top = list(islice(opened.rows(), layout.ROWS_LOOKED_AT))
            source = SourceList(path, form, _NOTHING, None, opened.names, opened.index, length=opened.height)
            return _with_layout(source, top, old_font)
    shape = plain_text.shape_of(path, encoding)
    with closing(plain_text.rows(path, shape)) as rows:
        top = list(islice(rows, layout.ROWS_LOOKED_AT))
    length = plain_text.lines_in(path, shape.encoding)
    return _with_layout(SourceList(path, form, _NOTHING, None, shape=shape, length=length), top, old_font)


_NOTHING = Guess("contacts", (), "dmy", None)


def standing(path: Path) -> tuple[int, int]:
    """Changes when somebody writes to the file.

    :raises UnreadableList: if it is not there any more.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise UnreadableList("missing") from error
    return found.st_size, found.st_mtime_ns


def form_of(path: Path) -> str:
    """`sheet`, `text` or `cards`.

    :raises UnreadableList: for everything else, and what is too large or not there.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            start = stream.read(4096)
    except OSError as error:
        raise UnreadableList("missing") from error
    if size == 0:
        raise UnreadableList("empty")
    if size > LARGEST:
        raise UnreadableList("big")
    return _form(path, start)


def _form(path: Path, start: bytes) -> str:
    if start.startswith(OLD_WORKBOOK):
        return SHEET
    if start.startswith(b"PK"):
        return _zip_form(path)
    if start.startswith(NOT_LISTS):
        raise UnreadableList("type")
    words = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").upper()
    if words.startswith((b"<!DOCTYPE", b"<HTML", b"<?XML", b"<TABLE", b"<META")):
        raise UnreadableList("web_page")
    return CARDS if words.startswith(b"BEGIN:VCARD") else TEXT


def _zip_form(path: Path) -> str:
    """Workbooks are zip files; so are many things that are not."""
    try:
        with zipfile.ZipFile(path) as book:
            parts = set(book.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableList("damaged") from error
    if not parts.intersection(BOOK_PARTS) or "word/document.xml" in parts:
        raise UnreadableList("type")
    return SHEET


def _card_list(path: Path, encoding: str | None) -> SourceList:
    """Cards bring their meaning with them; their columns have no header to show."""
    encoding = encoding or plain_text.encoding_of(path)
    shape = plain_text.Shape(encoding, "")
    with closing(cards.rows(path, encoding)) as rows:
        sample = list(islice(rows, layout.ROWS_LOOKED_AT))
    if not sample:
        raise UnreadableList("damaged")
    meant = tuple(Column(index, "", meaning) for index, meaning in enumerate(cards.COLUMNS))
    read = columns.guess(list(cards.COLUMNS), sample)
    guess = Guess("contacts", meant, read.order, read.region)
    length = plain_text.times_in(path, b"END:VCARD")
    return SourceList(path, CARDS, guess, None, shape=shape, sample=list(enumerate(sample, 1)), length=length)


def _with_layout(source: SourceList, raw: list[list[Any]], old_font: bool | None) -> SourceList:
    """Find the header in the first rows and guess the columns."""
    source.old_font = old_fonts.found_in(source.path, raw, wanted=old_font)
    readable = [source.old_font.heading(cells) for cells in raw[: layout.HEADER_WITHIN]]
    source.header = layout.header_row([*readable, *raw[layout.HEADER_WITHIN :]])
    heading = readable[source.header] if source.header is not None else []
    first = 0 if source.header is None else source.header + 1
    below = [(number, cells) for number, cells in enumerate(raw[first:], first + 1) if not layout.is_empty(cells)]
    if not below:
        raise UnreadableList("empty")
    width = max(layout.width(row) for row in chain((cells for _, cells in below), [heading]))
    names = layout.titles(heading)
    names = [*names, *[""] * (width - len(names))][: min(width, layout.WIDEST)]
    export = exports.of(names)
    source.program = export.program if export else ""
    source.heading = source.understood(raw[source.header]) if source.header is not None else []
    source.sample = [(number, source.understood(cells)) for number, cells in below]
    cells = [cells for _, cells in source.sample if not layout.is_total(cells)]
    source.guess = columns.guess(names, cells, [export.meaning(name) for name in names] if export else None)
    return source


def title_of(column: Column) -> str:
    """How the user knows a column: its header, else its letter."""
    return plain(column.title) or layout.letters(column.index)


def _raw(path: Path, form: str, sheet: int, shape: plain_text.Shape | None) -> Iterator[list[Any]]:
    if form == SHEET:
        with Sheet(path, sheet) as opened:
            yield from opened.rows()
    elif form == CARDS:
        yield from cards.rows(path, shape.encoding if shape else None)
    elif shape is not None:
        yield from plain_text.rows(path, shape)


def fingerprint(file: Path) -> str:
    """The fingerprint by which the same file is known again.

    :raises UnreadableList: if it is not there any more.
    """
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableList("missing") from error
