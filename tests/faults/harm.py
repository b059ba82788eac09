"""Damage done to a database file on purpose."""

from pathlib import Path

from loyalapp.core.sqlite import connector

PAGE = 4096


def pages_of(file: Path, table: str) -> list[int]:
    """The pages of a table, counted from 1: its root, then whatever hangs on it."""
    link = connector(file)()
    try:
        root = link.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    finally:
        link.close()
    raw = file.read_bytes()
    return [root, *_below(raw, root)]


def _below(raw: bytes, page: int) -> list[int]:
    at = (page - 1) * PAGE
    if raw[at] != 5:  # an inner page of a table; else a leaf
        return []
    count = int.from_bytes(raw[at + 3 : at + 5])
    cells = [int.from_bytes(raw[at + 12 + 2 * one : at + 14 + 2 * one]) for one in range(count)]
    children = [int.from_bytes(raw[at + cell : at + cell + 4]) for cell in cells]
    return [*children, int.from_bytes(raw[at + 8 : at + 12])]


def overwrite_page(file: Path, page: int, by: bytes) -> None:
    """Fill a page with a byte, as a failing disk does."""
    with file.open("r+b") as stream:
        stream.seek((page - 1) * PAGE)
        stream.write(by * PAGE)


def cut_off(file: Path, part: float) -> None:
    """Leave the first part of a file."""
    with file.open("r+b") as stream:
        stream.truncate(int(file.stat().st_size * part) // PAGE * PAGE)
