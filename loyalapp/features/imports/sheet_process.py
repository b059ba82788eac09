"""Reads one sheet of a workbook in a process of its own and prints one JSON line per row.

`python -m loyalapp.features.imports.sheet_process FILE SHEET` (SHEET counts from 0; `auto` takes the first that is
visible and holds more than one row). The first line names the sheets. A stray cell far away from the list makes
calamine abort the whole process, which therefore must not be the app's. Exit codes: see `EXITS`.
"""

import datetime as dt
import json
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

from loyalapp.features.imports import formulas

PASSWORD, UNREADABLE, TOO_BIG, NO_SHEET = 3, 4, 5, 6
EXITS = {PASSWORD: "password", UNREADABLE: "damaged", TOO_BIG: "far", NO_SHEET: "sheet", 1: "damaged", 2: "damaged"}
MEMORY = 2 << 30
SECONDS = 600
UNPACKED = 2 << 30
LINES_AT_ONCE = 500
WHOLE = 1e15
LOCKED = "EncryptedPackage".encode("utf-16-le")


def main(path: str, wanted: str) -> int:
    """Print the sheet; the answer is the exit code."""
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415 -- slow import

    _limit_ourselves()
    if _unpacks_too_large(path):
        return TOO_BIG
    try:
        book = _open(path)
        index, sheet = _choose(book, wanted)
        if sheet is None:
            return NO_SHEET
        about = {"sheets": book.sheet_names, "sheet": index, "height": sheet.total_height}
        _print(sheet, about, formulas.without_result(path, sheet.name))
    except PasswordError:
        return PASSWORD
    except (MemoryError, OverflowError):
        return TOO_BIG
    except (CalamineError, OSError, ValueError):
        return PASSWORD if _is_locked(path) else UNREADABLE
    return 0


def _open(path: str) -> Any:
    """By the file's ending, as calamine likes it; by its content where the ending is wrong or missing."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 -- slow import

    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        raise
    except (CalamineError, ValueError):
        with open(path, "rb") as stream:  # noqa: PTH123 -- calamine wants a stream of the file
            return CalamineWorkbook.from_filelike(stream)


def _is_locked(path: str) -> bool:
    """A workbook with a password is an OLE file with one stream of this name."""
    rest = b""
    with open(path, "rb") as stream:  # noqa: PTH123 -- read in pieces
        while piece := stream.read(1 << 20):
            if LOCKED in rest + piece:
                return True
            rest = piece[-len(LOCKED) :]
    return False


def _limit_ourselves() -> None:
    """Rather this process ends than that the computer grinds to a halt (not available on Windows)."""
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _unpacks_too_large(path: str) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as book:
            return sum(part.file_size for part in book.infolist()) > UNPACKED
    except (zipfile.BadZipFile, OSError):
        return False


def _choose(book: Any, wanted: str) -> tuple[int, Any]:
    """The sheet asked for; with `auto` the first visible one with more than one row, else the first."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 -- slow import

    if wanted != "auto":
        index = int(wanted)
        return (index, book.get_sheet_by_index(index)) if 0 <= index < len(book.sheet_names) else (index, None)
    for index, about in enumerate(book.sheets_metadata):
        if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_index(index)
            if sheet.total_height > 1:
                return index, sheet
    return 0, book.get_sheet_by_index(0) if book.sheet_names else None


def _print(sheet: Any, about: dict[str, Any], unsolved: dict[int, dict[int, str]]) -> None:
    out = sys.stdout.buffer
    out.write(_line(about))
    lines = []
    for row in _rows(sheet, unsolved):
        lines.append(_line(row))
        if len(lines) >= LINES_AT_ONCE:
            out.write(b"".join(lines))
            lines.clear()
    out.write(b"".join(lines))
    out.flush()


def _rows(sheet: Any, unsolved: dict[int, dict[int, str]]) -> Iterator[list[Any]]:
    for number, row in enumerate(sheet.iter_rows()):
        if row.count("") == len(row) and number not in unsolved:  # a stray cell far below makes many of them
            yield []
            continue
        cells = [int(cell) if type(cell) is float and cell.is_integer() and abs(cell) < WHOLE else cell for cell in row]
        for column, text in unsolved.get(number, {}).items():
            if column >= len(cells):
                cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = cells[column] or text
        yield cells


def _line(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)
    return text.encode("utf-8", "replace") + b"\n"


def _plain(cell: Any) -> dict[str, Any]:
    """Dates as small objects; the parent makes dates of them again."""
    if isinstance(cell, dt.datetime):
        whole_day = cell.time() == dt.time(0)
        return {"day": cell.date().isoformat()} if whole_day else {"moment": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"day": cell.isoformat()}
    if isinstance(cell, dt.timedelta):
        return {"text": str(cell)}
    return {"text": str(cell)}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
