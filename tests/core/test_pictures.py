"""A picture from outside is known by its content, refused before it could do harm, and keeps nothing but its dots."""

import struct
import zlib
from pathlib import Path

import pytest

from loyalapp.core import pictures
from loyalapp.core.pictures import NoPicture, clean

HERE = Path(__file__).parent / "pictures"
JPEG = (HERE / "part.jpg").read_bytes()
WEBP = (HERE / "part.webp").read_bytes()
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


def png(width: int, height: int, *, rows: int | None = None) -> bytes:
    """A grey PNG that says it has these sides; its dots are only so many rows."""
    dots = zlib.compress(b"\0" * ((1 + width) * (height if rows is None else rows)), 9)
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", dots), (b"IEND", b"")]
    made = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def with_secrets(orientation: int = 1) -> bytes:
    """The JPEG as a phone makes it: with place and comment in it, and something hanging behind its end."""
    tiff = b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0) + b"GPS 31.5204 74.3587"
    exif = b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff
    comment = b"\xff\xfe" + struct.pack(">H", 2 + 11) + b"SECRET NOTE"
    return JPEG[:2] + exif + comment + JPEG[2:] + b"<script>alert('SECRET TAIL')</script>"


def refused(content: bytes) -> str:
    with pytest.raises(NoPicture) as found:
        clean(content)
    return found.value.code


def test_a_photo_loses_place_comment_and_tail_and_keeps_its_dots():
    made = clean(with_secrets())

    assert made.mimetype == "image/jpeg"
    assert (made.width, made.height) == (96, 64)
    assert made.content.startswith(b"\xff\xd8")
    assert made.content.endswith(b"\xff\xd9")
    for secret in (b"GPS", b"31.5204", b"SECRET", b"script", b"Exif"):
        assert secret not in made.content
    scan = JPEG[JPEG.index(b"\xff\xda") : JPEG.rindex(b"\xff\xd9")]
    assert scan in made.content, "the dots are the same"
    assert made.small.startswith(b"\x89PNG")


def test_a_photo_held_upright_stays_upright_without_its_place():
    made = clean(with_secrets(orientation=6))

    assert (made.width, made.height) == (64, 96), "as it is seen"
    assert b"GPS" not in made.content
    assert b"Exif" in made.content, "only which way up it is held"
    assert struct.unpack(">II", made.small[16:24]) == (64, 96)


@pytest.mark.parametrize("content", [png(40, 30), WEBP, GIF], ids=["png", "webp", "gif"])
def test_every_other_kind_is_drawn_anew(content):
    made = clean(content + b"SECRET TAIL")

    assert made.mimetype == "image/png"
    assert made.content.startswith(b"\x89PNG")
    assert b"SECRET" not in made.content


def test_a_large_photo_is_made_smaller():
    made = clean(png(3000, 1500))

    assert (made.width, made.height) == (1000, 500)
    assert struct.unpack(">II", made.small[16:24]) == (240, 120)


def test_a_broken_jpeg_that_can_still_be_drawn_is_drawn_anew():
    made = clean(JPEG[: len(JPEG) * 2 // 3])

    assert made.mimetype == "image/png"


@pytest.mark.parametrize("sides", [(30_000, 30_000), (60_000, 10), (7_800, 7_800), (2**31 - 1, 2**31 - 1)])
def test_a_picture_of_very_many_dots_is_refused_before_anything_is_drawn(monkeypatch, sides):
    monkeypatch.setattr(pictures, "typeset_apart", lambda *_a, **_k: pytest.fail("it was drawn"))

    assert (
        refused(
            png(*sides, rows=1)
            if sides[0] < 10**6
            else b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", *sides)
        )
        == "dots"
    )


def test_a_very_large_file_is_refused_unseen(monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST", 100)

    assert refused(JPEG) == "large"


def test_a_picture_that_lies_about_its_size_is_refused():
    assert refused(png(400, 300, rows=2)) == "broken"
    assert refused(png(0, 300)) == "broken"


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xef\xbb\xbf  <?xml version='1.0'?><svg onload='alert(1)'/>",
        b"<!-- a --><SVG></SVG>",
    ],
)
def test_a_drawing_with_a_script_is_refused(content):
    assert refused(content) == "drawing"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_one"),
        (b"<html><script>alert(1)</script>", "not_one"),
        (b"MZ\x90\0 a program", "not_one"),
        (b"%PDF-1.7", "not_one"),
        (b"PK\x03\x04", "not_one"),
        (b"\0\0\0\x18ftypheic", "other"),
        (b"BM\x36", "other"),
        (b"\xff\xd8\xff", "broken"),
        (b"\xff\xd8\xff\xe0\0\x02" * 50, "broken"),
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (b"GIF89a", "broken"),
        (b"RIFF\0\0\0\0WEBPVP8X", "broken"),
        (b"\xff\xd8\xff\xc0\0\x0b\x08\0\x10\0\x10\x01\x01\x11\0\xff\xd9", "broken"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_is_named(content, code):
    assert refused(content) == code
