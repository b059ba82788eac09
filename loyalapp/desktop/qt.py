"""What pywebview leaves open on Qt: links, printing, zoom, the menu of the right button, and a page that broke down."""

import re
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from loyalapp.desktop import outside
from loyalapp.desktop.loading import INK, NIGHT, PAPER, plain_page
from loyalapp.desktop.remembered import Remembered, next_zoom
from loyalapp.desktop.shortcuts import NAME
from loyalapp.desktop.words import sentence

MOST_CRASHES, WHILE = 3, 60.0  # more of them in so many seconds: the page itself breaks down
MOST_ASKED = 4  # pages that have heard of a link, before the first of them is forgotten
MARGIN = 12.0  # millimetres, of a printed page
KEYS = {"Ctrl++": 1, "Ctrl+=": 1, "Ctrl+-": -1, "Ctrl+0": 0}
DEEDS = {"copy": "Copy", "cut": "Cut", "paste": "Paste", "select_all": "SelectAll"}
BESIDE = (900, 700)


class Face:
    """One window of pywebview on Qt, furnished in the thread of the window before it is shown."""

    def __init__(self, view: Any, remembered: Remembered, prints: Path, own: Callable[[], str | None]) -> None:
        """`own` answers the address of our server; `view` is pywebview's native window."""
        self._view, self._web = view, view.webview
        self._remembered, self._prints, self._own = remembered, prints, own
        self._crashes: list[float] = []
        self._beside: dict[int, Any] = {}  # small windows, which Qt would lose without us
        self._name()
        self._restore()
        self._guard(self._web.page())
        self._asked: deque[Any] = deque(maxlen=MOST_ASKED)
        self._web.page().createWindow = self._hear_of_window
        self._print_as_pdf(self._web.page())
        self._add_keys()
        self._add_menu()
        self._web.page().renderProcessTerminated.connect(self._broke_down)

    @property
    def _language(self) -> str:
        return self._remembered.language or "en"

    def _name(self) -> None:
        """The taskbar shows the window and its icon as one program, and no white flashes up at night."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QColor, QGuiApplication

        QGuiApplication.setDesktopFileName(NAME)
        is_night = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._colours = (NIGHT, PAPER) if is_night else (PAPER, INK)
        self._web.page().setBackgroundColor(QColor(self._colours[0]))

    def cover(self, text: str) -> None:
        """One sentence that is painted with the window itself: a web view draws its first page a moment later."""
        from PySide6.QtCore import QEvent, QObject, Qt, QTimer
        from PySide6.QtWidgets import QLabel

        class Cover(QLabel):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt calls it so
                if event.type() == QEvent.Type.Resize:
                    self.setGeometry(watched.rect())  # type: ignore[attr-defined]  # -- the window, which has one
                return False

        cover = Cover(text, self._view)
        cover.setAlignment(Qt.AlignmentFlag.AlignCenter)
        cover.setStyleSheet("background: {}; color: {}; font-size: 22px".format(*self._colours))
        cover.setGeometry(self._view.rect())
        self._view.installEventFilter(cover)
        once = Qt.ConnectionType.SingleShotConnection
        self._web.loadFinished.connect(lambda _: QTimer.singleShot(150, cover, cover.deleteLater), once)

    # ---- place, size, zoom ----

    def _restore(self) -> None:
        from PySide6.QtCore import QByteArray

        if self._remembered.geometry:  # Qt brings it back onto a screen that is there
            self._view.restoreGeometry(QByteArray.fromHex(self._remembered.geometry.encode()))
        self._factor = self._remembered.zoom
        self._web.setZoomFactor(self._factor)

    def soon(self, do: Callable[[], None]) -> None:
        """Do something in the thread of the window; may be asked from any."""
        from PySide6.QtCore import QTimer

        QTimer.singleShot(0, self._view, do)

    def note(self) -> None:
        """How the window stands now; to be called in its own thread."""
        normal = self._view.normalGeometry()
        self._remembered.note(
            geometry=bytes(self._view.saveGeometry().toHex()).decode(),
            width=normal.width(),
            height=normal.height(),
            maximized=self._view.isMaximized(),
            zoom=round(self._web.zoomFactor(), 2),
        )

    def _add_keys(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        for keys, way in KEYS.items():
            QShortcut(QKeySequence(keys), self._view, partial(self._zoom, way))

    def _zoom(self, way: int) -> None:
        self._factor = next_zoom(self._web.zoomFactor(), way) if way else 1.0
        self._web.setZoomFactor(self._factor)

    # ---- links ----

    def _guard(self, page: Any) -> None:
        def decide(request: Any) -> None:
            address = request.url().toString()
            if address.startswith(outside.OWN_WORDS):
                return
            way = outside.way_of(address, self._own())
            if way != "window":
                request.reject()
            if way == "browser" and request.isMainFrame():
                _in_thread(outside.open_in_browser, bytes(request.url().toEncoded()).decode())

        page.navigationRequested.connect(decide)

    def _hear_of_window(self, _kind: Any) -> Any:
        """A page that hears which link wishes a window of its own: ours get a small one, others the browser."""
        from PySide6.QtWebEngineCore import QWebEnginePage

        face = self

        class Elsewhere(QWebEnginePage):
            def acceptNavigationRequest(self, url: Any, _kind: Any, _is_main: bool) -> bool:  # noqa: N802 -- Qt calls it so
                way = outside.way_of(url.toString(), face._own())
                if way == "browser":
                    _in_thread(outside.open_in_browser, bytes(url.toEncoded()).decode())
                elif way == "window":
                    face._open_beside(url)
                return False

        self._asked.append(Elsewhere(self._web.page().profile(), self._web))
        return self._asked[-1]

    def _open_beside(self, url: Any) -> None:
        """A photo, say, in a window that is closed again by its cross or by Escape."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QKeySequence, QShortcut
        from PySide6.QtWebEngineCore import QWebEnginePage
        from PySide6.QtWebEngineWidgets import QWebEngineView

        beside = QWebEngineView()
        beside.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        beside.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        page = QWebEnginePage(self._web.page().profile(), beside)
        beside.setPage(page)
        self._guard(page)
        self._print_as_pdf(page)
        page.titleChanged.connect(beside.setWindowTitle)
        QShortcut(QKeySequence("Esc"), beside, beside.close)
        number = id(beside)
        self._beside[number] = beside
        beside.destroyed.connect(lambda: self._beside.pop(number, None))
        beside.resize(*BESIDE)
        beside.setUrl(url)
        beside.show()
        beside.raise_()
        beside.activateWindow()

    # ---- printing ----

    def _print_as_pdf(self, page: Any) -> None:
        """The page becomes a PDF, which the system's own viewer shows and prints."""
        from PySide6.QtCore import QMarginsF
        from PySide6.QtGui import QPageLayout, QPageSize

        sheet = QPageSize(QPageSize.PageSizeId.A4)
        margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
        layout = QPageLayout(sheet, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
        page.printRequested.connect(lambda: page.printToPdf(str(self._new_print(page.title())), layout))
        page.pdfPrintingFinished.connect(lambda file, is_made: _in_thread(self._show_print, file, is_made))

    def _new_print(self, title: str) -> Path:
        self._prints.mkdir(mode=0o700, exist_ok=True)
        name = re.sub(r"[^\w ()-]+", " ", title.removesuffix(" · LoyalApp")).strip()[:60] or "LoyalApp"
        file, number = self._prints / f"{name}.pdf", 1
        while file.exists():  # a viewer may still show it
            number += 1
            file = self._prints / f"{name} ({number}).pdf"
        return file

    def _show_print(self, file: str, is_made: bool) -> None:
        if not (is_made and outside.open_file(Path(file))):
            key = "printed" if is_made else "not_printed"
            self._view.create_confirmation_dialog("LoyalApp", sentence(key, self._language, file=file))

    # ---- the right button ----

    def _add_menu(self) -> None:
        from PySide6.QtCore import Qt

        self._web.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._web.customContextMenuRequested.connect(self._open_menu)

    def _open_menu(self, place: Any) -> None:
        """What can be done with what was clicked: never more than four deeds."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QMenu

        asked = self._web.lastContextMenuRequest()
        wanted = ["cut"] * (asked.isContentEditable() and bool(asked.selectedText()))
        wanted += ["copy"] * bool(asked.selectedText()) + ["paste"] * asked.isContentEditable() + ["select_all"]
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        is_urdu = self._language == "ur"
        menu.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_urdu else Qt.LayoutDirection.LeftToRight)
        for deed in wanted:
            menu.addAction(sentence(deed, self._language), partial(self._do, deed))
        menu.popup(self._web.mapToGlobal(place))

    def _do(self, deed: str) -> None:
        page = self._web.page()
        page.triggerAction(getattr(page.WebAction, DEEDS[deed]))

    # ---- trouble ----

    def _broke_down(self, status: Any, _code: int) -> None:
        """Show the page again; one that always breaks down is left at a sentence."""
        if status == status.NormalTerminationStatus:
            return
        from PySide6.QtCore import QTimer

        now = time.monotonic()
        self._crashes = [*(one for one in self._crashes if now - one < WHILE), now]
        if len(self._crashes) > MOST_CRASHES:
            text = plain_page(sentence("page_broke", self._language), self._language)
            QTimer.singleShot(300, lambda: self._web.setHtml(text))
        else:
            QTimer.singleShot(300, self._show_again)

    def _show_again(self) -> None:
        """The zoom was lost with what drew the page, and Qt does not know that."""
        from PySide6.QtCore import Qt

        zoom = self._factor

        def as_large_as_before(_worked: bool) -> None:
            self._web.setZoomFactor(zoom)

        self._web.loadFinished.connect(as_large_as_before, Qt.ConnectionType.SingleShotConnection)
        self._web.setUrl(self._web.url())

    def is_blank(self) -> bool:
        """Whether nothing but one colour is seen where a page should be; to be asked in the thread of the window."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QGuiApplication

        if not self._view.isVisible() or self._view.isMinimized():
            return False
        on_x = QGuiApplication.platformName() == "xcb"
        seen = self._web.screen().grabWindow(self._view.winId()) if on_x else self._view.grab()
        if seen.isNull():
            return False
        small = seen.toImage().scaled(96, 96, Qt.AspectRatioMode.IgnoreAspectRatio)
        return len({small.pixel(x, y) for x in range(96) for y in range(96)}) == 1


def _in_thread(do: Callable[..., object], *words: object) -> None:
    """What another program is asked for must not hold up the window."""
    threading.Thread(target=do, args=words, daemon=True).start()
