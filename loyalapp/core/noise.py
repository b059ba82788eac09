"""Tells a database that needs a key from a damaged one: encrypted, it is noise from its first page to its last."""

from pathlib import Path
from typing import BinaryIO

PAGE = 4096  # bytes of a page of an encrypted file
OFTEN = 64  # times that one of the 256 bytes may stand on a page of noise, where each comes about sixteen times
SELDOM = 8  # bytes that may be missing on it


def seems_sealed(path: Path) -> bool:
    """Whether a file looks encrypted: its first page, one of its middle, and its last."""
    try:
        size = path.stat().st_size
        if not size or size % PAGE:
            return False
        with path.open("rb") as file:
            return all(_is_noise(file, at) for at in sorted({0, size // PAGE // 2 * PAGE, size - PAGE}))
    except OSError:
        return False


def _is_noise(file: BinaryIO, at: int) -> bool:
    """Words, numbers and blanks are none: some bytes come often then, and many never."""
    file.seek(at)
    page = file.read(PAGE)
    times = [page.count(one) for one in range(256)]
    return len(page) == PAGE and max(times) < OFTEN and times.count(0) < SELDOM
