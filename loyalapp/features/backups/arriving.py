"""A backup that somebody gives to the program as a file: it waits in the work folder until it comes back, or goes."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import IO

from loyalapp.core.clock import now
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.core.paths import DataFolder
from loyalapp.features.backups import copies, drives, making, second
from loyalapp.features.backups.copies import Copy
from loyalapp.features.backups.files import SUFFIX

PREFIX = "given-"
PIECE = 1 << 20
MOST = 8  # shown of what lies on sticks


def take(data: DataFolder, source: IO[bytes]) -> Copy:
    """Put it aside; nothing of it is opened yet.

    :raises LoyalAppError: if it is empty, or there is no room for it.
    """
    target = data.work / f"{PREFIX}{secrets.token_hex(4)}-{now():{copies.WRITTEN}}{SUFFIX}"
    for old in waiting(data):
        old.path.unlink(missing_ok=True)
    try:
        making.check_room(data.work, 0)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            while piece := source.read(PIECE):
                stream.write(piece)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise LoyalAppError(_("There is too little room on the disk. Please make some room and try again.")) from error
    if not target.stat().st_size:
        target.unlink()
        raise LoyalAppError(_("Please choose the file of a backup."), field="file")
    return Copy(target, now(), target.stat().st_size)


def take_from(data: DataFolder, path: Path) -> Copy:
    """The same with a file of this computer.

    :raises LoyalAppError: if it cannot be read.
    """
    try:
        with path.open("rb") as source:
            return take(data, source)
    except OSError as error:
        raise LoyalAppError(_("Please choose the file of a backup."), field="file") from error


def waiting(data: DataFolder) -> list[Copy]:
    """Those that wait."""
    return [one for one in copies.of(data.work) if one.path.name.startswith(PREFIX)]


def on_drives() -> list[Copy]:
    """The newest backups on whatever is plugged in or shared."""
    found: list[Copy] = []
    for drive in drives.found():
        for folder in (drive.folder, *drive.folder.glob(f"{second.FOLDER}*")):
            with suppress(OSError):
                found += copies.of(folder)[:MOST]
    return sorted(found, key=lambda one: one.made_at, reverse=True)[:MOST]
