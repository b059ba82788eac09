"""Somebody who has never seen the program: looks at the window's title, clicks on what is there, types, closes it."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.installers.clean_root import CleanRoot
from tests.window.x11 import Screen

PATIENCE = 90.0
URDU_DOOR, NAME, CITY = (280, 568), (796, 348), (484, 348)
TITLES = {"language": "Choose your language", "firm": "آپ کی دکان یا کمپنی", "begin": "کیسے شروع کریں"}


class Stranger:
    """One start of the installed program, seen from outside alone."""

    def __init__(self, root: CleanRoot, screen: Screen, command: str, pictures: Path | None) -> None:
        self.screen = screen
        self._pictures = pictures
        self._told = root.folder.parent / "told.txt"
        self.began = time.monotonic()
        with self._told.open("w", encoding="utf-8") as told:
            self.process = subprocess.Popen(
                root.command(command), env=root.surroundings(), cwd="/", stdout=told, stderr=subprocess.STDOUT
            )

    def title(self) -> str:
        """What stands above the window; "" where there is none."""
        try:
            windows = self.screen.xdotool("search", "--onlyvisible", "--name", "LoyalApp").split()
            return self.screen.xdotool("getwindowname", windows[-1]) if windows else ""
        except subprocess.CalledProcessError:
            return ""

    def sees(self, fits: Callable[[str], bool], name: str) -> float:
        """Wait until the title fits; answers the seconds since the start, and keeps a picture."""
        until = time.monotonic() + PATIENCE
        while not fits(self.title()):
            assert self.process.poll() is None, f"the program ended: {self._told.read_text('utf-8')}"
            if time.monotonic() > until:
                self._photograph(f"not-{name}")
                raise AssertionError(f"{name}: the window says {self.title()!r}; {self._told.read_text('utf-8')}")
            time.sleep(0.2)
        seconds = time.monotonic() - self.began
        time.sleep(2)  # the title comes before the page can be clicked
        self._photograph(name)
        return seconds

    def click(self, place: tuple[int, int]) -> None:
        self.screen.xdotool("mousemove", *place, "click", 1)

    def type_into(self, place: tuple[int, int], text: str) -> None:
        self.click(place)
        time.sleep(0.5)
        self.screen.type(text)
        time.sleep(0.5)

    def press(self, key: str) -> None:
        self.screen.xdotool("key", key)

    def close(self) -> int:
        """Press the cross of the window; answers the exit code."""
        window = self.screen.xdotool("search", "--onlyvisible", "--name", "LoyalApp").split()[-1]
        self.screen.ask_to_close(int(window))
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self._photograph("does-not-close")
            self.process.kill()
            raise

    def _photograph(self, name: str) -> None:
        if self._pictures:
            self.screen.photograph(self._pictures / f"{name}.png")
