"""Which sticks, disks and shared folders this computer has at the moment, to choose the second place from."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from loyalapp.features.backups.second import free

REMOVABLE, NETWORK = 2, 4  # what Windows calls them
DISKS = "/dev/"
SHARES = frozenset({"cifs", "smb3", "nfs", "nfs4", "fuse.sshfs", "fuse.gvfsd-fuse", "9p", "davfs"})
PLACES = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
MOUNTS = Path("/proc/self/mounts")
MOST = 8


class Drive(NamedTuple):
    """Where something is plugged in or shared. `free`: bytes."""

    folder: Path
    name: str
    free: int


def found() -> list[Drive]:
    """What is there, by name; never the disk of the system itself."""
    folders = _of_windows() if sys.platform == "win32" else _of_mac() if sys.platform == "darwin" else _of_linux()
    drives = [Drive(one, one.name or str(one), free(one) or 0) for one in folders if _is_writable(one)]
    return sorted(drives, key=lambda one: one.name.casefold())[:MOST]


def _is_writable(folder: Path) -> bool:
    with suppress(OSError):
        return folder.is_dir() and os.access(folder, os.W_OK)
    return False


def _of_linux() -> Iterator[Path]:
    """What is mounted where sticks and shares are."""
    with suppress(OSError):
        for line in MOUNTS.read_text("utf-8", "replace").splitlines():
            what, where, kind = (*line.split(), "", "", "")[:3]
            place = where.encode().decode("unicode_escape").encode("latin-1", "replace").decode("utf-8", "replace")
            if place.startswith(PLACES) and (what.startswith(DISKS) or kind in SHARES):
                yield Path(place)


def _of_mac() -> Iterator[Path]:
    with suppress(OSError):
        yield from (one for one in Path("/Volumes").iterdir() if not one.is_symlink())


def _of_windows() -> Iterator[Path]:
    import ctypes  # noqa: PLC0415 -- only where it is needed

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]  # -- only Windows has it
    letters = kernel.GetLogicalDrives()
    for number in range(26):
        root = f"{chr(65 + number)}:\\"
        if letters >> number & 1 and kernel.GetDriveTypeW(root) in (REMOVABLE, NETWORK):
            yield Path(root)
