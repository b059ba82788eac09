"""The log file: rotating, without personal data, one incident number per unexpected error."""

import logging
import os
import re
import secrets
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

log = logging.getLogger("loyalapp")

HALF_A_MEGABYTE = 512 * 1024
NAME = "loyalapp.log"
HIDDEN = "…"
# What could tell of a person: the values that PostgreSQL repeats ("Key (phone)=(…) already exists"), addresses of
# e-mail, numbers of phones, words in the letters of Urdu and Hindi. An address is looked for only where a word begins,
# and without trying again: the time that a line takes grows with its length and no faster.
PERSONAL = re.compile(
    r"(?<=\)=\()[^)]*|(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]+|\+?\d{7,}|\b0?\d{3,5}[ -]\d{6,8}\b|"
    r"[\u0600-\u06ff\u0900-\u097f\ufb50-\ufefc]+"
)


def without_persons(text: str) -> str:
    """A text of the log without what could tell of a person; most of it is left away where it is written already."""
    return PERSONAL.sub(HIDDEN, text)


class Discreet(logging.Formatter):
    """Writes moments, levels and faults as ever, and hides what could tell of a person."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- the name is Python's
        record.message = without_persons(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- the name is Python's
        return without_persons(super().formatException(ei))


class PrivateFile(RotatingFileHandler):
    """A rotating log that only this user may read."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        return os.fdopen(handle, "a", encoding=self.encoding, errors=self.errors)


def open_log(folder: Path) -> None:
    """Write the log to `folder`/loyalapp.log; six files of half a megabyte are kept."""
    close_log()
    handler = PrivateFile(folder / NAME, maxBytes=HALF_A_MEGABYTE, backupCount=5, encoding="utf-8", delay=True)
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)


def close_log() -> None:
    """Let go of the file (Windows cannot move an open one)."""
    for handler in list(log.handlers):
        if isinstance(handler, RotatingFileHandler):
            log.removeHandler(handler)
            handler.close()


def last_lines(folder: Path, count: int) -> list[str]:
    """The end of the log, for a report; empty where there is none."""
    try:
        with (folder / NAME).open("rb") as stream:
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - count * 400))
            lines = stream.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [without_persons(one) for one in lines[-count:]]


def incident(what: str) -> str:
    """Log the exception being handled with a traceback; return the number the user can tell us."""
    number = secrets.token_hex(3).upper()
    log.exception("incident %s: %s", number, what)  # noqa: LOG004 -- called where one is being handled
    return number
