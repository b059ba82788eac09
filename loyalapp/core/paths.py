"""Where things lie: what is shipped with the program, and the user's data folder."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
KEY = "secret.key"


def shipped(name: str) -> Path:
    """A folder shipped with the program (`plugins`, `translations`), in a checkout, a wheel or a frozen build."""
    inside = PACKAGE / "_bundled" / name
    return inside if inside.is_dir() else PACKAGE.parent / name


class UnusableDataFolder(OSError):
    """The data folder cannot be made or written; `.filename` says which one."""


@dataclass(frozen=True)
class DataFolder:
    """The one folder that holds everything the user could lose."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "loyalapp.sqlite3"

    @property
    def plugins(self) -> Path:
        return self.root / "plugins"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    @property
    def work(self) -> Path:
        """Uploads and compiled things that may be thrown away."""
        return self.root / "work"

    def prepare(self) -> None:
        """Make the folders, readable by this user alone; a folder of ours that stood open to others is shut.

        :raises UnusableDataFolder: if one of them cannot be made or written.
        """
        try:
            is_ours = not self.root.is_dir() or (self.root / KEY).is_file() or not any(self.root.iterdir())
            for folder in (self.root, self.plugins, self.backups, self.logs, self.exports, self.work):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if is_ours:  # and no folder of somebody's that was named by mistake
                _shut(self.root)
            probe = self.root / f".probe-{os.getpid()}-{secrets.token_hex(4)}"
            probe.write_bytes(b"x" * 4096)
            probe.unlink()
        except OSError as error:
            raise UnusableDataFolder(error.errno, error.strerror, str(self.root)) from error

    def secret_key(self) -> bytes:
        """The random key of this installation, made at the first start."""
        file = self.root / KEY
        if not file.is_file():
            write_private(file, secrets.token_bytes(32))
        return file.read_bytes()


def _shut(folder: Path) -> None:
    """Take the rights of everybody else away; a disk that knows none is left as it is."""
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        with suppress(PermissionError):
            folder.chmod(0o700)


def flush(file: Path) -> None:
    """See that a file is on the disk."""
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """See that the names in a folder are on the disk; Windows has no such thing."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_private(file: Path, content: bytes) -> None:
    """Write a file that only this user may read, whole or not at all."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
