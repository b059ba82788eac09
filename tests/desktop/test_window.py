"""What the window does before any is open: Internet Explorer's engine is refused, and the browser is the way on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalapp.desktop.remembered import Remembered
from loyalapp.desktop.screens import WindowScreen


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[WindowScreen]:
    import webview

    made = WindowScreen("ur", tmp_path, Remembered(tmp_path))
    yield made
    webview.windows.clear()


@pytest.mark.parametrize(("engine", "is_refused"), [("mshtml", True), ("edgechromium", False), ("qtwebengine", False)])
def test_the_old_engine_is_refused_before_anything_is_shown(
    screen: WindowScreen, engine: str, is_refused: bool
) -> None:
    stops = screen._window.made.events.initialized.set(engine)

    assert stops == is_refused
    assert bool(screen.reason_against) == is_refused
    assert not is_refused or "Internet Explorer" in str(screen.reason_against)
