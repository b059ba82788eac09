"""Reads the pages of a SQLite file as its format says, without SQLite: rows on leaves, and ways from inner pages.

The format is the published one of SQLite 3: big-endian numbers, cells found by pointers, long rows in chains of pages.
"""

import struct
from collections.abc import Callable, Iterator
from typing import NamedTuple

PAGE = 4096  # bytes; SQLite's own size, which ours never change
LEAF, INNER = 0x0D, 0x05  # of tables
LONGEST = 50_000_000  # bytes of a row
LOCAL = PAGE - 35  # bytes of a row that may lie on its page wholly
LEAST = (PAGE - 12) * 32 // 255 - 23
CHAIN = PAGE - 4  # bytes of a long row on each further page
INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # kinds of values, and their bytes
REAL, ZERO, ONE, FIRST_BLOB = 7, 8, 9, 12
Value = int | float | str | bytes | None


class BadPage(Exception):
    """A page is not there, or not what it should be."""


class Cell(NamedTuple):
    """A row: its number and what stands in it."""

    rowid: int
    values: tuple[Value, ...]


def kind_of(page: bytes) -> int:
    """Whether it is a leaf or an inner page of a table, or something else."""
    return page[0] if page else 0


def cells(page: bytes, read: Callable[[int], bytes]) -> Iterator[Cell]:
    """The rows of a leaf. `read`: answers a page by its number.

    :raises BadPage: where one of them cannot be one.
    """
    if kind_of(page) != LEAF:
        raise BadPage
    for start in _pointers(page, 8):
        size, at = _varint(page, start)
        rowid, at = _varint(page, at)
        rowid -= (rowid >> 63) << 64
        yield Cell(rowid, _values(_payload(page, at, size, read)))


def children(page: bytes) -> list[tuple[int, int | None]]:
    """The pages to which an inner one leads, each with the highest number of its rows; the last one has none.

    :raises BadPage: where it leads nowhere.
    """
    if kind_of(page) != INNER:
        raise BadPage
    found: list[tuple[int, int | None]] = []
    for at in _pointers(page, 12):
        (child,) = struct.unpack_from(">I", page, at)
        found.append((child, _varint(page, at + 4)[0]))
    found.append((struct.unpack_from(">I", page, 8)[0], None))
    return found


def _pointers(page: bytes, head: int) -> tuple[int, ...]:
    (count,) = struct.unpack_from(">H", page, 3)
    if head + 2 * count > PAGE:
        raise BadPage
    found: tuple[int, ...] = struct.unpack_from(f">{count}H", page, head)
    if any(not head + 2 * count <= one < PAGE - 4 for one in found):
        raise BadPage
    return found


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    number = 0
    for place in range(9):
        if at >= len(raw):
            raise BadPage
        one = raw[at]
        at += 1
        if place == 8:
            return number << 8 | one, at
        number = number << 7 | one & 0x7F
        if one < 0x80:
            break
    return number, at


def _payload(page: bytes, at: int, size: int, read: Callable[[int], bytes]) -> bytes:
    """The bytes of a row, also where they go on over further pages."""
    if not 0 < size <= LONGEST:
        raise BadPage
    surplus = LEAST + (size - LEAST) % CHAIN
    local = size if size <= LOCAL else surplus if surplus <= LOCAL else LEAST
    if at + local > PAGE:
        raise BadPage
    found = [page[at : at + local]]
    left, place = size - local, at + local
    number = struct.unpack_from(">I", page, place)[0] if left and place + 4 <= PAGE else 0
    while left:
        further = read(number)
        found.append(further[4 : 4 + min(left, CHAIN)])
        left -= min(left, CHAIN)
        (number,) = struct.unpack_from(">I", further, 0)
    return b"".join(found)


def _values(raw: bytes) -> tuple[Value, ...]:
    head, at = _varint(raw, 0)
    if not at <= head <= len(raw):
        raise BadPage
    found: list[Value] = []
    place = head
    while at < head:
        kind, at = _varint(raw, at)
        size = _size_of(kind)
        if place + size > len(raw):
            raise BadPage
        found.append(_value(kind, raw[place : place + size]))
        place += size
    if at != head or place != len(raw):
        raise BadPage
    return tuple(found)


def _size_of(kind: int) -> int:
    if kind >= FIRST_BLOB:
        return (kind - FIRST_BLOB) // 2
    if kind in (10, 11):  # kept for SQLite itself
        raise BadPage
    return INTEGERS.get(kind, 8 if kind == REAL else 0)


def _value(kind: int, raw: bytes) -> Value:
    if kind >= FIRST_BLOB:
        try:
            return raw if kind % 2 == 0 else raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadPage from error
    if kind in INTEGERS:
        return int.from_bytes(raw, signed=True)
    if kind == REAL:
        number: float = struct.unpack(">d", raw)[0]
        return number
    return {ZERO: 0, ONE: 1}.get(kind)
