"""Signatures of plugins (Ed25519): made by their authors, and trusted by the user's word the first time.

A signature says only that this version comes from whoever made the last one. Which key belongs to which plugin is kept
in `plugins/trusted.json`; a damaged file there stops no start and trusts nobody.
"""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from loyalapp.core.logs import log
from loyalapp.core.paths import write_private
from loyalapp.plugin_system.refusal import Refusal

UNSIGNED, NEW, KNOWN = "unsigned", "new", "known"
FORMAT = 1


def make_key(file: Path) -> str:
    """Write a new secret key into a file that only this user may read; answers the public key.

    :raises FileExistsError: rather than overwrite a key that somebody's users trust.
    """
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 -- slow import
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 -- slow import

    if file.exists():
        raise FileExistsError(file)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    write_private(file, pem)
    return _text(key.public_key().public_bytes_raw())


def sign(checksums: bytes, key_file: Path) -> bytes:
    """The content of `signature.json` for these checksums.

    :raises ValueError: if the file holds no Ed25519 key.
    """
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 -- slow import
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 -- slow import

    key = serialization.load_pem_private_key(key_file.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("this is not a key made by `loyalapp plugin keygen`")  # noqa: TRY004 -- the file is wrong, not a type
    made = {
        "format": FORMAT,
        "key": _text(key.public_key().public_bytes_raw()),
        "signature": _text(key.sign(checksums)),
    }
    return json.dumps(made, indent=1, sort_keys=True).encode() + b"\n"


def verify(checksums: bytes, signature: bytes) -> str:
    """The public key that signed these checksums.

    :raises Refusal: `bad_signature`.
    """
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 -- slow import
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 -- slow import

    try:
        said: dict[str, Any] = json.loads(signature.decode("utf-8"))
        raw = base64.b64decode(said["key"], validate=True)
        Ed25519PublicKey.from_public_bytes(raw).verify(base64.b64decode(said["signature"], validate=True), checksums)
        return _text(raw)
    except (InvalidSignature, ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refusal("bad_signature", details=f"{type(error).__name__} {error}".strip()) from error


def key_digest(key: str) -> str:
    """The sha256 of a public key, from which its fingerprint is made."""
    return hashlib.sha256(base64.b64decode(key)).hexdigest()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


@dataclass
class Trusted:
    """Which key may sign which plugin, by the user's word."""

    file: Path
    keys: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> "Trusted":
        """A missing file trusts nobody yet; a damaged one is put aside and trusts nobody."""
        try:
            raw: dict[str, Any] = json.loads(file.read_text("utf-8"))
            return cls(file, {str(name): str(one["key"]) for name, one in raw.items()})
        except FileNotFoundError:
            return cls(file)
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            log.exception("the keys of the plugins cannot be read; each will be asked about again")
            return cls(file)

    def judge(self, plugin_id: str, signed_by: str | None) -> str:
        """`unsigned`, `new` or `known`.

        :raises Refusal: `other_signer`, `no_longer_signed`.
        """
        trusted = self.keys.get(plugin_id)
        if trusted is None:
            return NEW if signed_by else UNSIGNED
        if signed_by is None:
            raise Refusal("no_longer_signed")
        if signed_by != trusted:
            raise Refusal("other_signer")
        return KNOWN

    def trust(self, plugin_id: str, key: str) -> None:
        """From now on only this key signs this plugin."""
        self.keys[plugin_id] = key
        self._save()

    def forget(self, plugin_id: str) -> None:
        """Nothing of the plugin is left; whoever comes next is new."""
        if self.keys.pop(plugin_id, None):
            self._save()

    def _save(self) -> None:
        content = {name: {"key": key} for name, key in sorted(self.keys.items())}
        write_private(self.file, json.dumps(content, indent=1).encode())
