"""Which address belongs into the window, which to the default browser, and which nowhere."""

import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from loyalapp.core.logs import log
from loyalapp.desktop.loading import plain_page
from loyalapp.desktop.obstacles import display_answers

Way = Literal["window", "browser", "nowhere"]
FOR_OTHERS = frozenset({"http", "https", "mailto", "tel", "sms"})
OWN_WORDS = ("data:text/html", "about:blank")  # the page that shows while the program opens
LONGEST = 8000  # letters; a message for WhatsApp stays far below


def way_of(address: str, own: str | None) -> Way:
    """Where an address is shown.

    :param own: `http://127.0.0.1:PORT` of our server, None before it is known.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "nowhere"
    if own is not None and f"{parts.scheme}://{parts.netloc}" == own:
        return "window"
    if own is not None and parts.hostname in ("127.0.0.1", "localhost") and port == urlsplit(own).port:
        return "nowhere"  # our server under another name: no browser is let in, and none need know where it is
    return "browser" if parts.scheme in FOR_OTHERS and len(address) <= LONGEST else "nowhere"


def open_in_browser(address: str) -> None:
    """Hand an address to what the system has chosen for its kind."""
    if not webbrowser.open(address, new=2):
        log.warning("no program opens what a link leads to")


def has_screen() -> bool:
    """Whether anything can be shown; without a screen, browsers of the terminal are not meant."""
    return sys.platform in ("win32", "darwin") or display_answers()


def show_sentence(text: str, language: str) -> None:
    """Who pressed an icon sees nothing that is printed: a page of the browser says it instead."""
    is_seen = sys.stderr is not None and sys.stderr.isatty()
    if is_seen or not has_screen():
        return
    page = Path(tempfile.mkdtemp(prefix="loyalapp-")) / "LoyalApp.html"
    page.write_text(plain_page(text, language), "utf-8")
    webbrowser.open(page.as_uri())


def open_file(file: Path) -> bool:
    """Show a file in the program that the system has chosen for its kind; False where there is none."""
    if sys.platform == "win32":
        import os

        os.startfile(file)  # noqa: S606 -- a file that we have just written
        return True
    command = ["open", str(file)] if sys.platform == "darwin" else ["xdg-open", str(file)]
    try:
        opening = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return opening.wait(5) == 0
    except subprocess.TimeoutExpired:
        return True  # some stay as long as the viewer is open
    except OSError:
        return False
