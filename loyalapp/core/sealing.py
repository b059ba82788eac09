"""Sealed data: a data folder whose SQLite files are encrypted, the key that opens them, and where that key is kept.

The key comes from a random secret that goes onto paper as the recovery key: that paper alone opens the data and every
backup, on any computer. The computer keeps the secret in its own safe, or `seal.json` keeps it locked with a password
(argon2, which makes guessing slow). A file that is not encrypted begins with words that tell so; therefore each file
says itself whether it needs the key, and a folder that was being sealed when the power failed can be opened half-way.
"""

import base64
import hashlib
import json
import os
import sys
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

from loyalapp.core.noise import seems_sealed
from loyalapp.core.paths import DataFolder, write_private

FILE = "seal.json"
SAFE, PASSWORD = "safe", "password"
ON, OFF = "on", "off"
OPEN = b"SQLite format 3\0"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # none looks like another one
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
BYTES, CHECK, GROUP = 16, 4, 4
SAFE_NAME = "LoyalApp data"
MEMORY_KIB, ROUNDS = 32 * 1024, 4
FROM_LAST_START = "LOYALAPP_SECRET_FROM"  # the end of a pipe: a restart need not ask for the password again


class Seal(NamedTuple):
    """What `seal.json` says. `kept`: where the secret is; `mark`: its name, which gives nothing of it away.

    `locked`: the secret as the password locks it; `wish`: what is still to be done, `on` or `off`.
    """

    kept: str
    mark: str
    locked: str = ""
    wish: str = ""


class Sealed(Exception):
    """The data is encrypted, and nobody has given the password yet."""


# ---- the file beside the data ----


def read(root: Path) -> Seal | None:
    """How the data of a folder is sealed; None where it is not.

    :raises Sealed: if that cannot be read: the data must not be taken for open then.
    """
    try:
        return parsed(root / FILE)
    except FileNotFoundError:
        return None


def parsed(file: Path) -> Seal:
    """What such a file says.

    :raises FileNotFoundError: if it is not there; `Sealed` if it cannot be read.
    """
    try:
        found = json.loads(file.read_text("utf-8"))
        return Seal(**{name: str(found[name]) for name in Seal._fields})
    except FileNotFoundError:
        raise
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Sealed from error


def write(root: Path, seal: Seal) -> None:
    """Keep it, whole or not at all; and a second copy."""
    from loyalapp.core import spare_seal  # noqa: PLC0415 -- it stands on this one

    write_private(root / FILE, json.dumps(seal._asdict()).encode())
    spare_seal.keep(root)


def remove(root: Path, seal: Seal) -> None:
    """The data is open again; its key is of no use any more."""
    from loyalapp.core import spare_seal  # noqa: PLC0415 -- it stands on this one

    spare_seal.remove(root)
    (root / FILE).unlink(missing_ok=True)
    _known.pop(root.resolve(), None)
    if seal.kept == SAFE:
        take_out_of_safe(seal)


# ---- the secret ----


def new_secret() -> bytes:
    """A secret that nobody can guess."""
    return os.urandom(BYTES)


def mark_of(secret: bytes) -> str:
    """The name of a secret: tells whether one is the right one, and nothing of what it is."""
    return hashlib.sha256(b"mark" + secret).hexdigest()[:16]


def key_of(secret: bytes) -> bytes:
    """The key of the files, 32 bytes."""
    return hashlib.sha256(b"data" + secret).digest()


def on_paper(secret: bytes) -> str:
    """The recovery key: eight groups of four letters and figures, the last of which find a slip of the pen."""
    number = int.from_bytes(secret + hashlib.sha256(b"paper" + secret).digest()[:CHECK])
    letters = "".join(LETTERS[number >> shift & 31] for shift in range((BYTES + CHECK) * 8 - 5, -1, -5))
    return " ".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def from_paper(typed: str) -> bytes | None:
    """The secret of a recovery key as somebody typed it; None if it is none."""
    letters = [one for one in typed.upper().translate(MISREAD) if one.isalnum()]
    if len(letters) != (BYTES + CHECK) * 8 // 5 or not set(letters) <= set(LETTERS):
        return None
    number = 0
    for one in letters:
        number = number << 5 | LETTERS.index(one)
    secret = number.to_bytes(BYTES + CHECK)[:BYTES]
    return secret if on_paper(secret).replace(" ", "") == "".join(letters) else None


def lock(secret: bytes, password: str) -> str:
    """The secret as only the password opens it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 -- only where data is encrypted

    salt, nonce = os.urandom(16), os.urandom(12)
    hidden = AESGCM(_stretched(password, salt)).encrypt(nonce, secret, None)
    return base64.b64encode(salt + nonce + hidden).decode()


def unlock(seal: Seal, typed: str) -> bytes | None:
    """The secret, by the recovery key or by the password; None if it is neither."""
    secret = from_paper(typed)
    if secret is None or mark_of(secret) != seal.mark:
        secret = _by_password(seal, typed) if seal.locked else None
    return secret if secret and mark_of(secret) == seal.mark else None


def _by_password(seal: Seal, password: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 -- only where data is encrypted
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 -- as above

    try:
        kept = base64.b64decode(seal.locked)
        secret: bytes = AESGCM(_stretched(password, kept[:16])).decrypt(kept[16:28], kept[28:], None)
        return secret
    except (InvalidTag, ValueError):
        return None


def _stretched(password: str, salt: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 -- only where data is encrypted

    typed = unicodedata.normalize("NFC", password).encode("utf-8", "replace")
    return hash_secret_raw(typed, salt, ROUNDS, MEMORY_KIB, 1, 32, Type.ID)


# ---- what this process knows ----

_known: dict[Path, bytes] = {}  # the secret of each data folder


def know(root: Path, secret: bytes) -> None:
    """From here on every SQLite file in this folder that needs its key is opened with it, and new ones get it."""
    _known[root.resolve()] = secret


def forget(root: Path) -> None:
    """The data of this folder is of no concern to this process any more."""
    _known.pop(root.resolve(), None)


def secret_of(path: Path) -> bytes | None:
    """The secret of the data folder in which something lies, if it is sealed and known here."""
    if not _known:
        return None
    whole = path.resolve()
    return next((secret for root, secret in _known.items() if whole.is_relative_to(root)), None)


def key_in_use(path: Path) -> bytes | None:
    """The key with which a file of a data folder is to be opened; a new file gets the key of its folder."""
    secret = secret_of(path)
    return None if secret is None or is_open(path) else key_of(secret)


def is_open(path: Path) -> bool:
    """Whether a file holds a database that anybody can read."""
    try:
        with path.open("rb") as file:
            return file.read(len(OPEN)) == OPEN
    except OSError:
        return False


def give_key(link: Any, key: bytes | None) -> None:
    """The first thing that is said on a connection."""
    if key:
        link.execute(f'PRAGMA key = "{as_written(key)}"')


def as_written(key: bytes) -> str:
    """A key as SQLCipher reads one that is no password."""
    return f"x'{key.hex()}'"


def keys(path: Path, typed: str = "") -> list[str]:
    """The keys, as written, that may open a file: of its data folder, and of a recovery key that somebody typed."""
    secrets = [secret_of(path), from_paper(typed)]
    return [as_written(key_of(one)) for one in secrets if one]


def open_quietly(root: Path) -> bool:
    """Find the secret without asking anybody; True where it is known now, or none is needed."""
    if secret_of(root):
        return True
    from loyalapp.core import spare_seal  # noqa: PLC0415 -- it stands on this one

    try:
        seal = read(root)
        if seal is None and not seems_sealed(DataFolder(root).database):
            return True
    except Sealed:
        seal = None
    secret = _without_asking(seal) if seal else spare_seal.secret(root, _without_asking)
    if secret:
        know(root, secret)
    return secret is not None


def _without_asking(seal: Seal) -> bytes | None:
    return _from_last_start(seal) or _from_safe(seal)


def _from_safe(seal: Seal) -> bytes | None:
    if seal.kept != SAFE:
        return None
    from loyalapp.core import keeping  # noqa: PLC0415 -- only where data is encrypted

    return _if_right(seal, from_paper(keeping.take(SAFE_NAME, seal.mark) or ""))


def put_into_safe(secret: bytes) -> bool:
    """Let the computer's safe keep the secret; whether it does."""
    from loyalapp.core import keeping  # noqa: PLC0415 -- only where data is encrypted

    return keeping.put(SAFE_NAME, mark_of(secret), on_paper(secret))


def take_out_of_safe(seal: Seal) -> None:
    """The computer's safe forgets the secret."""
    from loyalapp.core import keeping  # noqa: PLC0415 -- only where data is encrypted

    keeping.take_out(SAFE_NAME, seal.mark)


def _if_right(seal: Seal, secret: bytes | None) -> bytes | None:
    return secret if secret and mark_of(secret) == seal.mark else None


# ---- a program that starts itself again ----


def to_next_start(root: Path) -> None:
    """Leave the secret in a pipe for the process that takes the place of this one."""
    secret = secret_of(root)
    if secret and sys.platform != "win32":
        reading, writing = os.pipe()
        os.write(writing, secret)
        os.close(writing)
        os.set_inheritable(reading, True)
        os.environ[FROM_LAST_START] = str(reading)


def _from_last_start(seal: Seal) -> bytes | None:
    handle = os.environ.pop(FROM_LAST_START, "")
    if not handle.isdecimal():
        return None
    try:
        with os.fdopen(int(handle), "rb") as pipe:
            return _if_right(seal, pipe.read(BYTES))
    except OSError:
        return None
