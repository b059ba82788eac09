"""Encrypts the data of a folder, or opens it again: at a start, before anybody has it open.

Each file is written anew beside the old one, looked through, and takes its place in one rename. Killed at any moment,
the next start goes on where it was: what is still to be done stands in `seal.json` until all of it is done, and each
file says by its first bytes whether it is encrypted.
"""

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from loyalapp.core import locks, sealing, spare_seal
from loyalapp.core.logs import log
from loyalapp.core.paths import DataFolder, flush_folder
from loyalapp.core.sealing import Seal, Sealed

LOCK = "seal.lock"
DRAFT = ".turning"
BACKUPS = "*.loyalbackup"
IN_ROOT, IN_WORK = ("restore.sqlite3",), ("drafts.sqlite3",)
# Copies of the data that a kill left behind; whoever was at work with them is gone with the program.
LEFT = ("trial-*/data/*", "trial-*/*", "rehearsal-*", "import-*", "list-*", "locked-*")
FORMS = "SELECT type, name, tbl_name, sql FROM {}.sqlite_master ORDER BY type, name"
ZEROS = bytes(1 << 20)


class NotTurned(Exception):
    """A file could not be written anew; it is as it was."""


def settle(data: DataFolder, *, is_guest: bool) -> None:
    """Find the key of encrypted data, and do what was wished of it.

    :param is_guest: another process may have the data open, and does it with its next start.
    :raises Sealed: if the data is encrypted and nobody has given the password.
    """
    if not (data.root / sealing.FILE).is_file():
        return
    if not sealing.open_quietly(data.root):
        raise Sealed
    seal = sealing.read(data.root)
    if not is_guest:
        spare_seal.keep(data.root)  # data that an earlier version encrypted has none
    if seal is None or not seal.wish:
        return
    with locks.held(data.root / LOCK):
        seal = sealing.read(data.root)
        if seal is not None and seal.wish and not is_guest:
            _carry_out(data, seal)


def _carry_out(data: DataFolder, seal: Seal) -> None:
    """All files, one after the other; where one of the first cannot be written, the next start tries again."""
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- most starts have nothing to do

    secret = sealing.secret_of(data.root)
    assert secret is not None  # noqa: S101 -- the caller has seen to it
    wanted = seal.wish == sealing.ON
    _sweep(data)
    try:
        for file in _own_files(data):
            turn(file, sealing.key_of(secret), sealed=wanted)
    except (NotTurned, OSError, dbapi2.Error):
        log.exception("the data could not be turned (%s); the next start tries again", seal.wish)
        return
    for folder in (data.backups, _second_place(data)):
        if folder is not None:
            turn_backups(folder, sealing.key_of(secret), sealed=wanted)
    if wanted:
        sealing.write(data.root, seal._replace(wish=""))
    else:
        sealing.remove(data.root, seal)
    log.warning("the data was turned: %s", seal.wish)


def _own_files(data: DataFolder) -> Iterator[Path]:
    yield data.database
    yield from (data.root / name for name in IN_ROOT)
    yield from (data.work / name for name in IN_WORK)


def _second_place(data: DataFolder) -> Path | None:
    """The folder on a stick or another computer, if it can be reached just now."""
    from loyalapp.features.backups import computer, second  # noqa: PLC0415 -- most starts have nothing to do

    return computer.read(data).folder if second.is_here(data) else None


def turn_backups(folder: Path, key: bytes, *, sealed: bool) -> int:
    """Turn the backups of a folder; answers how many stayed as they were, being damaged or of another key."""
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- most starts have nothing to do

    left = 0
    for file in sorted(folder.glob(BACKUPS)):
        try:
            turn(file, key, sealed=sealed)
        except (NotTurned, OSError, dbapi2.Error) as error:
            log.warning("a backup stays as it was: %s", error)
            left += 1
    return left


def turn(file: Path, key: bytes, *, sealed: bool) -> None:
    """Encrypt a database, or open it; nothing happens to one that is so already.

    :raises NotTurned: if somebody else has it open, or the new file is not like the old one.
    """
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- most starts have nothing to do

    draft = file.with_name(file.name + DRAFT)
    draft.unlink(missing_ok=True)
    if not file.is_file() or file.stat().st_size == 0 or sealing.is_open(file) != sealed:
        return
    link = dbapi2.connect(str(file), isolation_level=None, timeout=2)
    try:
        sealing.give_key(link, None if sealed else key)
        _copy(link, draft, key if sealed else None)
        _compare(link, draft, key if sealed else None)
        _put_in_place(draft, file, wipe=sealed)
    finally:
        link.close()
        draft.unlink(missing_ok=True)


def _copy(link: Any, draft: Path, key: bytes | None) -> None:
    """While it is copied, and until the copy has its place, nobody else reads or writes it."""
    link.execute("PRAGMA cipher_log_level = NONE")
    if link.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":  # folds the log back in
        raise NotTurned("somebody else has it open")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    link.execute("ATTACH ? AS fresh KEY " + (f'"{sealing.as_written(key)}"' if key else "''"), (str(draft),))
    link.execute("PRAGMA fresh.journal_mode = OFF")
    link.execute("PRAGMA fresh.synchronous = OFF")  # all of it is flushed at the end
    link.execute("PRAGMA main.locking_mode = EXCLUSIVE")
    link.execute("BEGIN EXCLUSIVE")
    link.execute("SELECT sqlcipher_export('fresh')")
    for name in ("user_version", "application_id"):
        (number,) = link.execute(f"PRAGMA main.{name}").fetchone()
        link.execute(f"PRAGMA fresh.{name} = {number}")
    link.execute("COMMIT")


def _compare(link: Any, draft: Path, key: bytes | None) -> None:
    """Every table and every row is there, and what was written can be read from the disk."""
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- most starts have nothing to do

    link.execute("DETACH fresh")
    made = dbapi2.connect(str(draft), isolation_level=None)
    try:
        sealing.give_key(made, key)
        if made.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise NotTurned("the copy is damaged")
        forms = link.execute(FORMS.format("main")).fetchall()
        if forms != made.execute(FORMS.format("main")).fetchall():
            raise NotTurned("the copy has other tables")
        for kind, name, _table, sql in forms:
            if kind == "table" and not str(sql).upper().startswith("CREATE VIRTUAL"):
                count = f'SELECT count(*) FROM "{name}"'  # noqa: S608 -- a name that the database itself gave
                if link.execute(count).fetchone() != made.execute(count).fetchone():
                    raise NotTurned(f"the copy has other rows in {name}")
    finally:
        made.close()


def _put_in_place(draft: Path, file: Path, *, wipe: bool) -> None:
    """The old file goes in one rename; what it held is written over, as far as the disk lets us."""
    about = file.stat()
    with draft.open("rb+") as made:
        os.fsync(made.fileno())
    os.utime(draft, ns=(about.st_atime_ns, about.st_mtime_ns))
    if not wipe or os.name == "nt":  # where no file can be replaced that is open
        draft.replace(file)
        flush_folder(file.parent)
        return
    with file.open("rb+") as old:
        draft.replace(file)
        flush_folder(file.parent)
        for _part in range(0, about.st_size, len(ZEROS)):
            old.write(ZEROS)
        old.flush()
        os.fsync(old.fileno())


def _sweep(data: DataFolder) -> None:
    """No copy of the data stays as it was."""
    for file in chain(data.root.glob("seal.*.part"), *map(data.work.glob, LEFT)):
        if file.is_file():
            file.unlink(missing_ok=True)
