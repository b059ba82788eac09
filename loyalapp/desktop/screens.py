"""How a start is seen: in a window, in the browser, or as an address only; each shows a house until it is closed."""

import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from loyalapp.core.errors import LoyalAppError
from loyalapp.desktop.house import House
from loyalapp.desktop.instance import Message
from loyalapp.desktop.obstacles import obstacle
from loyalapp.desktop.outside import has_screen
from loyalapp.desktop.remembered import Remembered
from loyalapp.desktop.window import Window
from loyalapp.desktop.words import sentence

# Seconds between two looks at whether the end has come. Only Windows hears Ctrl+C no sooner than that.
NAP = 0.5 if sys.platform == "win32" else 60.0


class Screen(Protocol):
    """What every way of being seen can do."""

    def show(self, house: House, file: Path | None) -> None:
        """Show the house until it is closed; called in the main thread."""

    def front(self, house: House, page: str | None, token: str | None = None) -> Message:
        """A later start wants to see the program, perhaps a certain page of it; answers what that start is to do.

        :param token: the right to come to the front, which the system gave to that start.
        """

    def close(self) -> None:
        """End `show()`; may be called from any thread."""


def open_browser(address: str) -> bool:
    """Whether the default browser took the address; without a screen, browsers of the terminal are not meant."""
    return has_screen() and webbrowser.open(address)


def print_ready(address: str) -> None:
    """The line that scripts and people without a browser wait for."""
    print(f"Ready: {address}", flush=True)


def page_for(house: House, file: Path | None) -> str | None:
    """The page that goes on with a file given at the start; one that cannot be taken is told, and the start goes on."""
    if file is None:
        return None
    try:
        return house.open_file(file)
    except LoyalAppError as error:
        print(error, file=sys.stderr, flush=True)
        return None


class ServerScreen:
    """No face of its own: prints the address and serves."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._closed = threading.Event()

    def show(self, house: House, file: Path | None) -> None:
        while not house.stands(0.5):
            if house.fault or self._closed.is_set():
                return
        if not self._closed.is_set():
            self.greet(house, page_for(house, file))
            while not self._closed.wait(NAP):
                pass

    def greet(self, house: House, page: str | None) -> None:
        """Tell where the program can be seen."""
        print_ready(house.address(page))

    def front(self, house: House, page: str | None, token: str | None = None) -> Message:  # noqa: ARG002 -- for windows
        return {"address": house.address(page)}

    def close(self) -> None:
        self._closed.set()


class BrowserScreen(ServerScreen):
    """A page in the default browser; becomes a window when that is wished and has become possible meanwhile."""

    def __init__(self, language: str, work: Path, *, may_become_window: bool) -> None:
        super().__init__(language)
        self._work = work
        self._may_become_window = may_become_window
        self.wants_window = False

    def greet(self, house: House, page: str | None) -> None:
        address = house.address(page)
        if open_browser(address):
            print(sentence("in_browser", self.language), flush=True)
        else:
            print(sentence("no_browser", self.language), flush=True)
            print_ready(address)

    def front(self, house: House, page: str | None, token: str | None = None) -> Message:
        if self._may_become_window and obstacle(self._work, self.language) is None:
            self.wants_window = True
            self.close()
            return {"shown": True}
        return super().front(house, page, token)


class WindowScreen:
    """The window of the program."""

    def __init__(
        self, language: str, work: Path, remembered: Remembered, watch: Callable[[Window], None] | None = None
    ) -> None:
        self.language = language
        self._watch = watch
        self._remembered = remembered
        self._window = Window(work, language, remembered)

    def show(self, house: House, file: Path | None) -> None:
        self._window.losing = house.losing

        def fill() -> None:
            if house.stands():
                page = page_for(house, file)
                last = None if page else self._remembered.page
                self._window.go(house.address(page or last), home=house.address if last else None)
            else:
                self._window.say(house.fault or "", self.language)
            if self._watch is not None:
                threading.Thread(target=self._watch, args=[self._window], daemon=True).start()

        self._window.run(fill)

    @property
    def reason_against(self) -> str | None:
        """Why the window that was begun could not be; the browser is the way on."""
        return sentence("old_engine", self.language) if self._window.is_refused else None

    @property
    def wants_restart(self) -> bool:
        """Whether the program is to be started once more, since nothing was seen in its window."""
        return self._window.is_blank

    def front(self, house: House, page: str | None, token: str | None = None) -> Message:
        if page is not None:
            self._window.go(house.address(page))
        self._window.front(token)
        return {"shown": True}

    def close(self) -> None:
        self._window.close()
