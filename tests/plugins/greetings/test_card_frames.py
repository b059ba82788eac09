"""What stands on a card stays inside its frame, and who signs stands in whole lines."""

import struct
import subprocess
import zlib

import pytest

from loyalapp.core.typeset import typeset
from plugins.greetings.ours import DESIGNS
from tests.plugins.greetings.pictures import DESIGNS as HOME
from tests.plugins.greetings.pictures import LONG, draw, pixels

BAND = 7  # hundredths of the width at each side that no letter or picture reaches


def strip(width: int, height: int) -> bytes:
    """A red PNG, as wide and flat as the lettering of a firm."""

    def piece(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = (b"\x00" + b"\xc8\x1e\x28" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", head) + piece(b"IDAT", zlib.compress(rows)) + piece(b"IEND", b"")


def columns(png: bytes, first: int, last: int) -> list[bytes]:
    """The dots between two hundredths of the width, row by row."""
    width, height, step, rows = pixels(png)
    begin, end = width * first // 100 * step, width * last // 100 * step
    return [rows[y * width * step + begin : y * width * step + end] for y in range(height)]


@pytest.mark.parametrize("design", [one for one in DESIGNS if one != "anniversary"])
def test_two_wide_pictures_of_the_firm_stay_inside_the_frame(design):
    wide = tuple(strip(180, 24))
    made = draw(design, "en", {**LONG["en"], "logo": wide, "hand": wide}, "a6", ppi=40)
    nothing = draw(design, "en", dict.fromkeys(LONG["en"], ""), "a6", ppi=40)

    assert columns(made, 0, BAND) == columns(nothing, 0, BAND)
    assert columns(made, 100 - BAND, 100) == columns(nothing, 100 - BAND, 100)


@pytest.mark.parametrize("size", ["square", "portrait", "a6", "a5"])
def test_they_do_not_lie_on_the_vine_of_the_years(size):
    sign = tuple(strip(60, 20))
    with_them = draw("anniversary", "ur", {**LONG["ur"], "logo": sign, "hand": sign}, size, ppi=40)

    assert columns(with_them, 69, 100) == columns(draw("anniversary", "ur", LONG["ur"], size, ppi=40), 69, 100)


def lines_of(design: str, words: dict[str, str], path) -> list[str]:
    path.write_bytes(typeset(HOME / f"{design}.typ", {**words, "language": "en", "size": "a6", "years": 5}, "pdf"))
    said = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return [" ".join(line.split()) for line in said.stdout.splitlines() if line.strip()]


@pytest.mark.parametrize("design", ["plain", "girih"])
def test_a_firm_that_does_not_fit_beside_the_person_stands_below(design, tmp_path):
    words = {**LONG["en"], "sender": "Neha Srivastava", "place": "Anmol Machinery, Kanpur"}
    apart = lines_of(design, words, tmp_path / "card.pdf")
    beside = lines_of(design, {**words, "place": "Pune"}, tmp_path / "card.pdf")

    assert apart[-2:] == ["Neha Srivastava", "Anmol Machinery, Kanpur"]
    assert beside[-1] == "Neha Srivastava, Pune"
