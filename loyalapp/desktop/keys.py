"""Whether Shift is held while the window opens, which asks for a start without plugins; where it can be told."""

import sys
from typing import Any

SHIFT, DOWN = 0x10, 0x8000  # Windows: the key, and the bit that says it is down
_kept: list[Any] = []  # Qt's application must live as long as the window


def shift_is_held() -> bool:
    """Known on Windows, and on Linux with X11; elsewhere False. To be asked in the main thread."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetAsyncKeyState(SHIFT) & DOWN)
    return sys.platform == "linux" and _qt_knows()


def _qt_knows() -> bool:
    """Qt answers as soon as there is an application; the window takes the same one afterwards."""
    import webview.platforms.qt  # noqa: F401 -- its web view must be read before there is an application
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    _kept.append(QApplication.instance() or QApplication(sys.argv))
    return bool(QApplication.queryKeyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
