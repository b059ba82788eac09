"""A data file whose beginning is lost: its tables are followed page by page, and nothing strange gets in."""

import random
from contextlib import closing

import pytest

from loyalapp.core.paths import DataFolder
from loyalapp.core.sqlite import connector
from loyalapp.features.backups import making
from loyalapp.features.first_aid import headless, records, rescuing
from tests.faults.harm import PAGE, pages_of
from tests.features.first_aid.test_rescuing import PEOPLE, shop  # noqa: F401 -- a fixture

VALUES = [
    *((None, 0, 1, -1, 127, -128, 70_000), (2**40, -(2**62), 2**63 - 1, 1.5, -0.0, "", "x")),
    *(("کھاتہ" * 900, b"", b"\xff" * 30, "end"), (b"\0" * 4061, "y" * 4062, "z" * 20_000, b"q" * 100_000)),
]


def rows(file) -> dict[str, set]:
    """Everything in a database, by table."""
    with closing(connector(file)()) as link:
        made = link.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        names = [name for name, _sentence in rescuing.tables_of(made)]
        found = {one: set(link.execute(f'SELECT * FROM "{one}"').fetchall()) for one in names}
        link.execute("PRAGMA journal_mode = DELETE")
        return found


def test_every_kind_of_value_is_read_as_sqlite_reads_it(tmp_path):
    file = tmp_path / "any"
    with closing(connector(file)()) as link:
        link.execute("CREATE TABLE one (a, b, c, d, e, f, g)")
        for number, row in enumerate(VALUES):
            marks = ", ".join("?" * (len(row) + 1))
            names = ", ".join(("rowid", *"abcdefg"[: len(row)]))
            link.execute(f"INSERT INTO one ({names}) VALUES ({marks})", (number * 10**17 - 5, *row))
        expected = link.execute("SELECT rowid, * FROM one ORDER BY rowid").fetchall()
        link.execute("PRAGMA journal_mode = DELETE")
    with closing(headless.Pages(file)) as pages:
        holes: list = []
        start = headless.Hole(2, -rescuing.HIGHEST, rescuing.HIGHEST)
        found = list(headless._Reader(pages).rows(start, holes, 7))

    assert sorted((one.rowid, *one.values) for one in found) == expected
    assert holes == []


def test_without_its_first_page_everything_is_saved_also_without_a_backup(shop):  # noqa: F811 -- the fixture
    whole = rows(shop.database)
    raw = shop.database.read_bytes()
    shop.database.write_bytes(bytes(PAGE) + raw[PAGE:])
    target = shop.root / "saved.sqlite3"

    assert headless.may_help(shop.database)
    saved = headless.rescue(shop.database, target, headless.Then())

    assert (saved.gaps, saved.left) == ([], 0)
    assert rows(target) == whole
    assert shop.database.read_bytes()[PAGE:] == raw[PAGE:], "the damaged file stays as it is"


@pytest.mark.parametrize("is_known", [True, False])
def test_where_the_way_to_the_rows_is_lost_the_backup_leads_on_and_brings_nobody_back(shop, is_known):  # noqa: F811 -- as above
    backup = shop.backups / "daily-20261122-101010-000000.loyalbackup"
    making.make(shop, backup, "daily")
    with closing(connector(shop.database)()) as link:
        link.execute("DELETE FROM customer WHERE id = 7")
        link.execute("UPDATE customer SET name = 'Changed since' WHERE id = 9")
        link.execute("PRAGMA journal_mode = DELETE")
    root = pages_of(shop.database, "customer")[0]
    raw = shop.database.read_bytes()
    shop.database.write_bytes(bytes(root * PAGE) + raw[root * PAGE :])
    target = shop.root / "saved.sqlite3"
    then = headless.then_of(backup, None)

    saved = headless.rescue(shop.database, target, then if is_known else then._replace(file=None))

    names = {row[0]: row for row in rows(target)["customer"]}
    assert "customer" in saved.gaps
    assert set(names) == (set(range(1, PEOPLE + 1)) - {7} if is_known else set())
    assert not is_known or "Changed since" in names[9]
    assert rows(target)["alembic_version"], "the form of the tables is known"


def test_pages_of_chance_are_refused_and_nothing_else(data_dir):
    raw = DataFolder(data_dir).database.read_bytes()
    chance = random.Random(11)
    refused = 0
    for _turn in range(1500):
        at = chance.randrange(1, len(raw) // PAGE) * PAGE
        page = bytearray(raw[at : at + PAGE])
        page[0] = chance.choice((records.LEAF, records.INNER))
        for _one in range(chance.randrange(1, 30)):
            page[chance.randrange(1, chance.choice((12, 200, PAGE)))] = chance.randrange(256)
        try:
            list(records.cells(bytes(page), lambda _number, page=bytes(page): page) if page[0] == records.LEAF else [])
            records.children(bytes(page)) if page[0] == records.INNER else None
        except records.BadPage:
            refused += 1
    assert refused > 100
