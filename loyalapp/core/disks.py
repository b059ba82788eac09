"""Tells faults of a disk from bugs: it is full, cannot be written, or fails. Each has a sentence for a shopkeeper."""

import errno
import sys
from pathlib import Path

from loyalapp.core.i18n import _

FULL, READ_ONLY, FAULT = "full", "read_only", "fault"
_NUMBERS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EIO: FAULT,
}
_WORDS = {"disk is full": FULL, "readonly database": READ_ONLY, "disk I/O error": FAULT, "unable to open": FAULT}


def kind_of(error: BaseException) -> str | None:
    """What a fault of the disk is called; None for any other fault."""
    if isinstance(error, OSError):
        return _NUMBERS.get(error.errno or 0)
    said = str(error)
    return next((kind for words, kind in _WORDS.items() if words in said), None)


def trouble(error: BaseException) -> str | None:
    """What to tell somebody whose change could not be kept because of the disk; None for any other fault."""
    sentences = {
        FULL: _("The disk of this computer is full, so this was not kept. Please make room and send it once more."),
        READ_ONLY: _("Nothing can be written to the disk, so this was not kept. Please see to that and send it again."),
        FAULT: _("The disk does not answer as it should, so this was not kept. Please make a backup on a stick soon."),
    }
    return sentences.get(kind_of(error) or "")


# How folders are called that a program keeps alike on several computers, and disks that another computer has.
_CARRIED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "com~apple~clouddocs", "pclouddrive")
_FAR = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "davfs", "ceph", "glusterfs", "afpfs", "fuse.sshfs", "fuse.rclone"}
_REMOTE = 4  # what Windows calls a drive of another computer
MOUNTS = Path("/proc/self/mounts")


def is_shared(folder: Path) -> bool:
    """Whether a folder is copied by a program of the cloud, or lies on another computer; either can damage a database.

    What cannot be told is taken to be this computer's own.
    """
    whole = folder.absolute()
    if any(part.lower().startswith(_CARRIED) for part in whole.parts):
        return True
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 -- on Windows alone

        drive = whole.drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE
    return _kind_of_disk(whole) in _FAR


def _kind_of_disk(folder: Path) -> str:
    """What the system calls the file system of a folder; "" where it does not say."""
    try:
        lines = [line.split() for line in MOUNTS.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return ""
    found = {Path(words[1].replace("\\040", " ")): words[2] for words in lines if len(words) > 2}
    return next((found[one] for one in (folder, *folder.parents) if one in found), "")
