"""Rows of a workbook, read by a child process so that a workbook that cannot be read never ends the program."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from loyalapp.features.imports.refusals import UnreadableList
from loyalapp.features.imports.sheet_process import EXITS

MODULE = "loyalapp.features.imports.sheet_process"
PROGRAM = Path(__file__).resolve().parents[3]


class Sheet:
    """One sheet being read: what the workbook holds, and its rows. To be closed, also half read."""

    def __init__(self, path: Path, wanted: int | None) -> None:
        self._child = _start(path, wanted)
        about = self._first_line()
        self.names: list[str] = about["sheets"]
        self.index: int = about["sheet"]
        self.height: int = about["height"]

    def _first_line(self) -> dict[str, Any]:
        line = self._stream.readline()
        if not line:
            raise self._refusal()
        about: dict[str, Any] = json.loads(line)
        return about

    @property
    def _stream(self) -> Any:
        return self._child.stdout

    def rows(self) -> Iterator[list[Any]]:
        """The cells of each row from the top of the sheet; dates are dates, whole numbers are whole.

        :raises UnreadableList: if the child process gives up.
        """
        for line in self._stream:
            yield json.loads(line, object_hook=_cell)
        if self._child.wait():
            raise self._refusal()

    def _refusal(self) -> UnreadableList:
        code = self._child.wait()
        self.close()
        return UnreadableList(EXITS.get(code, "far"))

    def close(self) -> None:
        """End the child process, whether or not all was read."""
        with suppress(OSError):
            self._child.kill()
        self._stream.close()
        self._child.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _start(path: Path, wanted: int | None) -> "subprocess.Popen[bytes]":
    """The same Python, in UTF-8 whatever the locale says, finding the program by PYTHONPATH."""
    return subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", MODULE, str(path), "auto" if wanted is None else str(wanted)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def environment() -> dict[str, str]:
    """What a process of ours needs to find the program, wherever that lies."""
    return os.environ | {"PYTHONPATH": _search_path()}


def _search_path() -> str:
    inherited = os.environ.get("PYTHONPATH")
    return os.pathsep.join([str(PROGRAM), inherited] if inherited else [str(PROGRAM)])


def _cell(value: dict[str, Any]) -> Any:
    if "day" in value:
        return dt.date.fromisoformat(value["day"])
    if "moment" in value:
        return dt.datetime.fromisoformat(value["moment"])
    return value.get("text", value)
