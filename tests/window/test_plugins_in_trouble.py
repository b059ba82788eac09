"""The real window where a plugin makes trouble: opened without plugins by holding Shift, and a report copied."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest

from tests.plugin_system.parcels import folder
from tests.window.conftest import Opener
from tests.window.x11 import Screen

pytestmark = [pytest.mark.window, pytest.mark.slow]


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A firm with a plugin that cannot be started."""
    made = copytree(prepared, tmp_path / "data")
    (folder(made / "plugins", "stock") / "plugin.py").write_text('"""B."""\n\nimport nothing_there\n', "utf-8")
    return made


@pytest.fixture
def shift(screen: Screen) -> Iterator[Callable[[], str]]:
    yield lambda: screen.xdotool("keydown", "Shift_L")
    screen.xdotool("keyup", "Shift_L")


def test_shift_held_while_the_window_opens_leaves_the_plugins_out(
    opened: Opener, data: Path, shift: Callable[[], str]
) -> None:
    shift()
    hand = opened(data, "shift")

    assert "LoyalApp is open without plugins this time." in hand.text("main .news")
    assert not hand.sees("nav.tabs a[href^='/plugins/greetings']")
    hand.look("safe-mode")


def test_the_report_is_copied_by_one_press(opened: Opener, data: Path) -> None:
    hand = opened(data, "report")
    assert "Stock reminder" in hand.text("main .news > p")
    hand.click("main .news summary")
    hand.click("main .news [data-copy]")
    hand.program.until("!document.querySelector('main .news [data-copied]').hidden")
    hand.look("copied")

    hand.go("main .news form[action='/plugins/seen'] button")
    assert not hand.sees("main .news")
    hand.write("#q", "x")
    hand.press("ctrl+a", "ctrl+v")
    hand.program.until("document.querySelector('#q').value.includes('nothing_there')")
