"""New customers on their way to the database: kept whole, also when a process of its own gives them their keys."""

import pickle

import pytest

from loyalapp.features.imports.keyed import PARTS, PLAIN, STORED
from loyalapp.features.imports.plan_start import helper
from loyalapp.features.imports.staging import PREFIX, Staging


def person(name: str, **more):
    """Somebody new as plain values."""
    return tuple(({"name": name, "kind": "person", "stage": "customer", "notes": ""} | more).get(one) for one in PLAIN)


def some_people():
    """Many portions, most of them with hardly anything, one with people and two numbers."""
    few = [person(f"فاطمہ {number}", place="لاہور") for number in range(4_200)]
    rich = person(
        "Sana",
        name_ur="ثنا",
        since="2020-01-31",
        phones=["+923001234567", "+923001234568"],
        tags=["Wholesale"],
        people=[["Ali", "driver", "+919822045678"]],
    )
    return [*few, rich]


def filled(staging, records):
    """All of them, to the end."""
    for record in records:
        staging.add(record)
    staging.settle()
    return staging


def kept(staging, what="customer", names=("nr", *STORED)):
    """All rows, portion by portion."""
    return [row for portion in staging.portions for row in staging.rows(portion, what, names)]


@pytest.fixture
def folder(tmp_path):
    """A work folder in which nothing may be left."""
    yield tmp_path
    assert list(tmp_path.glob(f"{PREFIX}*")) == []


def test_another_process_gives_the_same_keys(folder):
    here, there = Staging(folder), Staging(folder)
    beside = helper()
    there.hand_over(beside)
    for record in some_people():
        here.add(record)
        there.add(record)
    here.settle()
    there.settle()
    there.keep()
    assert 1 in {portion.file for portion in there.portions}, "the other process did something"
    assert kept(there) == kept(here)
    for what, names in PARTS.items():
        assert kept(there, what, names) == kept(here, what, names)
    assert kept(here, "phones", ("nr", "number")) == [(4_200, "+923001234567"), (4_200, "+923001234568")]
    last = dict(zip(STORED, kept(here)[-1][1:], strict=True))
    assert last["search_norm"] == "sana ثنا ali"
    assert last["search_phones"].split() == [
        "923001234567", "03001234567", "923001234568", "03001234568", "919822045678", "09822045678",
    ]  # fmt: skip
    here.close()
    there.close()


def test_another_program_can_go_on_reading(folder):
    staging = filled(Staging(folder), some_people())
    staging.fill({7: b"more", 9: b"still more"})
    staging.keep()
    again = pickle.loads(pickle.dumps(staging))  # noqa: S301 -- our own
    assert len(kept(again)) == again.count == 4_201
    assert list(again.fills(1)) == [{7: b"more"}, {9: b"still more"}]
    staging.close()
    assert len(kept(again)) == 4_201, "the files belong to the other one now"
    again.close()


def test_one_is_taken_out_and_put_back_with_more(folder):
    staging = filled(Staging(folder), some_people())
    values = staging.take(4_200)
    assert (values["name_ur"], values["tags"], values["people"][0][0]) == ("ثنا", ["Wholesale"], "Ali")
    staging.put_back(4_200, values | {"email": "sana@example.com", "tags": ["Wholesale", "School"]})
    staging.keep()
    assert kept(staging, "tags", ("tag",)) == [("Wholesale",), ("School",)]
    row = dict(zip(STORED, kept(staging)[-1][1:], strict=True))
    assert (row["email"], row["search_more"], row["since"]) == ("sana@example.com", "sana example com", "2020-01-31")
    assert "email" in staging.used
    staging.close()


def test_a_process_that_ends_too_early_is_a_fault(folder):
    staging = Staging(folder)
    beside = helper()
    staging.hand_over(beside)
    beside.kill()
    beside.wait()
    with pytest.raises(OSError, match=r"pipe|ended with"):
        filled(staging, some_people())
    staging.close()


def test_thrown_away_half_way_leaves_nothing(folder):
    staging = Staging(folder)
    staging.hand_over(helper())
    for record in some_people():
        staging.add(record)
    staging.close()
