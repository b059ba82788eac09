"""The window: the only module that knows pywebview, and what can be in its way."""

import html
import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from loyalapp.core.logs import log
from loyalapp.core.paths import PACKAGE
from loyalapp.desktop.words import sentence

PAPER = "#f0e6d6"
SIZE, SMALLEST = (1180, 760), (640, 480)
PACKAGES = (
    "libegl1 libgl1 libnss3 libasound2 libdbus-1-3 libgbm1 libxkbcommon-x11-0 libxkbfile1 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxcomposite1 libxdamage1 libxrandr2 "
    "libxtst6"
)
LOADING = """<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8"><title>LoyalApp</title>
<style>body{{background:#f0e6d6;color:#3b2f22;display:grid;place-content:center;min-height:90vh;margin:2rem;
font:1.6rem/2.2 'Noto Nastaliq Urdu','Noto Sans Devanagari','Noto Sans',sans-serif;text-align:center}}
p{{max-width:40rem;overflow-wrap:anywhere}}</style><p role="status">{text}</p></html>"""
WEBVIEW2 = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
QUIET = "*.debug=false;*.info=false;*.warning=false;js=false"  # Qt's talk of graphics helps no shopkeeper
X_SOCKETS = "/tmp/.X11-unix"  # noqa: S108 -- where X servers listen, on every Linux
ABOUT_PAGE = "JSON.stringify([location.pathname, document.title, document.documentElement?.lang])"


def plain_page(text: str, language: str) -> str:
    """A page with one sentence, for the time before the server answers."""
    direction = "rtl" if language == "ur" else "ltr"
    return LOADING.format(language=language, direction=direction, text=html.escape(text))


class Remembered:
    """What the window knows before the database can be read: its language and size, in a small file."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "window.json"
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        self._values: dict[str, Any] = found if isinstance(found, dict) else {}

    @property
    def language(self) -> str | None:
        """The language of the page shown last."""
        return self._values["language"] if isinstance(self._values.get("language"), str) else None

    @property
    def size(self) -> tuple[int, int]:
        """As the user left it."""
        sides = [self._values.get("width"), self._values.get("height")]
        wide, high = (
            max(side, least) if isinstance(side, int) else 0 for side, least in zip(sides, SMALLEST, strict=True)
        )
        return (wide, high) if wide and high else SIZE

    @property
    def maximized(self) -> bool:
        """Whether it filled the screen."""
        return self._values.get("maximized") is True

    def keep(self, **values: Any) -> None:
        """Remember; a disk that is full must not stop anybody here."""
        self._values |= values
        try:
            self._file.write_text(json.dumps(self._values), "utf-8")
        except OSError:
            log.warning("the window's language and size could not be kept")


class Window:
    """One window on one server."""

    def __init__(self, work: Path, language: str, remembered: Remembered) -> None:
        prepare_surroundings(work)
        os.environ.setdefault("QT_LOGGING_RULES", QUIET)
        import webview

        self._webview = webview
        self._work = work
        self._remembered = remembered
        webview.settings["ALLOW_FILE_URLS"] = False
        (wide, high), text = remembered.size, sentence("opening", language)
        made = webview.create_window(
            text,
            html=plain_page(text, language),
            width=wide,
            height=high,
            min_size=SMALLEST,
            maximized=remembered.maximized,
            background_color=PAPER,
            text_select=True,
            zoomable=True,
        )
        assert made is not None  # noqa: S101 -- None only where a handler of ours refused it, and there is none yet
        self.made = made
        self._listen()

    def run(self, after_opening: Callable[[], None]) -> None:
        """Show the window until it is closed; must be called in the main thread.

        The session's cookie is not kept (private mode): a new start brings its own key, and nothing about a customer
        lies in a web view's cache.
        """
        opening_marker(self._work).touch()
        kept = str(self._work / "window")
        self._webview.start(after_opening, gui=gui(), private_mode=True, storage_path=kept, icon=icon())
        opening_marker(self._work).unlink(missing_ok=True)

    def go(self, address: str) -> None:
        """Show a page."""
        self.made.load_url(address)

    def say(self, text: str, language: str) -> None:
        """Show one sentence instead of a page."""
        self.made.load_html(plain_page(text, language))

    def front(self) -> None:
        """Bring the window before all others."""
        was_maximized = self._remembered.maximized
        self.made.restore()
        self.made.show()
        if was_maximized:
            self.made.maximize()

    def close(self) -> None:
        """End `run()`."""
        self.made.destroy()

    def _listen(self) -> None:
        events = self.made.events
        events.loaded += self._page_came
        events.resized += lambda width, height: self._remembered.keep(width=int(width), height=int(height))
        events.maximized += lambda: self._remembered.keep(maximized=True)
        events.restored += lambda: self._remembered.keep(maximized=False)

    def _page_came(self) -> None:
        opening_marker(self._work).unlink(missing_ok=True)
        # In a thread that ends with the process: a window closed meanwhile never answers.
        threading.Thread(target=self._follow_page, daemon=True).start()

    def _follow_page(self) -> None:
        """The window takes the page's title, and its language is remembered for the next start."""
        try:
            path, title, language = json.loads(self.made.run_js(ABOUT_PAGE) or "[]")
        except (TypeError, ValueError):
            return
        if not path or path.startswith("/boot/"):
            return  # the page of the door, on its way to the first real one
        if title and title != self.made.title:
            self.made.set_title(title)
        if language and language != self._remembered.language:
            self._remembered.keep(language=language)


def gui() -> Literal["qt"] | None:
    """Qt comes with our requirements on Linux; elsewhere the system's own web view is taken."""
    return "qt" if sys.platform == "linux" else None


def icon() -> str | None:
    """What the taskbar shows; elsewhere it comes from the installed program."""
    return str(PACKAGE / "web" / "static" / "mark.svg") if sys.platform == "linux" else None


def opening_marker(work: Path) -> Path:
    """Lies there while a window opens; if it is still there at the next start, the last opening killed the program."""
    return work / "window-is-opening"


def prepare_surroundings(work: Path) -> None:
    """What Qt must find in the environment before it is loaded."""
    if sys.platform != "linux":
        return
    os.environ["QT_API"] = "pyside6"
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "").split()
    if os.getuid() == 0:  # Chromium refuses to put the superuser into its sandbox
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
        flags += ["--no-sandbox"] * ("--no-sandbox" not in flags)
    if opening_marker(work).exists():  # most often a graphics driver
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
        flags += ["--disable-gpu"] * ("--disable-gpu" not in flags)
    if not any(flag.startswith("--log-level") for flag in flags):
        flags.append("--log-level=3")  # as QUIET, for Chromium: what ends the program is told all the same
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join(flags)


def obstacle(work: Path, language: str) -> str | None:
    """Why no window can open here, in one sentence with the remedy; None where it can."""
    if sys.platform == "win32":
        return None if has_webview2() else sentence("no_webview2", language)
    if sys.platform != "linux":
        return None if parts() else sentence("no_parts", language)
    if not display_answers():
        return sentence("no_display", language)
    if not parts():
        return sentence("no_parts", language)
    tried = work / "window-works"
    if opening_marker(work).exists() or not tried.is_file() or tried.read_text("utf-8") != parts():
        tried.unlink(missing_ok=True)
        if missing := fault_of_trial(work):
            return sentence("no_libraries", language, what=missing, packages=PACKAGES)
        tried.write_text(parts(), "utf-8")
    return None


def parts() -> str:
    """The versions of the window's libraries, "" where one is not installed."""
    names = ["pywebview", "QtPy", "PySide6_WebEngine"] if sys.platform == "linux" else ["pywebview"]
    try:
        return " ".join(f"{name} {version(name)}" for name in names)
    except PackageNotFoundError:
        return ""


def display_answers() -> bool:
    """Whether a screen can be reached: Qt ends the whole process where it cannot."""
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    found = re.fullmatch(r"(?:unix|([\w.-]*)):(\d+)(?:\.\d+)?", os.environ.get("DISPLAY", "").rpartition("/")[2])
    if not found:
        return False
    host, number = found[1], int(found[2])
    if host:
        return _connects(socket.AF_INET, (host, 6000 + number))
    return any(_connects(socket.AF_UNIX, f"{start}{X_SOCKETS}/X{number}") for start in ("", "\0"))


def _connects(family: int, address: Any) -> bool:
    with socket.socket(family) as link:
        link.settimeout(3)
        try:
            link.connect(address)
        except OSError:
            return False
        return True


def has_webview2() -> bool:
    """Whether Windows has the web view that pages need (else pywebview would silently take Internet Explorer's)."""
    if sys.platform == "win32":
        import winreg

        machine, user = winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER
        for root, start in ((machine, r"SOFTWARE\WOW6432Node"), (machine, "SOFTWARE"), (user, "Software")):
            try:
                winreg.CloseKey(winreg.OpenKey(root, f"{start}\\{WEBVIEW2}"))
            except OSError:
                continue
            return True
    return False


def fault_of_trial(work: Path) -> str:
    """Open an unseen web view in another process, since a missing library ends the process; "" when it worked."""
    prepare_surroundings(work)
    command = [sys.executable, "-X", "utf8", "-m", "loyalapp.desktop.window"]
    try:
        tried = subprocess.run(command, capture_output=True, check=False, timeout=60)
    except subprocess.TimeoutExpired:
        return "Qt"
    if tried.returncode == 0:
        return ""
    told = tried.stderr.decode("utf-8", "replace")
    log.warning("the window cannot open: %s", told[-2000:])
    named = re.search(r"lib[\w+.-]+\.so[.\d]*|xcb-cursor0", told)
    return named[0] if named else "Qt"


def _try_out() -> None:
    """The trial itself, in its own process."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWebEngineWidgets import QWebEngineView
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    view = QWebEngineView()
    view.loadFinished.connect(lambda worked: os._exit(0 if worked else 3))
    view.setHtml("<p>.</p>")
    QTimer.singleShot(30_000, lambda: os._exit(4))
    app.exec()


if __name__ == "__main__":
    _try_out()
