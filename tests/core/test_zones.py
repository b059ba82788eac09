"""Babel is spared the question what the computer's zone is called, and nobody else notices."""

import os
import subprocess
import sys

import pytest

from loyalapp.core import zones
from tests.sources import ROOT

HOW_MANY = """
import sys
from loyalapp.core import zones
opened = []
sys.addaudithook(lambda name, told: opened.append(told[0]) if name == "open" else None)
with zones.taken_from_file():
    import babel.dates
print(len([one for one in opened if "zoneinfo" in str(one)]))
"""


@pytest.mark.skipif(not zones.OWN.is_file(), reason="this system keeps its zone elsewhere")
def test_zone_files_are_not_looked_through():
    without = {name: value for name, value in os.environ.items() if name != "TZ"}

    done = subprocess.run([sys.executable, "-c", HOW_MANY], cwd=ROOT, env=without, capture_output=True, check=True)

    assert int(done.stdout) < 20  # else there are six hundred


def test_surroundings_are_as_before(monkeypatch):
    monkeypatch.delenv("TZ", raising=False)

    with zones.taken_from_file():
        pass

    assert "TZ" not in os.environ


def test_a_zone_that_somebody_chose_is_kept(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Karachi")

    with zones.taken_from_file():
        assert os.environ["TZ"] == "Asia/Karachi"

    assert os.environ["TZ"] == "Asia/Karachi"
