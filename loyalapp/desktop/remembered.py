"""What the window knows before the database can be read: language, place, size, zoom and page, in a small file."""

import json
import time
from pathlib import Path
from typing import Any

from loyalapp.core.logs import log
from loyalapp.core.paths import write_private

SIZE, SMALLEST = (1180, 760), (640, 480)
ZOOMS = (0.5, 0.67, 0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
LONGEST_PAGE = 500


class Remembered:
    """The values as they were left; a file that is missing or damaged counts as an empty one."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "window.json"
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        self._values: dict[str, Any] = found if isinstance(found, dict) else {}
        self._written = dict(self._values)

    @property
    def language(self) -> str | None:
        """The language of the page shown last."""
        return self._text("language")

    @property
    def size(self) -> tuple[int, int]:
        """As the user left it, in the units of the screen."""
        sides = [self._values.get("width"), self._values.get("height")]
        wide, high = (
            max(side, least) if isinstance(side, int) else 0 for side, least in zip(sides, SMALLEST, strict=True)
        )
        return (wide, high) if wide and high else SIZE

    @property
    def place(self) -> tuple[int, int] | None:
        """The upper left corner; None where it is not known."""
        x, y = self._values.get("x"), self._values.get("y")
        return (x, y) if isinstance(x, int) and isinstance(y, int) else None

    @property
    def geometry(self) -> str | None:
        """Qt's own note of place, size and screen, in hexadecimal digits."""
        return self._text("geometry")

    @property
    def maximized(self) -> bool:
        """Whether it filled the screen."""
        return self._values.get("maximized") is True

    @property
    def zoom(self) -> float:
        """How large pages are shown; 1.0 is as they are."""
        found = self._values.get("zoom")
        return float(found) if isinstance(found, int | float) and ZOOMS[0] <= found <= ZOOMS[-1] else 1.0

    @property
    def page(self) -> str | None:
        """The page shown last today. A new day begins with Today: whom to call is another question each morning."""
        page, day = self._text("page"), self._values.get("day")
        is_one = page is not None and page.startswith("/") and not page.startswith("//") and len(page) <= LONGEST_PAGE
        return page if is_one and day == _today() else None

    def was_on(self, page: str) -> None:
        """Remember the page shown last."""
        self.note(page=page, day=_today())

    def note(self, **values: Any) -> None:
        """Remember; written with the next `keep`."""
        self._values |= values

    def keep(self, **values: Any) -> None:
        """Remember and write; a disk that is full must not stop anybody here."""
        self.note(**values)
        told = dict(self._values)
        if told == self._written:
            return
        try:
            write_private(self._file, json.dumps(told).encode())
            self._written = told
        except OSError:
            log.warning("the window's language, size and page could not be kept")

    def _text(self, name: str) -> str | None:
        found = self._values.get(name)
        return found if isinstance(found, str) else None


def next_zoom(now: float, way: int) -> float:
    """One step larger (1) or smaller (-1) than now; at the ends it stays."""
    beyond = [one for one in ZOOMS if (one > now + 0.01 if way > 0 else one < now - 0.01)]
    if not beyond:
        return ZOOMS[-1] if way > 0 else ZOOMS[0]
    return beyond[0] if way > 0 else beyond[-1]


def _today() -> str:
    """The day on this computer's own clock: the firm's is not known yet."""
    return time.strftime("%Y-%m-%d")
