"""The screen for the real window, and the walks before it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.window import x11
from tests.window.hand import Hand
from tests.window.program import Program

Opener = Callable[..., Hand]


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[x11.Screen]:
    with x11.screen(tmp_path_factory.mktemp("screen")) as made:
        yield made


@pytest.fixture(scope="module")
def opened(screen: x11.Screen) -> Iterator[Opener]:
    """Starts LoyalApp on a data folder and waits for its first page."""
    programs = []

    def start(data: Path, walk: str) -> Hand:
        programs.append(Program(screen, data))
        hand = Hand(programs[-1], walk)
        hand.arrive()
        return hand

    yield start
    for program in programs:
        program.tidy_up()
