"""Text tables (.csv, .tsv, .txt): which encoding they are written in, what parts their cells, and their rows.

Windows-1252 and Windows-1256 can decode nearly anything, so they are taken only where UTF-8 does not fit, and told
apart by how the letters beyond ASCII stand: one at a time between Latin letters, or together as Arabic words.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loyalapp.features.imports.refusals import UnreadableList

ENCODINGS = ("utf-8-sig", "utf-16", "cp1256", "cp1252")
CERTAIN = frozenset({"utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"})
DELIMITERS = (";", ",", "\t", "|")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHUNK = 1 << 20
SAMPLE = 1 << 18
LONGEST_CELL = 10_000_000
LINES_IN_A_CELL = 40
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
HIGH = re.compile(rb"[\x80-\xff]")
HIGH_TOGETHER = re.compile(rb"[\x80-\xff]{2,}")
SEPARATOR_LINE = re.compile(r'\A"?sep=(.)"?\r?\n', re.IGNORECASE)


@dataclass(frozen=True)
class Shape:
    """How a text table is written."""

    encoding: str
    delimiter: str
    quoted: bool = True
    skip: int = 0  # rows at the top that only say which delimiter is used


def shape_of(path: Path, encoding: str | None = None) -> Shape:
    """Guess how the table is written.

    :param encoding: one of `ENCODINGS` where the user knows better.
    :raises UnreadableList: if it is not text.
    """
    encoding = encoding or encoding_of(path)
    with _opened(path, encoding) as stream:
        start = stream.read(SAMPLE)
    if start.count("\0") > len(start) // 100:
        raise UnreadableList("type")
    if named := SEPARATOR_LINE.match(start):
        return Shape(encoding, named.group(1), skip=1)
    delimiter = _delimiter(start)
    return Shape(encoding, delimiter, quoted=_quotes_are_closed(start, delimiter))


def encoding_of(path: Path) -> str:
    """The encoding by its mark, else UTF-8 if all of the file fits, else by what its letters look like."""
    with path.open("rb") as stream:
        start = stream.read(SAMPLE)
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    if wide := _utf16_without_mark(start):
        return wide
    if len(CONTROL.findall(start, 0, 4096)) * 100 > len(start[:4096]):  # one or two are dirt
        raise UnreadableList("type")
    return "utf-8-sig" if _is_utf8(path) else _windows(start)


def _utf16_without_mark(start: bytes) -> str | None:
    """Spaces, delimiters and line ends give a NUL in every second byte."""
    pairs = len(start) // 2
    if pairs < 2:
        return None
    plain = re.compile(rb"[\x09\x0a\x0d\x20-\x7e]")
    little = sum(1 for at in range(1, pairs * 2, 2) if start[at] == 0 and plain.match(start, at - 1))
    big = sum(1 for at in range(0, pairs * 2, 2) if start[at] == 0 and plain.match(start, at + 1))
    if max(little, big) * 20 < pairs:
        return None
    return "utf-16-le" if little > big else "utf-16-be"


def lines_in(path: Path, encoding: str) -> int:
    """How many lines a text has, nearly: line ends inside cells are counted too."""
    end = "\n".encode(encoding.removesuffix("-sig") if encoding != "utf-16" else "utf-16-le")
    return times_in(path, end) + 1


def times_in(path: Path, mark: bytes) -> int:
    """How often some bytes stand in a file, nearly."""
    with path.open("rb") as stream:
        return sum(piece.count(mark) for piece in iter(lambda: stream.read(CHUNK), b""))


def _is_utf8(path: Path) -> bool:
    """All of it, but for a few broken bytes (a cut-off last letter, one pasted cell)."""
    decoder, broken, high = codecs.getincrementaldecoder("utf-8")("replace"), 0, 0
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            broken += decoder.decode(piece).count("\ufffd") - piece.count(b"\xef\xbf\xbd")
            high += len(HIGH.findall(piece))
    return broken <= high // 200


def _windows(start: bytes) -> str:
    together = sum(len(run) for run in HIGH_TOGETHER.findall(start))
    return "cp1256" if together * 2 > len(HIGH.findall(start)) else "cp1252"


def rows(path: Path, shape: Shape) -> Iterator[list[str]]:
    """The cells of each row, as text.

    :raises UnreadableList: if quotes are so broken that one cell swallows the list.
    """
    csv.field_size_limit(LONGEST_CELL)
    with _opened(path, shape.encoding) as stream:
        quoting = csv.QUOTE_MINIMAL if shape.quoted else csv.QUOTE_NONE
        reader = csv.reader((line.replace("\0", "") for line in stream), delimiter=shape.delimiter, quoting=quoting)
        try:
            for number, row in enumerate(reader):
                if number >= shape.skip:
                    yield row
        except csv.Error as error:
            raise UnreadableList("damaged") from error


def _opened(path: Path, encoding: str):  # type: ignore[no-untyped-def] -- a text stream
    errors = "replace" if encoding.startswith(("utf", "cp")) else "strict"
    return path.open(encoding=encoding, errors=errors, newline="")


def _delimiter(start: str) -> str:
    """What parts most rows into the same number of cells."""
    best = max(DELIMITERS, key=lambda mark: _evenness(start, mark))
    return best if _evenness(start, best) > 0 else ","


def _evenness(start: str, mark: str) -> float:
    widths = Counter(len(row) for row in _some_rows(start, mark, csv.QUOTE_MINIMAL) if row)
    if not widths:
        return 0
    width, times = max(widths.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]))
    return times / sum(widths.values()) * (1 + min(width, 20) / 100) if width > 1 else 0


def _quotes_are_closed(start: str, delimiter: str) -> bool:
    """A stray quotation mark at the start of a cell would swallow the rows that follow."""
    return all(
        cell.count("\n") <= LINES_IN_A_CELL for row in _some_rows(start, delimiter, csv.QUOTE_MINIMAL) for cell in row
    )


def _some_rows(start: str, delimiter: str, quoting: int) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    lines = start.splitlines(keepends=True)
    whole = lines[:-1] if len(start) >= SAMPLE and len(lines) > 1 else lines
    try:
        return list(csv.reader(whole[:2000], delimiter=delimiter, quoting=quoting))  # type: ignore[arg-type] -- csv's own constant
    except csv.Error:
        return []
