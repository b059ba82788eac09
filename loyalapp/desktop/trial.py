"""A web view that nobody sees, in a process of its own: whether a window can be opened on this computer."""

import os
from typing import Any


def try_out() -> None:
    """Ends the process: 0 where a page was drawn."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWebEngineWidgets import QWebEngineView
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    view: Any = QWebEngineView()
    view.page().renderProcessTerminated.connect(lambda *_: os._exit(3))
    view.loadFinished.connect(lambda worked: os._exit(0 if worked else 3))
    view.setHtml("<p>.</p>")
    QTimer.singleShot(30_000, lambda: os._exit(4))
    app.exec()


if __name__ == "__main__":
    try_out()
