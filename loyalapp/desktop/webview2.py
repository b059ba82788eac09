"""What pywebview leaves open on Windows: the keys and the menu of the right button, zoom, and links that lead away.

Written after the documentation of WebView2, and not tried on Windows.
"""

import threading
from collections.abc import Callable
from typing import Any

from loyalapp.desktop import outside
from loyalapp.desktop.remembered import Remembered


class Face:
    """One window of pywebview on WebView2, furnished once its first page has come; may be made in any thread."""

    def __init__(self, form: Any, remembered: Remembered, own: Callable[[], str | None]) -> None:
        """`own` answers the address of our server; `form` is pywebview's native window."""
        self._form, self._view = form, form.browser.webview
        self._remembered, self._own = remembered, own
        self.soon(self._furnish)

    def soon(self, do: Callable[[], None]) -> None:
        """Do something in the thread of the window."""
        from System import Action  # type: ignore[import-not-found]  # -- a part of .NET, which comes with Windows

        self._form.BeginInvoke(Action(do))

    def note(self) -> None:
        """How the window stands now; to be called in its own thread."""
        self._remembered.note(zoom=round(float(self._view.ZoomFactor), 2))

    def _furnish(self) -> None:
        core = self._view.CoreWebView2
        core.Settings.AreBrowserAcceleratorKeysEnabled = True  # zoom; what else they do our pages do first
        core.Settings.AreDefaultContextMenusEnabled = True  # copy and paste, in the language of Windows
        core.NavigationStarting += self._guard
        self._view.ZoomFactor = self._remembered.zoom

    def _guard(self, _sender: Any, asked: Any) -> None:
        address = str(asked.Uri)
        if address.startswith(outside.OWN_WORDS):
            return
        way = outside.way_of(address, self._own())
        if way != "window":
            asked.Cancel = True
        if way == "browser":
            threading.Thread(target=outside.open_in_browser, args=[address], daemon=True).start()
