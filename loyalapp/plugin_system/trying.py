"""Starts the trial run of a plugin, waits for it no longer than is fair, and reads its verdict."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from loyalapp.core import sealing
from loyalapp.core.db import copy_database
from loyalapp.core.paths import PACKAGE
from loyalapp.plugin_system.refusal import Refusal
from loyalapp.plugin_system.trial import SECONDS

MODULE = "loyalapp.plugin_system.trial"
GRACE = 5  # seconds to say where it hangs
LAST_WORDS = 4_000


def try_out(folder: Path, work: Path, engine: Engine | None, installed: Path | None, seconds: int = SECONDS) -> None:
    """Load the plugin in `folder` in a process of its own, on a copy of the SQLite database of `engine`.

    On PostgreSQL, or without an engine, a fresh SQLite database is used.

    :raises Refusal: with the reason why it may not be installed.
    """
    with tempfile.TemporaryDirectory(prefix="trial-", dir=work, ignore_cleanup_errors=True) as room:
        house = Path(room) / "data"
        house.mkdir(mode=0o700)
        copy = house / "loyalapp.sqlite3"
        if engine is not None and engine.dialect.name == "sqlite":
            copy_database(engine, copy)
        report = Path(room) / "report.json"
        options = ["--database", str(copy), "--report", str(report), "--timeout", str(seconds)]
        if sealing.secret_of(copy):
            options.append("--sealed")
        if installed is not None:
            options += ["--installed", str(installed)]
        said = Path(room) / "said.txt"
        with _child([str(folder), *options], said, sealing.secret_of(copy)) as child:
            is_late = _wait(child, seconds + GRACE)
        _judge(report, said, child.returncode, is_late=is_late)


@contextmanager
def _child(words: list[str], said: Path, secret: bytes | None) -> Iterator["subprocess.Popen[bytes]"]:
    """The process of the trial; where the data is encrypted, it is told by its first line how the copy is opened."""
    with said.open("wb") as ear:
        child = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-B", "-m", MODULE, *words],
            stdin=subprocess.PIPE if secret else subprocess.DEVNULL,
            stdout=ear,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(PACKAGE.parent), *filter(None, sys.path)])},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        try:
            if secret and child.stdin:
                with suppress(BrokenPipeError), child.stdin:
                    child.stdin.write(secret)
            yield child
        finally:
            _end(child)


def _wait(child: "subprocess.Popen[bytes]", seconds: int) -> bool:
    """Whether it had to be ended."""
    try:
        child.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        return True


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End it with all that it started; where it is gone already, what it left behind."""
    try:
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)
    except OSError:
        pass
    child.wait()


def _judge(report: Path, said: Path, code: int, *, is_late: bool) -> None:
    words = said.read_bytes()[-LAST_WORDS:].decode("utf-8", "replace").strip()
    try:
        verdict: dict[str, Any] = json.loads(report.read_text("utf-8"))
    except (OSError, ValueError):
        hangs = is_late or "Timeout (" in words or code == -getattr(signal, "SIGXCPU", 0)
        raise Refusal("trial_hang" if hangs else "trial_crash", details=words or f"exit code {code}") from None
    if "ours" in verdict:
        raise RuntimeError(verdict["ours"])
    if not verdict.get("ok"):
        raise Refusal(verdict["code"], details=verdict["details"], **verdict["values"])
