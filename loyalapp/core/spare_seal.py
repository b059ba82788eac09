"""The second copy of `seal.json`: where the first is damaged or lost, password and safe go on opening the data.

It lies beside the first and gives no more away than that one; on no stick and in no backup, where a password could be
guessed by whoever finds them. It counts only if the secret that it leads to opens the data.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from loyalapp.core import sealing
from loyalapp.core.noise import seems_sealed
from loyalapp.core.paths import DataFolder, write_private
from loyalapp.core.sealing import Seal

FILE = "seal.copy.json"


def keep(root: Path) -> None:
    """Write down once more what the first says, where the second says something else."""
    with suppress(OSError):  # a full disk: the first is what counts
        content = (root / sealing.FILE).read_bytes()
        if not (root / FILE).is_file() or (root / FILE).read_bytes() != content:
            for left in root.glob(f"{FILE}.*.part"):  # of a start that was cut off here
                left.unlink()
            write_private(root / FILE, content)


def remove(root: Path) -> None:
    """The data is open again."""
    (root / FILE).unlink(missing_ok=True)


def read(root: Path) -> Seal | None:
    """What the second says; None where it is lost or damaged too."""
    try:
        return sealing.parsed(root / FILE)
    except (FileNotFoundError, sealing.Sealed):
        return None


def is_lost(root: Path) -> bool:
    """Whether the data is encrypted, and no copy says how its key is kept."""
    try:
        is_gone = sealing.read(root) is None and seems_sealed(DataFolder(root).database)
    except sealing.Sealed:
        is_gone = True
    return is_gone and read(root) is None


def secret(root: Path, find: Callable[[Seal], bytes | None]) -> bytes | None:
    """The secret, and the first is made anew; None where there is no second, or it does not belong to the data.

    :param find: finds it by what a seal says.
    """
    seal = read(root)
    found = find(seal) if seal else None
    database = DataFolder(root).database
    if seal is None or found is None or not (sealing.is_open(database) or fits(database, sealing.key_of(found))):
        return None
    sealing.write(root, seal)
    return found


def fits(database: Path, key: bytes) -> bool:
    """Whether a key opens an encrypted file."""
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
