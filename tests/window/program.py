"""LoyalApp as a process of its own on a screen, and the page in its window."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.window.driver import LINK
from tests.window.x11 import Screen

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 45.0
GUARDED = """
(() => {
  try { return JSON.stringify({value: %s}) } catch (error) { return JSON.stringify({fault: String(error)}) }
})()
"""
MARK = "LOYALAPP_TEST_MARK"  # found again in every process that the program leaves behind


class Program:
    """One start with a data folder, as a user makes it."""

    def __init__(self, screen: Screen, data: Path, *words: str) -> None:
        self.screen = screen
        self.data = data
        self._mark = secrets.token_hex(8)
        self._asked = 0
        self._link, theirs = socket.socketpair()
        self._link.settimeout(4)
        self._heard = b""
        self._told = data.parent / f"told-{self._mark}.txt"
        with theirs, self._told.open("wb") as told:
            self.process = subprocess.Popen(
                self._command("tests.window.driver", *words),
                env={**self._surroundings(), LINK: str(theirs.fileno()), MARK: self._mark},
                pass_fds=[theirs.fileno()],
                cwd="/",
                stdout=told,
                stderr=subprocess.STDOUT,
            )

    def _command(self, module: str, *words: str) -> list[str]:
        return [sys.executable, "-X", "utf8", "-m", module, "desktop", "--data-dir", str(self.data), *words]

    def _surroundings(self) -> dict[str, str]:
        """As the launcher gives them, on our screen; nothing of this computer's user is read or written."""
        kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        home = self.data.parent / "home"
        home.mkdir(exist_ok=True)
        browser = home / "browser"
        browser.write_text(f'#!/bin/sh\necho "$1" >> "{home}/visited"\n', "utf-8")
        browser.chmod(0o700)
        kept["BROWSER"] = str(browser)
        return {**kept, "HOME": str(home), "LANG": "C.UTF-8", "DISPLAY": self.screen.display, "PYTHONPATH": str(ROOT)}

    @property
    def told(self) -> str:
        """What it printed so far."""
        return self._told.read_text("utf-8", "replace")

    def last_words(self) -> str:
        """The end of its log."""
        file = self.data / "logs" / "loyalapp.log"
        return file.read_text("utf-8")[-3000:] if file.is_file() else self.told

    def start_again(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another start with the same data folder."""
        command, surroundings = self._command("loyalapp", *words), self._surroundings()
        return subprocess.run(
            command, env=surroundings, cwd="/", capture_output=True, text=True, check=False, timeout=PATIENCE
        )

    @property
    def visited(self) -> list[str]:
        """The addresses that were given to the default browser."""
        file = self.data.parent / "home" / "visited"
        return file.read_text("utf-8").splitlines() if file.is_file() else []

    # ---- the page ----

    def js(self, expression: str) -> Any:
        """The value of an expression in the page; None where the page is just leaving."""
        self._asked += 1
        question = {"number": self._asked, "js": GUARDED % expression}
        self._link.sendall(json.dumps(question).encode() + b"\n")
        answer = json.loads(self._answer(self._asked) or "{}")
        assert "fault" not in answer, f"{answer['fault']} in {expression}"
        return answer.get("value")

    def _answer(self, number: int) -> Any:
        """Late answers to earlier questions are passed over."""
        while True:
            line, whole, rest = self._heard.partition(b"\n")
            if whole:
                self._heard = rest
                answer = json.loads(line)
                if answer["number"] == number:
                    return answer["value"]
                continue
            try:
                more = self._link.recv(65536)
            except TimeoutError:
                return None
            if not more:
                return None
            self._heard += more

    def until(self, expression: str, patience: float = PATIENCE) -> Any:
        """Wait until an expression is true in the page; answers its value."""
        end = time.monotonic() + patience
        while not (value := self.js(expression)):
            assert self.process.poll() is None, f"the program ended: {self.told}"
            assert time.monotonic() < end, f"never true: {expression}, on {self.js('location.href')}\n{self.told}"
            time.sleep(0.05)
        return value

    # ---- the end ----

    def window(self) -> int:
        """The number of its window."""
        found = self.windows()
        assert len(found) == 1, found
        return found[0]

    def windows(self) -> list[int]:
        """All that it shows just now."""
        try:
            found = self.screen.xdotool("search", "--onlyvisible", "--pid", self.process.pid)
        except subprocess.CalledProcessError:  # xdotool's way of saying that there is none
            return []
        return [int(one) for one in found.split()]

    def answer_with(self, text: str) -> None:
        """Write into the window that has opened before ours, and press Enter; it is gone then."""
        ours, end = self.windows()[0], time.monotonic() + PATIENCE
        while len(found := self.windows()) < 2:
            assert time.monotonic() < end, "nothing asks for a file"
            time.sleep(0.1)
        asking = next(one for one in found if one != ours)
        self.screen.xdotool("mousemove", "--window", asking, 60, 60, "windowfocus", asking)
        time.sleep(0.5)
        self.screen.type(text)
        self.screen.xdotool("key", "Return")
        while len(self.windows()) > 1:
            assert time.monotonic() < end, "the file was not taken"
            time.sleep(0.1)

    def close(self) -> int:
        """Close the window as its cross does; answers the exit code."""
        self.screen.ask_to_close(self.window())
        return self.process.wait(PATIENCE)

    def left_behind(self) -> list[str]:
        """The commands of processes that still live, a moment after the end."""
        for _ in range(20):
            if not (found := [one for one in Path("/proc").glob("[0-9]*") if self._is_ours(one)]):
                return []
            time.sleep(0.1)
        return [(one / "cmdline").read_text().replace("\0", " ") for one in found]

    def _is_ours(self, place: Path) -> bool:
        try:
            return f"{MARK}={self._mark}".encode() in (place / "environ").read_bytes()
        except OSError:
            return False

    def tidy_up(self) -> None:
        """End it, however a test left it."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._link.close()
