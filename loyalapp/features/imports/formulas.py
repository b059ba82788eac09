"""Formulas in a workbook that were never worked out: their text is what the user typed, and must not vanish.

A note such as "=1+1" that somebody typed in a cell is stored as a formula without a result. Calamine gives an empty
cell for it; here its text is found in the workbook itself.
"""

import html
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET  # expat since 2.4.1 refuses entity bombs

NAMES = {
    "m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "r": "http://schemas.openxmlformats.org/package/2006/relationships",
}
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f[^>]*>([^<]{0,8000})</f>\s*(?:<v\s*/>|<v></v>|</c>)')
CHUNK, OVERLAP = 1 << 20, 16_384
MOST = 200_000


def without_result(path: str, sheet_name: str) -> dict[int, dict[int, str]]:
    """Row number (from 0) → column number (from 0) → text of the formula, of an .xlsx; empty for other workbooks."""
    found: dict[int, dict[int, str]] = {}
    try:
        with zipfile.ZipFile(path) as book, book.open(_part(book, sheet_name)) as part:
            for count, (letters, digits, formula) in enumerate(_cells(part)):
                if count >= MOST:
                    break
                found.setdefault(int(digits) - 1, {})[_column(letters)] = "=" + html.unescape(formula.decode("utf-8"))
    except (KeyError, ValueError, OSError, EOFError, zlib.error, zipfile.BadZipFile, ET.ParseError):
        return found
    return found


def _part(book: zipfile.ZipFile, sheet_name: str) -> str:
    """The file inside the workbook that holds this sheet."""
    sheets = _xml(book, "xl/workbook.xml").findall(".//m:sheet", NAMES)
    relation = next((sheet.get(RELATION) for sheet in sheets if sheet.get("name") == sheet_name), None)
    for link in _xml(book, "xl/_rels/workbook.xml.rels").findall("r:Relationship", NAMES):
        if link.get("Id") == relation:
            return posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))).lstrip("/")
    raise KeyError(sheet_name)


def _xml(book: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(book.read(name))  # noqa: S314 -- small, in a process of its own with limits


def _cells(part: zipfile.ZipExtFile) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Cells with a formula and no result, read in pieces that overlap so that none is cut in two."""
    rest = b""
    while piece := part.read(CHUNK):
        text, done = rest + piece, 0
        if b"<f" in text:
            for match in CELL.finditer(text):
                done = match.end()
                yield match.group(1), match.group(2), match.group(3)
        rest = text[max(done, len(text) - OVERLAP) :]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
