"""Damage is seen before the data is opened, and a look changes nothing."""

import hashlib

import pytest

from loyalapp.core import damage
from loyalapp.core.errors import Damaged
from loyalapp.core.paths import DataFolder
from loyalapp.core.sqlite import connector
from tests.faults.harm import cut_off, overwrite_page, pages_of


def kind_of(data: DataFolder) -> str | None:
    try:
        damage.check_at_start(data)
    except Damaged as found:
        return found.kind
    return None


@pytest.fixture
def data(data_dir) -> DataFolder:
    return DataFolder(data_dir)


def test_sound_data_is_left_alone(data):
    before = hashlib.sha256(data.database.read_bytes()).digest()

    assert kind_of(data) is None
    assert hashlib.sha256(data.database.read_bytes()).digest() == before
    assert damage.faults(data.database) == []


def test_each_way_in_which_a_file_can_be_damaged_is_seen(data):
    whole = data.database.read_bytes()
    harms = {
        "a page of zeros": (lambda file: overwrite_page(file, pages_of(file, "setting")[0], b"\0"), damage.BROKEN),
        "cut off": (lambda file: cut_off(file, 0.6), damage.BROKEN),
        "no database": (lambda file: file.write_bytes(b"My own notes\n" * 500), damage.STRANGE),
        "its beginning is lost": (lambda file: overwrite_page(file, 1, b"\0"), damage.STRANGE),
    }
    for name, (harm, kind) in harms.items():
        data.database.write_bytes(whole)
        harm(data.database)
        after = data.database.read_bytes()
        assert kind_of(data) == kind, name
        assert data.database.read_bytes() == after, f"{name}: it was changed by the look"


def test_data_that_is_gone_is_told_from_a_first_start(data):
    data.database.write_bytes(b"")
    assert kind_of(data) is None
    (data.backups / "loyalapp-20261122-101010-000000.loyalbackup").write_bytes(b"some copy")

    assert kind_of(data) == damage.GONE
    data.database.unlink()
    assert kind_of(data) == damage.GONE


def test_a_long_file_is_looked_through_after_a_doubt_only(data, monkeypatch):
    monkeypatch.setattr(damage, "SHORT", 0)
    overwrite_page(data.database, pages_of(data.database, "setting")[0], b"\0")
    assert kind_of(data) is None

    damage.note_doubt(data)
    assert kind_of(data) == damage.BROKEN
    assert kind_of(data) == damage.BROKEN, "as long as nobody helped"


def test_a_doubt_that_was_none_is_forgotten(data):
    damage.note_doubt(data)

    assert kind_of(data) is None
    assert not (data.root / damage.DOUBT).exists()


def test_the_slow_look_finds_rows_without_their_owner(data):
    link = connector(data.database)()
    link.execute("PRAGMA foreign_keys = OFF")
    link.execute("INSERT INTO customer_tag (customer_id, tag, tag_key) VALUES (77, 'lost', 'lost')")

    assert damage.all_faults(link) == ["customer_tag: a row without its owner in customer"]
    link.close()
