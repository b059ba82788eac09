"""One heap for all threads is asked for where the system's library knows how, and nowhere else."""

import ctypes
import sys

import pytest

from loyalapp.core import heap


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other libraries")
def test_system_library_takes_the_wish():
    assert ctypes.CDLL(None).mallopt(*heap.ONE_HEAP) == 1


@pytest.mark.parametrize("trouble", [AttributeError, OSError, TypeError])
def test_a_system_without_it_starts_all_the_same(trouble, monkeypatch):
    def refuse(_name):
        raise trouble

    monkeypatch.setattr(ctypes, "CDLL", refuse)

    assert heap.share() is None
