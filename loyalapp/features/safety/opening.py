"""Opens encrypted data with what somebody typed: the password, or the recovery key where that is lost."""

from pathlib import Path

from loyalapp.core import sealing
from loyalapp.core.paths import DataFolder
from loyalapp.core.sealing import PASSWORD, Seal, Sealed


def open_with(root: Path, typed: str) -> bool:
    """Let this process know the secret of a data folder; whether what was typed is the password or the recovery key."""
    try:
        seal = sealing.read(root)
    except Sealed:  # the file beside the data is damaged: the recovery key alone opens it, and makes a new one
        return _open_on_paper(root, typed)
    if seal is None:  # or it is not there any more
        return _open_on_paper(root, typed)
    secret = sealing.unlock(seal, typed)
    if secret:
        sealing.know(root, secret)
    return secret is not None


def _open_on_paper(root: Path, typed: str) -> bool:
    secret = sealing.from_paper(typed)
    if secret is None or not _fits(DataFolder(root).database, sealing.key_of(secret)):
        return False
    sealing.write(root, Seal(PASSWORD, sealing.mark_of(secret)))
    sealing.know(root, secret)
    return True


def _fits(database: Path, key: bytes) -> bool:
    from sqlcipher3 import dbapi2  # noqa: PLC0415 -- only where data is encrypted

    link = dbapi2.connect(str(database), timeout=2)
    try:
        link.execute("PRAGMA cipher_log_level = NONE")
        sealing.give_key(link, key)
        return bool(link.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except dbapi2.DatabaseError:
        return False
    finally:
        link.close()
