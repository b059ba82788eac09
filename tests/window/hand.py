"""The hand and the eye of a user before the window: clicks, keys, and what is on the page."""

import json
import time
from pathlib import Path
from typing import Any

from tests.window.program import ROOT, Program

PICTURES = ROOT / "tests" / "artefacts" / "window"
PLACE = """
(() => {
  const one = [...document.querySelectorAll(%s)].find((found) => found.checkVisibility());
  if (!one) return null;
  one.scrollIntoView({block: "center", behavior: "instant"});
  const box = one.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2].map((one) => Math.round(one));
  const hit = document.elementFromPoint(x, y);
  const isFree = hit && (one.contains(hit) || hit.contains(one));
  const large = devicePixelRatio;  // as the page is zoomed
  const before = isFree ? "" : hit?.outerHTML.slice(0, 200) ?? "nothing";
  return {x: Math.round(x * large), y: Math.round(y * large), before};
})()
"""
PAINTED = """
(() => {
  if (!window.askedByTest) {
    window.askedByTest = true;
    requestAnimationFrame(() => requestAnimationFrame(() => { window.paintedForTest = true }));
  }
  return window.paintedForTest;
})()
"""
READY = """
document.readyState === "complete" && document.fonts.status === "loaded" && !window.leftByTest
  && location.protocol === "http:" && !location.pathname.startsWith("/boot/")
"""
RESTARTED = """
location.protocol === "http:" && !window.leftByTest && !/(\\/start|\\/restart|^\\/boot\\/.*)$/.test(location.pathname)
"""
CUT_OFF = """
[...document.querySelectorAll("h1, h2, h3, p, li, a, button, label, span, b, small, summary, legend, td")].filter(
  (one) => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (!box.width || one.closest(".unseen, .skip, [aria-hidden=true]") || style.display === "inline") return false;
    if (style.clipPath !== "none") return false;  // its words are for those who do not see
    const isCut = style.overflowX !== "visible" && one.scrollWidth > one.clientWidth + 2;
    return isCut || box.left < -1 || box.right > innerWidth + 1;
  },
).map((one) => one.outerHTML.slice(0, 160))
"""


class Hand:
    """One user before one program. Pictures are kept under the name of the walk, numbered as they were taken."""

    def __init__(self, program: Program, walk: str) -> None:
        self.program = program
        self._walk = walk
        self._taken = 0
        self.clicks = 0
        for old in PICTURES.glob(f"{walk}-*.png"):
            old.unlink()

    def arrive(self) -> None:
        """Wait for the page that is on its way."""
        self.program.until(READY)

    # ---- the hand ----

    def click(self, selector: str) -> None:
        """Click in the middle of the first thing that is seen; it must not lie under something else."""
        place = self._place(selector)
        corner = self._corner()
        x, y = corner[0] + place["x"], corner[1] + place["y"]
        self.program.screen.xdotool("mousemove", "--sync", x, y, "click", 1)
        self.clicks += 1

    def go(self, selector: str) -> None:
        """Click what leads to another page, and wait for that page."""
        assert self.program.js("window.leftByTest = true") is True
        self.click(selector)
        self.arrive()
        assert not self.sees("main .sorry"), f"{self.program.last_words()}\nafter {selector}"

    def restart(self, selector: str) -> None:
        """Click what makes LoyalApp start again, and wait for the first page of the new window."""
        assert self.program.js("window.leftByTest = true") is True
        self.click(selector)
        self.program.until(RESTARTED)
        self.arrive()

    def choose_file(self, selector: str, file: Path) -> None:
        """Click what asks for a file, and write its path into the window that opens, which counts as one more click."""
        self.click(selector)
        self.program.answer_with(str(file))
        self.clicks += 1

    def write(self, selector: str, text: str) -> None:
        """Click into a field and type, over what stood there."""
        self._enter(selector)
        self.press("ctrl+a", "Delete")
        self.program.screen.type(text)
        assert self._arrived(selector, text), f"typed {text!r}, arrived {self.value(selector)!r}"

    def _enter(self, selector: str) -> None:
        """Click into a field, and once more where a line that came just then moved it away under the hand."""
        has_focus = f"document.activeElement === document.querySelector({json.dumps(selector)})"
        self.click(selector)
        end = time.monotonic() + 5
        while not self.program.js(has_focus):
            if time.monotonic() > end:
                self.click(selector)
                self.clicks -= 1  # of one who sees where the field is, that is the first
                self.program.until(has_focus)
                return
            time.sleep(0.05)

    def _arrived(self, selector: str, text: str) -> bool:
        for _ in range(40):
            if self.value(selector) == text:
                return True
            time.sleep(0.05)
        return False

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self.program.screen.xdotool("key", "--delay", 30, *keys)

    def speak(self, language: str) -> None:
        """Switch the language of the page."""
        if self.program.js("document.documentElement.lang") != language:
            self.go(f".tongues button[value={language}]")
        direction = "rtl" if language == "ur" else "ltr"
        assert self.program.js("[document.documentElement.lang, document.dir]") == [language, direction]

    def _place(self, selector: str) -> dict[str, Any]:
        """Where a thing lies, once it lies still."""
        last, end = None, time.monotonic() + 20
        while time.monotonic() < end:
            place = self.program.js(PLACE % json.dumps(selector))
            if place and place == last and not place["before"]:
                return place
            last = place
            time.sleep(0.05)
        self.look("not-to-be-clicked")
        raise AssertionError(f"{selector} cannot be clicked on {self.program.js('location.pathname')}: {last}")

    def _corner(self) -> tuple[int, int]:
        said = self.program.screen.xdotool("getwindowgeometry", "--shell", self.program.window())
        known = dict(line.split("=") for line in said.splitlines())
        return int(known["X"]), int(known["Y"])

    # ---- the eye ----

    def value(self, selector: str) -> Any:
        """What stands in a field."""
        return self.program.js(f"document.querySelector({json.dumps(selector)})?.value")

    def text(self, selector: str) -> str:
        """What is written there, without the invisible signs round inserted values."""
        found = self.program.js(f"document.querySelector({json.dumps(selector)})?.innerText") or ""
        return "".join(one for one in found if one not in "\u2066\u2067\u2068\u2069\u200e\u200f")

    def sees(self, selector: str) -> bool:
        """Whether it is on the page."""
        return bool(self.program.js(f"!!document.querySelector({json.dumps(selector)})"))

    def path(self) -> str:
        """Where we are."""
        return str(self.program.js("location.pathname"))

    def title(self) -> str:
        """What the frame of the window says, a moment after the page has come."""
        wanted, end = self.program.js("document.title"), time.monotonic() + 5
        while (said := self.program.screen.xdotool("getwindowname", self.program.window())) != wanted:
            if time.monotonic() > end:
                break
            time.sleep(0.1)
        return said

    def look(self, name: str) -> Path:
        """Keep a picture; nothing on the page may be cut off at a side."""
        self.program.until(PAINTED, 10)
        time.sleep(0.15)
        x, y = self._corner()
        self.program.screen.xdotool("mousemove", x + 2, y + 300)
        self._taken += 1
        file = PICTURES / f"{self._walk}-{self._taken:02}-{name}.png"
        self.program.screen.photograph(file)
        assert self.program.js(CUT_OFF) == [], f"cut off on {self.path()}, see {file.name}"
        return file
