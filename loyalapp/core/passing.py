"""Files on their way through a sealed data folder are locked with a key that is thrown away with them."""

import os
from pathlib import Path
from typing import Any

from loyalapp.core.sealing import secret_of


def passing_key(folder: Path) -> bytes | None:
    """A key that is thrown away with what it locks, for files on their way in a sealed data folder; else None."""
    return os.urandom(32) if secret_of(folder) else None


def cipher(key: bytes | None) -> Any:
    """What locks and opens pieces of such a file; None without a key."""
    if key is None:
        return None
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 -- only where data is encrypted

    return AESGCM(key)
