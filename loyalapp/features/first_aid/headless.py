"""Saves what can be read of a data file whose beginning is lost: SQLite opens none such, but its tables are there.

The list of tables lies on pages of its own, which are known by what stands on them; what is lost of it the last good
backup knows. From the list each table is followed page by page. Where a page that leads to others is lost, that of the
backup leads on, and what it leads to is taken only if nobody else's rows are there and their numbers fit. No row comes
from the backup itself: who was erased since stays erased, and the comparison with the backup stays true.
"""

import mmap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from loyalapp.core.sqlite import connector
from loyalapp.features.backups import files, folders
from loyalapp.features.first_aid import rescuing
from loyalapp.features.first_aid.records import INNER, LEAF, PAGE, BadPage, Cell, cells, children, kind_of
from loyalapp.features.first_aid.rescuing import HIGHEST, Saved

KINDS = ("table", "index", "view", "trigger")
PASSING = "_alembic_tmp_"  # tables that were there while others were given a new form
Page = bytes


class Made(NamedTuple):
    """A line of the list of tables and indexes. `root`: the page where it begins."""

    kind: str
    name: str
    root: int
    sentence: str


class Then(NamedTuple):
    """What the last good backup knows: its list, the versions of its tables, and its file where anybody can read it."""

    made: Sequence[Made] = ()
    versions: Mapping[str, str] = {}
    file: Path | None = None


class Hole(NamedTuple):
    """A page that cannot be read, and between which numbers the rows behind it lie."""

    page: int
    low: int
    high: int


class Pages:
    """The pages of a file, counted from 1."""

    def __init__(self, file: Path) -> None:
        self._stream = file.open("rb")
        self._raw = mmap.mmap(self._stream.fileno(), 0, access=mmap.ACCESS_READ)
        self.count = len(self._raw) // PAGE

    def read(self, number: int) -> Page:
        """One of them.

        :raises BadPage: where there is none.
        """
        if not 1 < number <= self.count:  # the first one is lost, or is the list of tables
            raise BadPage
        return self._raw[(number - 1) * PAGE : number * PAGE]

    def close(self) -> None:
        """Let go of the file."""
        self._raw.close()
        self._stream.close()


def may_help(file: Path) -> bool:
    """Whether a file that SQLite does not open holds tables of ours."""
    try:
        if file.stat().st_size < 2 * PAGE:
            return False
        with closing(Pages(file)) as pages:
            return any(one.kind == "table" for one in _list_of(pages))
    except OSError:
        return False


def then_of(backup: Path, key: str | None) -> Then:
    """What the last good backup knows of the tables."""
    with files.opened(backup, key) as link:
        found = link.execute("SELECT type, name, rootpage, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        made = [Made(*row) for row in found if row[1] not in (files.ABOUT, folders.TABLE)]
        names = [one.name for one in made if one.kind == "table" and one.name.endswith(files.VERSION)]
        versions = {one: link.execute(f'SELECT version_num FROM "{one}"').fetchall() for one in names}  # noqa: S608 -- names of the backup, which was checked
    return Then(made, {name: str(rows[0][0]) for name, rows in versions.items() if rows}, None if key else backup)


def rescue(damaged: Path, target: Path, then: Then) -> Saved:
    """Write what can be read of it into a new database."""
    target.unlink(missing_ok=True)
    with closing(Pages(damaged)) as pages, closing(connector(target)()) as new:
        found = _list_of(pages)
        lines = _completed(found, then, pages)
        made = [(one.kind, one.name, one.sentence) for one in lines]
        roots = {one.name: one.root for one in lines}
        new.execute("PRAGMA foreign_keys = OFF")
        new.execute("BEGIN")
        rows, gaps = _copy_all(new, dict(rescuing.tables_of(made)), roots, _Reader(pages), then)
        if _is_same_form(found, then):
            _remember_versions(new, then)
        left = rescuing.take_out_orphans(new)
        rescuing.make_rest(new, made)
        new.execute("COMMIT")
        new.execute("PRAGMA journal_mode = DELETE")
    return Saved(rows, gaps, left)


def _copy_all(
    new: Any, tables: dict[str, str], roots: dict[str, int], reader: "_Reader", then: Then
) -> tuple[dict[str, int], list[str]]:
    """All tables as far as they lead by themselves, then what the backup's pages lead to."""
    rows, holes = {}, {}
    for name, sentence in tables.items():
        new.execute(sentence)
        rows[name], holes[name] = _copy(new, name, reader, [Hole(roots[name], -HIGHEST, HIGHEST)])
    gaps = [name for name, found in holes.items() if found]
    if then.file is not None and gaps:
        with closing(Pages(then.file)) as older:
            for name in gaps:
                rows[name] += _copy(new, name, reader, _led_on(older, holes[name]))[0]
    return rows, gaps


def _is_same_form(found: list[Made], then: Then) -> bool:
    """Whether no table changed its form since the backup was made."""
    known = {one.name: one.sentence for one in then.made}
    return all(known.get(one.name, one.sentence) == one.sentence for one in found)


def _remember_versions(new: Any, then: Then) -> None:
    """Which form the tables have, where that was lost."""
    for name, version in then.versions.items():
        if not new.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]:  # noqa: S608 -- a name of the backup
            new.execute(f'INSERT INTO "{name}" (version_num) VALUES (?)', (version,))  # noqa: S608 -- as above


# ---- the list of tables ----


def _list_of(pages: Pages) -> list[Made]:
    """Every line of it that can be found, also such as were true once."""
    found: list[Made] = []
    for number in range(2, pages.count + 1):
        page = pages.read(number)
        if kind_of(page) == LEAF and (b"CREATE TABLE" in page or b"CREATE INDEX" in page or b"CREATE UNIQUE" in page):
            with suppress(BadPage):
                found += [_line(one) for one in cells(page, pages.read)]
    return found


def _line(cell: Cell) -> Made:
    """:raises BadPage: where a row is no such line: the page is of another table."""
    if len(cell.values) != 5 or cell.values[0] not in KINDS:
        raise BadPage
    kind, name, _table, root, sentence = cell.values
    if not isinstance(name, str) or not isinstance(root, int) or not isinstance(sentence, str | None):
        raise BadPage
    return Made(str(kind), name, root, sentence or "")


def _completed(found: list[Made], then: Then, pages: Pages) -> list[Made]:
    """One line for each table and index: as the backup has it where it is found so, else as it is found."""
    lines = {one.name: one for one in then.made}  # of what nothing is left stands empty, so that the data can be opened
    now: dict[str, list[Made]] = {}
    for one in found:
        is_there = one.kind != "table" or one.root == 0 or _begins(pages, one.root)
        if one.sentence and is_there and not one.name.startswith(PASSING):
            now.setdefault(one.name, []).append(one)
    for name, those in now.items():
        if lines.get(name) not in those:
            lines[name] = those[-1]
    return list(lines.values())


def _begins(pages: Pages, root: int) -> bool:
    try:
        return kind_of(pages.read(root)) in (LEAF, INNER)
    except BadPage:
        return False


# ---- rows ----


class _Reader:
    """Follows tables from page to page; each page belongs to one table."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._seen: set[int] = set()

    def rows(self, start: Hole, holes: list[Hole], most: int) -> Iterator[Cell]:
        """All rows behind a page; what cannot be read is added to the holes."""
        waiting = [start]
        while waiting:
            at = waiting.pop()
            try:
                further, found = self._read(at, most)
            except BadPage:
                holes.append(at)
                continue
            self._seen.add(at.page)
            waiting += further
            yield from found

    def _read(self, at: Hole, most: int) -> tuple[list[Hole], list[Cell]]:
        if at.page in self._seen:
            raise BadPage
        page = self._pages.read(at.page)
        if kind_of(page) == INNER:
            return _behind(page, at), []
        found = list(cells(page, self._pages.read))
        if any(not at.low < one.rowid <= at.high or len(one.values) > most for one in found):
            raise BadPage
        return [], found


def _behind(page: Page, at: Hole) -> list[Hole]:
    """The pages to which one leads, each with the numbers of its rows."""
    further = []
    low = at.low
    for child, high in children(page):
        reach = at.high if high is None else high
        if not low <= reach <= at.high:
            raise BadPage
        further.append(Hole(child, low, reach))
        low = reach
    return further


def _led_on(older: Pages, holes: list[Hole]) -> list[Hole]:
    """What the backup's pages of the same places lead to."""
    further = []
    for one in holes:
        with suppress(BadPage):
            page = older.read(one.page)
            if kind_of(page) == INNER:
                further += _behind(page, one)
    return further


def _copy(new: Any, table: str, reader: _Reader, starts: list[Hole]) -> tuple[int, list[Hole]]:
    """Answers how many rows were saved, and what could not be read."""
    about = new.execute(f'PRAGMA table_info("{table}")').fetchall()
    names = [row[1] for row in about]
    keys = [row for row in about if row[5]]
    own = names.index(keys[0][1]) if len(keys) == 1 and str(keys[0][2]).upper() == "INTEGER" else None
    before, holes = new.total_changes, list[Hole]()
    for start in starts:
        for cell in reader.rows(start, holes, len(names)):
            values = list(cell.values)
            if own is not None and own < len(values):
                values[own] = cell.rowid
            listed = ", ".join(f'"{one}"' for one in names[: len(values)])
            put = f'INSERT OR IGNORE INTO "{table}" (rowid, {listed}) VALUES ({", ".join("?" * (len(values) + 1))})'  # noqa: S608 -- names of the database itself
            with suppress(rescuing.driver_faults()):  # half a row is no row
                new.execute(put, (cell.rowid, *values))
    return new.total_changes - before, holes
