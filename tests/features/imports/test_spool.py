"""Sales on their way to the database: kept whole, in memory or in a file, and handed from one program to another."""

import pickle

from loyalapp.features.imports.spool import IN_MEMORY, PREFIX, Spool


def filled(spool, count, text="x"):
    """So many records."""
    for number in range(count):
        spool.add([number, None, f"{text}{number}"])
    return spool


def kept(spool):
    """All records of a spool, portion by portion."""
    return [record for portion in spool.portions() for record in portion]


def test_records_come_back_in_their_order_and_can_be_added_to(tmp_path):
    spool = filled(Spool(tmp_path), 1_201)
    assert spool.sizes == [1_000, 201]
    filled(spool, 2)
    assert kept(spool)[-3:] == [(1_200, None, "x1200"), (0, None, "x0"), (1, None, "x1")]
    assert list(tmp_path.iterdir()) == [], "few stay in memory"


def test_many_go_to_a_file_and_leave_nothing(tmp_path):
    spool = filled(Spool(tmp_path), 2_000, "x" * (IN_MEMORY // 1_500))
    assert len(list(tmp_path.glob(f"{PREFIX}*"))) == 1
    assert len(kept(spool)) == 2_000
    spool.close()
    assert list(tmp_path.iterdir()) == []


def test_another_program_can_go_on_reading(tmp_path):
    spool = filled(Spool(tmp_path), 1_201)
    again = pickle.loads(pickle.dumps(spool))  # noqa: S301 -- our own
    assert len(kept(again)) == again.count == 1_201
    again.close()
    spool.close()
    assert list(tmp_path.iterdir()) == []
