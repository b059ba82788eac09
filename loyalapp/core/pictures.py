"""Pictures from outside: looked at by their content, cleaned of all that is no picture, drawn small.

What is named a picture may be anything: a page with a script, a drawing of a billion dots in a few bytes, a photo that
says where it was taken. Only JPEG, PNG, WebP and GIF are taken, by their first bytes and never by their name; how large
one claims to be is read before it is drawn, and it is drawn in a process of its own, with an end to time and memory.

A JPEG of a usual size is kept with its dots as they are: of its parts only those stay that are needed to draw it, so
that place, time and camera, previews, and whatever hangs behind its end are gone. All else is drawn anew as PNG.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import lazy_gettext
from loyalapp.core.typeset import TemplateError, typeset
from loyalapp.core.typeset_apart import typeset_apart

LARGEST = 20_000_000  # bytes that are looked at
MOST_DOTS = 60_000_000  # more than the cameras of phones give
MOST_ASIDE = 20_000  # dots of one side
KEPT_BYTES, KEPT_SIDE = 700_000, 2_600  # a JPEG up to here keeps its dots
LARGE, SMALL = 1_000, 240  # dots of the longer side of what is drawn anew
TEMPLATE = Path(__file__).with_name("picture.typ")
DOTS_OF_A_POINT = 72  # at which a dot is a point

_JPEG, _PNG, _GIF, _RIFF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF"
_FRAMES = {0xC0, 0xC1, 0xC2}  # how a JPEG's dots are kept: only these are in use
_NEEDED = _FRAMES | {0xC4, 0xDB, 0xDD}
_ADOBE = b"Adobe"  # says how its colours are meant
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_TURNED = range(5, 9)  # of these the sides change places


SENTENCES = {
    "not_one": lazy_gettext("This file is not a picture. Please choose a photo."),
    "drawing": lazy_gettext(
        "This is a drawing that can hold programs, not a photo. Please choose a photo (.jpg or .png)."
    ),
    "other": lazy_gettext(
        "Pictures of this kind cannot be read here. Please save it as .jpg or .png and choose it again."
    ),
    "large": lazy_gettext(
        "This picture is very large. Please choose one below %(count)s MB.", count=LARGEST // 1_000_000
    ),
    "dots": lazy_gettext("This picture has too many points to be drawn. Please make it smaller and choose it again."),
    "broken": lazy_gettext("This picture is broken and cannot be drawn. Please take or choose another one."),
}


class NoPicture(LoyalAppError):
    """What cannot be taken. `code`: `not_one`, `drawing` (SVG), `other` kind, `large`, `dots` or `broken`."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code])
        self.code = code


@dataclass(frozen=True)
class Picture:
    """A clean picture, as large as it is kept, and `small` as a PNG for pages."""

    content: bytes
    mimetype: str
    width: int
    height: int
    small: bytes


def clean(content: bytes) -> Picture:
    """A picture that can be kept, shown and handed on.

    :raises NoPicture: for what is none, or one that we do not take.
    """
    if len(content) > LARGEST:
        raise NoPicture("large")
    width, height = _size(content)
    kept = _cleaned_jpeg(content) if content.startswith(_JPEG) and max(width, height) <= KEPT_SIDE else None
    if kept is not None and len(kept) <= KEPT_BYTES:
        return Picture(kept, "image/jpeg", width, height, _drawn(typeset_apart, content, width, height, SMALL))
    large = _drawn(typeset_apart, content, width, height, LARGE)
    sides = _png_size(large)
    return Picture(large, "image/png", *sides, _drawn(typeset, large, *sides, SMALL))


# ---- what it claims to be ----


def _size(content: bytes) -> tuple[int, int]:
    """Its sides as they are seen, read from its head alone."""
    try:
        width, height = _claimed(content)
    except (struct.error, IndexError) as error:
        raise NoPicture("broken") from error
    if not width or not height:
        raise NoPicture("broken")
    if width * height > MOST_DOTS or max(width, height) > MOST_ASIDE:
        raise NoPicture("dots")
    return width, height


def _claimed(content: bytes) -> tuple[int, int]:
    if content.startswith(_JPEG):
        return _jpeg_size(content)
    if content.startswith(_PNG):
        return _png_size(content)
    if content.startswith(_GIF):
        return struct.unpack("<HH", content[6:10])
    if content.startswith(_RIFF) and content[8:12] == b"WEBP":
        return _webp_size(content)
    raise NoPicture(_other_kind(content))


def _other_kind(content: bytes) -> str:
    head = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head or head.startswith(b"<?xml"):
        return "drawing"
    if content[4:8] == b"ftyp" or content[:2] == b"BM" or content[:4] in (b"II*\0", b"MM\0*"):
        return "other"
    return "not_one"


def _png_size(content: bytes) -> tuple[int, int]:
    if content[12:16] != b"IHDR":
        raise NoPicture("broken")
    return struct.unpack(">II", content[16:24])


def _webp_size(content: bytes) -> tuple[int, int]:
    kind, data = content[12:16], content[20:30]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[4:7], "little"), 1 + int.from_bytes(data[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", data[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise NoPicture("broken")


# ---- JPEG ----


def _jpeg_size(content: bytes) -> tuple[int, int]:
    orientation = 1
    for marker, data in _parts(content):
        if marker == 0xE1 and data.startswith(_EXIF):
            orientation = _orientation(data[len(_EXIF) :])
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[1:5])
            return (height, width) if orientation in _TURNED else (width, height)
    raise NoPicture("broken")


def _cleaned_jpeg(content: bytes) -> bytes | None:
    """The same dots without anything else; None if it is not put together as one would expect."""
    made = [b"\xff\xd8"]
    for marker, data in _parts(content):
        if marker == 0xD9:
            return b"".join([*made, b"\xff\xd9"])
        if marker == 0xE1 and data.startswith(_EXIF) and (orientation := _orientation(data[len(_EXIF) :])) > 1:
            made.insert(1, _only_orientation(orientation))
        if marker in _NEEDED or (marker == 0xEE and data.startswith(_ADOBE)):
            made.append(_part(marker, data))
        if marker == 0xDA:
            made += [b"\xff\xda", data]
    return None


def _parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The parts of a JPEG up to its end; that of a scan is given with its length and all its dots."""
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise NoPicture("broken")
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == 0xDA:
            end = _end_of_scan(content, at + 2)
            yield marker, content[at + 2 : end]
        else:
            end = at + 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
            yield marker, content[at + 4 : end]
        at = max(end, at + 2)
    if content[at : at + 2] == b"\xff\xd9":
        yield 0xD9, b""


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next part begins: an FF that is neither a dot's value (00) nor a mark between dots (D0 to D7)."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2
    return len(content)


def _part(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def _orientation(tiff: bytes) -> int:
    """Which way up it is held, 1 to 8; 1 where that is not said."""
    order = ">" if tiff[:2] == b"MM" else "<"
    try:
        at = struct.unpack(order + "I", tiff[4:8])[0]
        count = struct.unpack(order + "H", tiff[at : at + 2])[0]
        for number in range(min(count, 200)):
            tag, _kind, _count, value = struct.unpack(order + "HHIH", tiff[at + 2 + 12 * number :][:10])
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _only_orientation(value: int) -> bytes:
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
    return _part(0xE1, _EXIF + tiff)


# ---- drawn ----


def _drawn(draw: Callable[..., bytes], content: bytes, width: int, height: int, longest: int) -> bytes:
    """As PNG, the longer side at most so many dots; only what we drew ourselves is drawn in this process."""
    share = min(1.0, longest / max(width, height))
    sides = {"width": max(1, round(width * share)), "height": max(1, round(height * share))}
    try:
        return draw(TEMPLATE, sides, "png", DOTS_OF_A_POINT, pictures={"picture": content})
    except TemplateError as error:
        raise NoPicture("broken") from error
