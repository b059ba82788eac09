"""The window: the only module that knows pywebview; how it opens, which page it shows, and when it may close."""

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from loyalapp.core.paths import PACKAGE
from loyalapp.desktop import file_dialog, obstacles
from loyalapp.desktop.loading import PAPER, plain_page
from loyalapp.desktop.remembered import SMALLEST, Remembered
from loyalapp.desktop.words import native_words, sentence

# Where the page is, what it is called, its language, and whether one may come back to it another time: what was sent,
# what is a mistake and what comes before the first start is not.
ABOUT_PAGE = """JSON.stringify([location.pathname + location.search, document.title, document.documentElement?.lang,
!!document.querySelector("body.house main:not([data-sent])") && !document.querySelector("main .sorry"),
!!document.querySelector("main .sorry")])"""
MAY_LEAVE = "JSON.stringify(globalThis.loyalLeaving ? globalThis.loyalLeaving(%s) : 'yes')"
SPOKEN = "JSON.stringify(document.documentElement?.lang)"
ANSWERS_WITHIN = 3.0  # seconds; a page that hangs keeps nobody from closing the window
LOOKS_APART = 0.15
SEEN_AFTER = 2.5  # seconds after the first page, when it must have been drawn


class Window:
    """One window on one server. `home` is set for a page that is no longer there: where to go instead.

    `losing` answers, in a language, what would be lost of the program's own work if it ended now.
    """

    losing: Callable[[str], str | None] = staticmethod(lambda _language: None)

    def __init__(self, work: Path, language: str, remembered: Remembered) -> None:
        obstacles.prepare_surroundings(work)
        import webview

        self._webview = webview
        self._work, self._language, self._remembered = work, language, remembered
        remembered.note(language=language)
        self._own: str | None = None
        self._home: Callable[[], str] | None = None
        self._face: Any = None
        self._may_close = False
        self._is_asking = self._is_resting = False
        self.is_blank = False  # nothing was seen, and the next start tries something else
        self.is_refused = False  # pywebview would have taken Internet Explorer's engine
        webview.settings["ALLOW_FILE_URLS"] = False
        (wide, high), text = remembered.size, sentence("opening", language)
        x, y = remembered.place or (None, None)
        made = webview.create_window(
            text,
            html=plain_page(text, language, is_under_way=True),
            width=wide,
            height=high,
            x=x,
            y=y,
            min_size=SMALLEST,
            maximized=remembered.maximized,
            background_color=PAPER,
            text_select=True,
            zoomable=True,
            localization=native_words(language),
        )
        assert made is not None  # noqa: S101 -- None only where a handler of ours refused it, and there is none yet
        self.made = made
        self._listen()

    def run(self, after_opening: Callable[[], None]) -> None:
        """Show the window until it is closed; must be called in the main thread.

        The session's cookie is not kept (private mode): a new start brings its own key, and nothing about a customer
        lies in a web view's cache.
        """
        obstacles.opening_marker(self._work).touch()
        kept = str(self._work / "window")
        if gui() == "qt":
            self._application = file_dialog.begin(lambda: self._remembered.language)
        self._webview.start(after_opening, gui=gui(), private_mode=True, storage_path=kept, icon=icon())
        obstacles.opening_marker(self._work).unlink(missing_ok=True)
        self._remembered.keep()

    def go(self, address: str, home: Callable[[], str] | None = None) -> None:
        """Show a page of our server.

        :param home: makes the address to go on with where this page is no longer there.
        """
        parts = urlsplit(address)
        self._own, self._home = f"{parts.scheme}://{parts.netloc}", home
        self.made.load_url(address)

    def say(self, text: str, language: str) -> None:
        """Show one sentence instead of a page."""
        self.made.load_html(plain_page(text, language))

    def front(self, token: str | None = None) -> None:
        """Bring the window before all others.

        :param token: the right to come to the front that the system gave to the later start (Wayland).
        """
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        was_maximized = self._remembered.maximized
        self.made.restore()
        self.made.show()
        if was_maximized:
            self.made.maximize()

    def close(self) -> None:
        """End `run()` without asking."""
        self._may_close = True
        self.made.destroy()

    def _listen(self) -> None:
        events = self.made.events
        events.loaded += self._page_came
        events.closing += self._closing
        events.initialized += self._is_modern
        events.maximized += lambda: self._remembered.note(maximized=True)
        events.restored += lambda: self._remembered.note(maximized=False)
        if gui() == "qt":
            events.before_show += self._furnish
            return
        events.resized += lambda width, height: self._note_place(width=int(width), height=int(height))
        events.moved += lambda x, y: self._note_place(x=int(x), y=int(y))

    def _note_place(self, **values: int) -> None:
        if not self._remembered.maximized:
            self._remembered.note(**values)

    def _furnish(self) -> None:
        from loyalapp.desktop.qt import Face

        self._face = Face(self.made.native, self._remembered, self._work / "prints", lambda: self._own)
        self._face.cover(sentence("opening", self._language))

    def _is_modern(self, renderer: str) -> bool:
        """Internet Explorer's engine, which pywebview takes where WebView2 is missing, shows none of our pages."""
        self.is_refused = renderer == "mshtml"
        return not self.is_refused

    # ---- closing ----

    def _closing(self) -> bool | None:
        """Asked in the thread of the window, which cannot wait here for what the page says: False lets it stand."""
        if self._face is not None:
            self._face.note()
            self._remembered.keep()
        if self._may_close or self._own is None:
            return None
        if not self._is_asking:
            self._is_asking = True
            threading.Thread(target=self._close_unless_unsaved, daemon=True).start()
        return False

    def _close_unless_unsaved(self) -> None:
        """The page keeps its drafts, and asks where something would be lost: typed, or of work that is under way."""
        said = None
        try:
            while (said := self._says(MAY_LEAVE % self._work_under_way())) == "wait":
                time.sleep(LOOKS_APART)
        finally:  # a bug in there must not leave a window that cannot be closed
            self._is_asking = False
            if said != "no":
                self.close()

    def _work_under_way(self) -> str:
        """The sentence about it in the language of the page, as a value of JavaScript."""
        if not self.losing(self._language):
            return "null"
        return json.dumps(self.losing(self._says(SPOKEN) or self._language))

    def _says(self, question: str) -> Any:
        """What the page answers; None where it does not."""
        heard: list[Any] = []
        asking = threading.Thread(target=lambda: heard.append(self.made.run_js(question)), daemon=True)
        asking.start()
        asking.join(ANSWERS_WITHIN)
        try:
            return json.loads(heard[0]) if heard and heard[0] else None
        except (TypeError, ValueError):
            return None

    # ---- the page ----

    def _page_came(self) -> None:
        if sys.platform == "win32" and self._face is None:
            from loyalapp.desktop.webview2 import Face

            self._face = Face(self.made.native, self._remembered, lambda: self._own)
        obstacles.opening_marker(self._work).unlink(missing_ok=True)
        # In a thread that ends with the process: a window closed meanwhile never answers.
        threading.Thread(target=self._follow_page, daemon=True).start()

    def _follow_page(self) -> None:
        """The window takes the page's title, and its language and address are remembered for the next start."""
        told = self._says(ABOUT_PAGE)
        if not told or told[0].startswith("/boot/"):
            return  # the page of the door, on its way to the first real one
        path, title, language, may_return, is_sorry = told
        home, self._home = self._home, None
        if is_sorry and home is not None:
            self.go(home())
            return
        if title and title != self.made.title:
            self.made.set_title(title)
        if self._own is not None and may_return:
            self._remembered.was_on(path)
        if language and language != self._remembered.language:
            self._remembered.keep(language=language)
        if self._own is not None:
            self._rest_once()
            self._look_once()

    def _rest_once(self) -> None:
        """The start is over: from now on the window sleeps while nobody does anything."""
        if gui() == "qt" and not self._is_resting:
            from loyalapp.desktop.resting import let_rest

            self._is_resting = True
            self._face.soon(let_rest)

    def _look_once(self) -> None:
        """Whether the first page is really seen: some graphics drivers leave the window blank without a word."""
        if gui() != "qt" or obstacles.recall(self._work).seen:
            return
        time.sleep(SEEN_AFTER)
        self._face.soon(self._look)

    def _look(self) -> None:
        if self._face.is_blank():
            obstacles.blank(self._work)
            self.is_blank = True
            self.close()
        else:
            obstacles.remember(self._work, obstacles.recall(self._work).remedy, seen=True)


def gui() -> Literal["qt"] | None:
    """Qt comes with our requirements on Linux; elsewhere the system's own web view is taken."""
    return "qt" if sys.platform == "linux" else None


def icon() -> str | None:
    """What the taskbar shows; elsewhere it comes from the installed program."""
    return str(PACKAGE / "web" / "static" / "mark.svg") if sys.platform == "linux" else None
