"""Opens encrypted data with what somebody typed: the password, or the recovery key where that is lost."""

from pathlib import Path

from loyalapp.core import sealing, spare_seal
from loyalapp.core.paths import DataFolder
from loyalapp.core.sealing import PASSWORD, Seal, Sealed


def open_with(root: Path, typed: str) -> bool:
    """Let this process know the secret of a data folder; whether what was typed is the password or the recovery key."""
    try:
        seal = sealing.read(root)
    except Sealed:  # the file beside the data is damaged
        seal = None
    if seal is None:  # or it is not there any more: its second copy opens the data, or the recovery key, and mends it
        return _open_without(root, typed)
    secret = sealing.unlock(seal, typed)
    if secret:
        sealing.know(root, secret)
    return secret is not None


def _open_without(root: Path, typed: str) -> bool:
    secret = spare_seal.secret(root, lambda seal: sealing.unlock(seal, typed))
    if secret is None:
        secret = sealing.from_paper(typed)
        if secret is None or not spare_seal.fits(DataFolder(root).database, sealing.key_of(secret)):
            return False
        sealing.write(root, Seal(PASSWORD, sealing.mark_of(secret)))
    sealing.know(root, secret)
    return True
