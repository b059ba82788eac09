"""The collector rests while the app is put together, and works again whatever happens."""

import gc

import pytest

from loyalapp.core import collecting


@pytest.fixture(autouse=True)
def thawed():
    yield
    gc.unfreeze()


def test_it_rests_inside_and_works_afterwards():
    with collecting.at_rest():
        inside = gc.isenabled()

    assert (inside, gc.isenabled()) == (False, True)
    assert gc.get_freeze_count() > 0


def test_it_works_again_after_a_failed_start():
    with pytest.raises(RuntimeError), collecting.at_rest():
        raise RuntimeError("no start")

    assert gc.isenabled()
