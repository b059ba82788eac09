"""What can be in the way of a window, and what helps: tried out in a process of its own, and remembered."""

import json
import os
import re
import socket
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from loyalapp.core.logs import log
from loyalapp.desktop.words import sentence

PACKAGES = (
    "libegl1 libgl1 libnss3 libasound2 libdbus-1-3 libgbm1 libxkbcommon-x11-0 libxkbfile1 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxcomposite1 libxdamage1 libxrandr2 "
    "libxtst6"
)
WEBVIEW2 = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
QUIET = "*.debug=false;*.info=false;*.warning=false;js=false"  # Qt's talk of graphics helps no shopkeeper
X_SOCKETS = "/tmp/.X11-unix"  # noqa: S108 -- where X servers listen, on every Linux
TRIAL = "loyalapp.desktop.trial"
PATIENCE = 40.0  # seconds for one trial
LIBRARY = re.compile(r"lib[\w+.-]+\.so[.\d]*|xcb-cursor0")
SANDBOX = re.compile(r"sandbox|namespace|zygote", re.IGNORECASE)

# Nothing special; drawn by the processor, where a graphics driver fails; without Chromium's own sandbox, which some
# systems forbid to programs that are not their own (the pages are ours alone, and hold no foreign script); no window.
PLAIN, SOFTWARE, UNBOXED, BROWSER = "plain", "software", "unboxed", "browser"


class Known(NamedTuple):
    """What was found out about this computer, for exactly these libraries on this screen."""

    stamp: str
    remedy: str
    seen: bool  # whether a page was seen on the screen


def obstacle(work: Path, language: str) -> str | None:
    """Why no window can open here, in one sentence with the remedy; None where it can."""
    if sys.platform == "win32" and not has_webview2():
        return sentence("no_webview2", language)
    if sys.platform == "linux" and not display_answers():
        return sentence("no_display", language)
    if not parts():
        return sentence("no_parts", language)
    return _what_was_found(work, language) if sys.platform == "linux" else None


def _what_was_found(work: Path, language: str) -> str | None:
    """Tried out where this was not done yet, or where the last opening killed the program."""
    known = recall(work)
    if known.remedy == BROWSER:
        return sentence("stays_blank", language)
    if known.stamp and not opening_marker(work).exists():
        return None
    missing = find_remedy(work, SOFTWARE if opening_marker(work).exists() else PLAIN)
    return sentence("no_libraries", language, what=missing, packages=PACKAGES) if missing else None


def find_remedy(work: Path, first: str = PLAIN) -> str:
    """Try a window out, with one remedy after the other; remembers what helped, or answers what is missing."""
    wanted = [one for one in (PLAIN, SOFTWARE, UNBOXED) if first == PLAIN or one != PLAIN]
    told: str | None = ""
    for remedy in wanted:
        if remedy == UNBOXED and not SANDBOX.search(told or ""):
            break
        told = _words_of_trial(remedy)
        if told is None:
            remember(work, remedy)
            return ""
        log.warning("the window cannot open (%s): %s", remedy, told[-2000:])
        if named := LIBRARY.search(told):
            return named[0]
    return "Qt"


def recall(work: Path) -> Known:
    """What is known; an empty stamp where nothing is."""
    try:
        found = Known(*json.loads((work / "window-works").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return Known("", PLAIN, seen=False)
    return found if found.stamp == _stamp() else Known("", PLAIN, seen=False)


def remember(work: Path, remedy: str, *, seen: bool = False) -> None:
    """Keep what was found out; without it the next start finds it out again."""
    try:
        (work / "window-works").write_text(json.dumps(Known(_stamp(), remedy, seen)), "utf-8")
    except OSError:
        log.warning("what helps the window to open could not be kept")


def blank(work: Path) -> None:
    """A page was there and nothing of it was seen: the next start draws with the processor, then opens the browser."""
    now = recall(work).remedy
    remember(work, SOFTWARE if now == PLAIN else BROWSER)
    log.warning("the window stays blank (%s)", now)


def _stamp() -> str:
    return " ".join([parts(), *(os.environ.get(name, "") for name in ("WAYLAND_DISPLAY", "DISPLAY"))])


def parts() -> str:
    """The versions of the window's libraries, "" where one is not installed."""
    names = ["pywebview", "QtPy", "PySide6_WebEngine"] if sys.platform == "linux" else ["pywebview"]
    try:
        return " ".join(f"{name} {version(name)}" for name in names)
    except PackageNotFoundError:
        return ""


def display_answers() -> bool:
    """Whether a screen can be reached: Qt ends the whole process where it cannot."""
    if wayland := os.environ.get("WAYLAND_DISPLAY"):
        place = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / wayland  # an absolute name stays as it is
        if _connects(socket.AF_UNIX, str(place)):
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
        except (OSError, ValueError, OverflowError):  # a number that no port has, a name too long
            return False
        return True


def has_webview2() -> bool:
    """Whether Windows has the web view that pages need (else pywebview would silently take Internet Explorer's)."""
    if sys.platform == "win32":
        import winreg

        machine, user = winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER
        for root, start in ((machine, r"SOFTWARE\WOW6432Node"), (machine, "SOFTWARE"), (user, "Software")):
            try:
                with winreg.OpenKey(root, f"{start}\\{WEBVIEW2}") as key:
                    number = str(winreg.QueryValueEx(key, "pv")[0])
            except OSError:
                continue
            if number.strip("0."):  # after it was removed, the key stays behind with the version 0.0.0.0
                return True
    return False


def opening_marker(work: Path) -> Path:
    """Lies there while a window opens; if it is still there at the next start, the last opening killed the program."""
    return work / "window-is-opening"


def surroundings(remedy: str) -> dict[str, str]:
    """What Qt must find in the environment before it is loaded, beside or in place of what stands there."""
    made = {"QT_API": "pyside6", "QT_LOGGING_RULES": os.environ.get("QT_LOGGING_RULES", QUIET)}
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "").split()
    if os.getuid() == 0 or remedy == UNBOXED:  # Chromium refuses to put the superuser into its sandbox
        made["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
        flags.append("--no-sandbox")
    if remedy != PLAIN:
        made["QT_QUICK_BACKEND"] = "software"
        flags.append("--disable-gpu")
    if not any(flag.startswith("--log-level") for flag in flags):
        flags.append("--log-level=3")  # as QUIET, for Chromium: what ends the program is told all the same
    return {**made, "QTWEBENGINE_CHROMIUM_FLAGS": " ".join(dict.fromkeys(flags))}


def prepare_surroundings(work: Path) -> None:
    """Set them for this process, with the remedy that is known to help."""
    if sys.platform == "linux":
        os.environ.update(surroundings(recall(work).remedy))


def _words_of_trial(remedy: str) -> str | None:
    """Open an unseen web view in another process, since a missing library ends the process; None when it worked."""
    command = [sys.executable, "-X", "utf8", "-m", TRIAL]
    words = {**os.environ, **surroundings(remedy), "QT_LOGGING_RULES": ""}  # what is wrong is to be said here
    try:
        tried = subprocess.run(command, env=words, capture_output=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return "no answer"
    return None if tried.returncode == 0 else tried.stderr.decode("utf-8", "replace")
