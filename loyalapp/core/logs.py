"""The log file: rotating, without personal data, one incident number per unexpected error."""

import logging
import os
import secrets
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

log = logging.getLogger("loyalapp")

HALF_A_MEGABYTE = 512 * 1024


class PrivateFile(RotatingFileHandler):
    """A rotating log that only this user may read."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        return os.fdopen(handle, "a", encoding=self.encoding, errors=self.errors)


def open_log(folder: Path) -> None:
    """Write the log to `folder`/loyalapp.log; six files of half a megabyte are kept."""
    close_log()
    handler = PrivateFile(
        folder / "loyalapp.log", maxBytes=HALF_A_MEGABYTE, backupCount=5, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)


def close_log() -> None:
    """Let go of the file (Windows cannot move an open one)."""
    for handler in list(log.handlers):
        if isinstance(handler, RotatingFileHandler):
            log.removeHandler(handler)
            handler.close()


def incident(what: str) -> str:
    """Log the exception being handled with a traceback; return the number the user can tell us."""
    number = secrets.token_hex(3).upper()
    log.exception("incident %s: %s", number, what)  # noqa: LOG004 -- called where one is being handled
    return number
