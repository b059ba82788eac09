"""Keeps a password: in the computer's own safe where it has one, else locked with the key of this installation.

The key (`secret.key`) lies in the data folder and goes into no backup: whoever has the database alone cannot read the
password, whoever has the whole folder can. Pages say which of the two it is.
"""

import base64
import hashlib
from typing import TYPE_CHECKING, NamedTuple

from loyalapp.core.logs import log
from loyalapp.core.moment import this_app

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

SAFE, FILE = "safe", "file"


class Kept(NamedTuple):
    """Where a password is kept: `safe` (the computer's), or `file` with what is written in the database."""

    where: str
    locked: str = ""


def keep(name: str, password: str) -> Kept:
    """Keep a password under a name."""
    if put(_ours(), name, password):
        return Kept(SAFE)
    return Kept(FILE, _lock().encrypt(password.encode()).decode())


def read(name: str, kept: Kept) -> str | None:
    """The password; None where it can no longer be read, so that it has to be typed again."""
    if kept.where == SAFE:
        return take(_ours(), name)
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 -- slow import

    try:
        return _lock().decrypt(kept.locked.encode()).decode()
    except (InvalidToken, ValueError):
        return None


def forget(name: str) -> None:
    """Take it out of the computer's safe; what was locked is forgotten with its row."""
    take_out(_ours(), name)


# ---- the computer's safe ----


def put(whose: str, name: str, password: str) -> bool:
    """Put a password into the computer's safe; whether it lies there."""
    import keyring.errors  # noqa: PLC0415 -- slow import

    try:
        keyring.set_password(whose, name, password)
        return bool(keyring.get_password(whose, name) == password)  # some take it and keep nothing
    except (keyring.errors.KeyringError, OSError, RuntimeError) as error:
        log.info("no safe for passwords here: %s", type(error).__name__)
        return False


def take(whose: str, name: str) -> str | None:
    """A password out of the computer's safe, where it stays."""
    import keyring.errors  # noqa: PLC0415 -- slow import

    try:
        found: str | None = keyring.get_password(whose, name)
    except (keyring.errors.KeyringError, OSError, RuntimeError):
        return None
    return found


def take_out(whose: str, name: str) -> None:
    """Forget a password that lies in the computer's safe."""
    import keyring.errors  # noqa: PLC0415 -- slow import

    try:
        keyring.delete_password(whose, name)
    except (keyring.errors.KeyringError, OSError, RuntimeError):
        log.info("no password was kept in a safe")


def _ours() -> str:
    """Our name in the computer's safe; each installation has its own."""
    return f"LoyalApp {hashlib.sha256(b'safe' + _key()).hexdigest()[:8]}"


def _key() -> bytes:
    secret: bytes = this_app().config["SECRET_KEY"]
    return secret


def _lock() -> "Fernet":
    from cryptography.fernet import Fernet  # noqa: PLC0415 -- slow import

    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"kept passwords" + _key()).digest()))
