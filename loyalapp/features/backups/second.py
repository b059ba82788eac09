"""The second place of backups: a stick, another disk, a shared folder; what it missed while it was away comes later.

A file in it says that it is ours: where a stick is not plugged in, its folder may be there all the same, and nothing
may be written then to where it only seems to be.
"""

import hashlib
import json
import os
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from errno import EIO
from pathlib import Path
from typing import Any

from loyalapp.core import disks
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.core.paths import DataFolder
from loyalapp.features.backups import computer, copies, files, making
from loyalapp.features.backups.computer import FAULT, FULL, GONE, OK
from loyalapp.features.backups.copies import Copy

FOLDER = "LoyalApp backups"
MARK = "loyalapp.json"
MOST = 7  # the newest so many are in the second place too, as far as they were not there already
PIECE = 1 << 20
PATIENCE = 3.0  # seconds that a shared folder is given to answer a page


def reason_of(error: OSError) -> str:
    """What a fault of a disk is called here."""
    return disks.kind_of(error) or FAULT


def choose(data: DataFolder, typed: str) -> Path:
    """Take a folder for the second place from now on; answers the folder of ours in it.

    :raises LoyalAppError: if it is not there, cannot be written, is full, or is part of the data folder.
    """
    parent = Path(typed.strip()).expanduser()
    if not typed.strip() or not parent.is_absolute() or not parent.is_dir():
        raise LoyalAppError(_("This folder is not there. Please plug in the stick, or check the name."), field="folder")
    if parent.resolve().is_relative_to(data.root.resolve()):
        raise LoyalAppError(_("This is the folder of your data itself. Please choose another disk."), field="folder")
    ours = computer.change(data).id
    try:
        folder = _free_folder(parent, ours)
        folder.mkdir(mode=0o700, exist_ok=True)
        making.check_room(folder, making.size_of(data))
        _write(folder / MARK, json.dumps({"id": ours}).encode())
    except OSError as error:
        sentences = {FULL: _("There is too little room in this folder. Please choose another one.")}
        other = _("Nothing can be written into this folder. Please choose another one.")
        raise LoyalAppError(sentences.get(reason_of(error), other), field="folder") from error
    computer.change(data, second=str(folder), there="", there_until="", since="")
    return folder


def _free_folder(parent: Path, ours: str) -> Path:
    """Where several computers keep backups in one place, each has a folder of its own."""
    if parent.name.startswith(FOLDER) and owner_of(parent) in (ours, None):
        return parent
    for number in range(1, 100):
        folder = parent / (FOLDER if number == 1 else f"{FOLDER} {number}")
        if owner_of(folder) in (ours, None):
            return folder
    raise OSError(EIO, "too many folders of backups", str(parent))


def owner_of(folder: Path) -> str | None:
    """Whose backups lie in a folder; None where nobody's do."""
    try:
        return str(json.loads((folder / MARK).read_text("utf-8"))["id"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write(file: Path, content: bytes) -> None:
    draft = file.with_name(f"{file.name}.part")
    with draft.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


def is_here(data: DataFolder) -> bool:
    """Whether the second place can be reached now; a shared folder that does not answer cannot."""
    known = computer.read(data)
    return known.folder is not None and soon(lambda: owner_of(known.folder or Path()) == known.id) is True


def there(data: DataFolder) -> list[Copy]:
    """The backups in the second place; none where it cannot be reached."""
    known = computer.read(data)
    return list(soon(lambda: copies.of(known.folder or Path())) or ()) if is_here(data) else []


def is_same_disk(data: DataFolder) -> bool:
    """Whether the second place lies on the disk that holds the data, and breaks with it."""
    folder = computer.read(data).folder
    try:
        return folder is not None and folder.stat().st_dev == data.root.stat().st_dev
    except OSError:
        return False


def soon(question: Callable[[], Any]) -> Any:
    """The answer, or None where it takes too long or fails: who asks a dead share may wait for minutes."""
    answers: list[Any] = []

    def ask() -> None:
        with suppress(OSError):
            answers.append(question())

    asking = threading.Thread(target=ask, name="second-place", daemon=True)
    asking.start()
    asking.join(PATIENCE)
    return answers[0] if answers else None


def catch_up(data: DataFolder, key: str | None, is_stopped: Callable[[], bool]) -> str:
    """Bring what the second place has not got yet, and take away there what got old; answers how it went.

    :param key: locks what is brought.
    :raises CalledOff: if it was stopped.
    """
    known = computer.read(data)
    folder = known.folder
    if folder is None:
        return ""
    if owner_of(folder) != known.id:
        return GONE
    try:
        _clear_away(folder)
        had, newest = {one.path.name for one in copies.of(folder)}, copies.of(data.backups)[:MOST]
        for one in reversed(newest):  # the oldest first: cut off, the next run goes on after it
            if one.path.name not in had:
                bring(data, one.path, folder, key, is_stopped)
        if newest:
            computer.change(data, there_until=newest[0].made_at.isoformat())
        copies.thin(copies.of(folder))
    except OSError as error:
        return reason_of(error) if owner_of(folder) == known.id else GONE
    return OK


def _clear_away(folder: Path) -> None:
    """What a stick that was pulled out has left half."""
    for one in folder.glob(f"*{files.SUFFIX}.part"):
        one.unlink(missing_ok=True)


def bring(data: DataFolder, source: Path, folder: Path, key: str | None, is_stopped: Callable[[], bool]) -> Path:
    """Copy one backup into a folder, locked where there is a key, and read it again from there.

    :raises OSError: if it cannot be written, or is not what it should be.
    :raises CalledOff: if it was stopped.
    """
    target, locked = folder / source.name, data.work / f"locked-{source.name}"
    try:
        if key:
            making.lock(source, locked, key, is_stopped)
            source = locked
        making.check_room(folder, source.stat().st_size)
        draft = folder / f"{target.name}.part"
        if _copied(source, draft, is_stopped) != _digest(draft, is_stopped):
            raise OSError(EIO, "the second place does not hold what was written", str(target))
        making.settle_down(draft, target)
        return target
    finally:
        locked.unlink(missing_ok=True)
        with suppress(OSError):
            Path(f"{target}.part").unlink(missing_ok=True)


def _copied(source: Path, draft: Path, is_stopped: Callable[[], bool]) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as inside, draft.open("wb") as outside:
        while piece := inside.read(PIECE):
            if is_stopped():
                raise making.CalledOff
            digest.update(piece)
            outside.write(piece)
        outside.flush()
        os.fsync(outside.fileno())
        if hasattr(os, "posix_fadvise"):  # read again from the disk, not from memory
            os.posix_fadvise(outside.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return digest.hexdigest()


def _digest(file: Path, is_stopped: Callable[[], bool]) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(PIECE):
            if is_stopped():
                raise making.CalledOff
            digest.update(piece)
    return digest.hexdigest()


def free(folder: Path) -> int | None:
    """How many bytes have room in a folder; None where nobody knows."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None
