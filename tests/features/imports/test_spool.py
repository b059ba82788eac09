"""Rows on their way to the database: kept whole, also when a process of its own gives them their keys."""

import pickle

import pytest

from loyalapp.features.imports.keyed import PLAIN, STORED, with_keys
from loyalapp.features.imports.plan_process import KEYS
from loyalapp.features.imports.spool import PREFIX, Spool


def person(name: str, **more):
    """Somebody new as plain values."""
    return tuple(({"name": name, "kind": "person", "stage": "customer", "notes": ""} | more).get(one) for one in PLAIN)


def some_people():
    """More than one portion, most of them with hardly anything, one with people and two numbers."""
    few = [person(f"فاطمہ {number}", place="لاہور") for number in range(1_200)]
    rich = person("Sana", name_ur="ثنا", phones=["+923001234567"], people=[["Ali", "driver", "+919822045678"]])
    return [*few, rich]


def put_in(spool, records):
    """All of them, to the end."""
    for record in records:
        spool.add(record)
    spool.settle()


def kept(spool):
    """All records of a spool, portion by portion."""
    return [record for portion in spool.portions() for record in portion]


def test_another_process_gives_the_same_keys(tmp_path):
    here, there = Spool(tmp_path, with_keys), Spool(tmp_path, with_keys)
    there.hand_over(KEYS)
    for record in some_people():
        here.add(record)
        there.add(record)
    there.settle()
    assert kept(there) == kept(here)
    assert there.sizes == [1_000, 201]
    last = dict(zip(STORED, kept(here)[-1], strict=True))
    assert (last["search_norm"], last["search_phones"].split()) == (
        "sana ثنا ali",
        ["923001234567", "03001234567", "919822045678", "09822045678"],
    )


def test_another_program_can_go_on_reading(tmp_path):
    spool = Spool(tmp_path, with_keys)
    spool.hand_over(KEYS)
    for record in some_people():
        spool.add(record)
    again = pickle.loads(pickle.dumps(spool))  # noqa: S301 -- our own
    assert len(kept(again)) == again.count == 1_201
    again.close()
    spool.close()
    assert list(tmp_path.glob(f"{PREFIX}*")) == []


def test_a_process_that_ends_too_early_is_a_fault(tmp_path):
    spool = Spool(tmp_path, with_keys)
    spool.hand_over("loyalapp.no_such_module")
    with pytest.raises(OSError, match=r"pipe|ended with"):
        put_in(spool, some_people() * 20)
    spool.close()
    assert list(tmp_path.glob(f"{PREFIX}*")) == []


def test_thrown_away_half_way_leaves_nothing(tmp_path):
    spool = Spool(tmp_path, with_keys)
    spool.hand_over(KEYS)
    for record in some_people():
        spool.add(record)
    spool.close()
    assert list(tmp_path.glob(f"{PREFIX}*")) == []
