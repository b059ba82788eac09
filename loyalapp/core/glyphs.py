"""Which characters the fonts of our cards and sheets can draw; all else would be an empty box."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache

from .typeset import FONTS

_SEEN = ("L", "N", "P", "S")  # letters, digits, signs; spaces and joiners draw nothing


def undrawable(text: str) -> str:
    """The characters of a text that none of our fonts can draw, each once, in their order; mostly nothing."""
    odd = [one for one in dict.fromkeys(text) if ord(one) > 0x24F and unicodedata.category(one)[0] in _SEEN]
    return "".join(one for one in odd if ord(one) not in drawable()) if odd else ""


@cache
def drawable() -> frozenset[int]:
    """Every character that at least one of our fonts can draw, read from the fonts themselves."""
    return frozenset(code for file in sorted(FONTS.glob("*_400Regular.ttf")) for code in _codes(file.read_bytes()))


def _codes(font: bytes) -> Iterator[int]:
    """What stands in the table `cmap` of a font, in its two usual shapes."""
    tables = struct.unpack_from(">H", font, 4)[0]
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * k) for k in range(tables))
    cmap = next(offset for tag, _sum, offset, _length in entries if tag == b"cmap")
    for k in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        at = cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * k)[0]
        shape = struct.unpack_from(">H", font, at)[0]
        if shape == 4:
            yield from _in_segments(font, at)
        elif shape == 12:
            for g in range(struct.unpack_from(">I", font, at + 12)[0]):
                first, last = struct.unpack_from(">II", font, at + 16 + 12 * g)
                yield from range(first, last + 1)


def _in_segments(font: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    lasts = struct.unpack_from(f">{count}H", font, at + 14)
    firsts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
    for first, last in zip(firsts, lasts, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)
