"""Starts the program on one computer and sees it to its end: folder, seat, house, screen, perhaps all over again."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from loyalapp.core import sealing
from loyalapp.core.config import Config
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.paths import DataFolder
from loyalapp.desktop import instance
from loyalapp.desktop.house import FAILED, UNUSABLE, House, trouble_with
from loyalapp.desktop.keys import shift_is_held
from loyalapp.desktop.obstacles import obstacle
from loyalapp.desktop.outside import show_sentence
from loyalapp.desktop.remembered import Remembered
from loyalapp.desktop.screens import BrowserScreen, Screen, ServerScreen, WindowScreen, open_browser, print_ready
from loyalapp.desktop.server import PORT_AGAIN, is_this_computer
from loyalapp.desktop.window import Window
from loyalapp.desktop.words import WINDOW_COMES, chosen_language, sentence

SAFE_MODE_AGAIN = "LOYALAPP_SAFE_MODE_AGAIN"  # for the process that a restart begins: 1 or 0
PATIENCE = 20.0  # seconds that a second start waits for the first to be ready


@dataclass
class Start:
    """One start and its wishes. `watch` is called with the window once it is open (the tests look through it)."""

    config: Config
    browser: bool = False
    serve: bool = False
    file: Path | None = None
    watch: Callable[[Window], None] | None = None
    _restart: bool = field(default=False, init=False)
    _screen: Screen | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.config = self.config._replace(is_seated=True, safe_mode=_safe_mode(self.config.safe_mode))
        self.data = DataFolder(self.config.data_dir)
        self.remembered = Remembered(self.data.work)
        self.language = chosen_language(self.config.language, self.remembered.language)

    def run(self) -> int:
        """Answers the exit code: 0, 1 for a fault of the program, 2 for one that the user can mend at once."""
        if refusal := self._refusal():
            return self._tell(refusal, UNUSABLE)
        until = time.monotonic() + PATIENCE
        while (seat := instance.claim(self.data.root)) is None:
            answer = instance.ask(self.data.root, self._wish())
            if answer is not None:
                return self._hand_over(answer)
            if time.monotonic() > until:
                return self._tell(sentence("does_not_answer", self.language), FAILED)
            time.sleep(0.2)
        return self._run_seated(seat)

    def _refusal(self) -> str | None:
        """What the user has to mend before anything is begun."""
        if not is_this_computer(self.config.host):
            return sentence("loopback_only", self.language, host=self.config.host)
        if self.file is not None and not self.file.is_file():
            return sentence("no_such_file", self.language, file=self.file)
        return trouble_with(self.data, self.language)

    def _tell(self, text: str, code: int) -> int:
        """Why this start ends here, to whoever started it."""
        print(text, file=sys.stderr, flush=True)
        if not self.serve:
            show_sentence(text, self.language)
        return code

    def _wish(self) -> instance.Message:
        wish = {"do": "address" if self.serve else "show", "file": str(self.file.resolve()) if self.file else None}
        return {**wish, "token": os.environ.get("XDG_ACTIVATION_TOKEN")}

    def _hand_over(self, answer: instance.Message) -> int:
        """Tell the user what the running program did, or do what it left to us."""
        if said := answer.get("said"):
            return self._tell(str(said), FAILED)
        address = answer.get("address")
        if address and (self.serve or not open_browser(str(address))):
            print(sentence("already_serving", self.language), file=sys.stderr, flush=True)
            print_ready(str(address))
        else:
            key = "already_running_file" if self.file else "already_running"
            print(sentence(key, self.language, file=self.file), flush=True)
        return 0

    def _run_seated(self, seat: instance.Seat) -> int:
        house = House(self.config, self.language)
        seat.listen(lambda message: self._answer(house, message))
        house.when_restart_wanted(self._start_anew)
        house.when_it_hangs(self._start_anew)
        try:
            self._screen = self._first_screen(house)
            house.decide(safe_mode=isinstance(self._screen, WindowScreen) and shift_is_held())
            self._listen_to_signals()
            self._put_icon()
            self._show(house)
        except KeyboardInterrupt:
            pass  # the user pressed Ctrl+C: an ordinary end
        finally:
            house.tear_down()
            seat.leave()
        if self._restart:
            os.environ[SAFE_MODE_AGAIN] = "1" if house.is_safe_mode_next else "0"
            sealing.to_next_start(self.data.root)
            again(house.port, self.file)
        return house.code

    def _first_screen(self, house: House) -> Screen:
        if self.serve:
            return ServerScreen(self.language)
        reason = None if self.browser else obstacle(self.data.work, self.language)
        if self.browser or reason:
            return self._browser(house, None if WINDOW_COMES in os.environ else reason)
        return self._window()

    def _browser(self, house: House, reason: str | None) -> BrowserScreen:
        """A page in the browser, which says why it is no window: who pressed an icon sees nothing that is printed."""
        if reason:
            print(reason, flush=True)
            house.say_at_first(reason)
        return BrowserScreen(self.language, self.data.work, may_become_window=not self.browser)

    def _put_icon(self) -> None:
        """The first start of an installed program; from source, the launcher has done it."""
        if getattr(sys, "frozen", False) and not self.serve:
            from loyalapp.desktop import shortcuts

            threading.Thread(target=shortcuts.put_installed, name="icon", daemon=True).start()

    def _window(self) -> WindowScreen:
        return WindowScreen(self.language, self.data.work, self.remembered, self.watch)

    def _show(self, house: House) -> None:
        assert self._screen is not None  # noqa: S101 -- set just before
        self._screen.show(house, self.file)
        if isinstance(self._screen, WindowScreen) and (reason := self._screen.reason_against):
            self._screen = self._browser(house, reason)
            self._screen.show(house, self.file)
        self._restart |= isinstance(self._screen, WindowScreen) and self._screen.wants_restart
        if isinstance(self._screen, BrowserScreen) and self._screen.wants_window:
            self._screen = self._window()
            self._screen.show(house, None)

    def _answer(self, house: House, message: instance.Message) -> instance.Message:
        """Do what a later start wishes: `show` (perhaps with a file), `address`, `quit`."""
        if not house.stands(PATIENCE) or self._screen is None:
            return {"said": house.fault or sentence("does_not_answer", self.language)}
        if message.get("do") == "quit":
            self._screen.close()
            return {}
        try:
            page = house.open_file(Path(message["file"])) if message.get("file") else None
        except LoyalAppError as error:
            return {"said": str(error)}
        if message.get("do") == "address":
            return {"address": house.address(page)}
        return self._screen.front(house, page, message.get("token"))

    def _start_anew(self) -> None:
        self._restart = True
        if self._screen is not None:
            self._screen.close()

    def _listen_to_signals(self) -> None:
        def end(*_: object) -> None:
            if self._screen is not None:
                self._screen.close()

        signal.signal(signal.SIGTERM, end)


def _safe_mode(asked: bool) -> bool:
    """What a restart wished goes before what the first start was told."""
    return {"1": True, "0": False}.get(os.environ.pop(SAFE_MODE_AGAIN, ""), asked)


def again(port: int, file: Path | None) -> None:
    """Start the program once more in place of this one, on the same port, without the file that it was given."""
    words = [word for word in sys.orig_argv[1:] if file is None or word != str(file)]
    os.environ[PORT_AGAIN] = str(port)
    if sys.platform == "win32":  # where exec would leave the console behind
        raise SystemExit(subprocess.call([sys.executable, *words]))
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606 -- the very command that started us
