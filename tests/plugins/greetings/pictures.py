"""Cards to compare with: the words they carry, a reader for PNG files, and what the fonts can draw.

`python -m tests.plugins.greetings.pictures` draws every stored card anew: look at each one before keeping it.
"""

import struct
import zlib
from pathlib import Path

from loyalapp.core.typeset import FONTS, typeset

STORED = Path(__file__).with_name("cards")
DESIGNS = Path(__file__).parents[3] / "plugins" / "greetings" / "designs"
SMALL = 15  # dots per inch: 112 dots across, small files, and still every stroke
SHAPES = {"ur": "square", "hi": "portrait", "en": "square"}  # so that each design is seen in both

LONG = {
    "ur": {
        "greet": "آپ کو نئے کارخانے کی بہت مبارک",
        "to": "محترم جناب الحاج ڈاکٹر شیخ محمد عبدالرحمٰن گنگوہی کاظمی صاحب (گلشنِ اقبال والے)",
        "wish": "آپ کو، بچوں کو اور سب گھر والوں کو دلی مبارکباد قبول ہو، کاروبار، صحت اور عمر میں برکت ہو۔",
        "own": "گنگا رام ہسپتال کے پیچھے والی ورکشاپ کی، JK-8700 مشینوں کی اور بیٹے کی کامیابی کی، +92 300 1234567۔",
        "sender": "نادیہ پروین گل",
        "place": "انمول مشینری اینڈ سنز پرائیویٹ لمیٹڈ، گلبرگ تھری، لاہور",
        "since": "5 مارچ 2021 سے",
    },
    "hi": {
        "greet": "आपके नए कारख़ाने की बहुत-बहुत बधाई",
        "to": "श्रीमान डॉक्टर चक्रवर्ती वेंकटसुब्रमण्यम राजगोपालाचारी श्रीनिवासन अय्यंगार जी (लक्ष्मी रोड वाले)",
        "wish": "आपको, भाभी जी को, बच्चों को और पूरे परिवार को ढेरों शुभकामनाएँ, कारोबार, सेहत और उम्र में बरकत हो।",
        "own": "लक्ष्मी रोड के नए काउंटर, तीन नई JK-8700 मशीनों और ₹1,25,000 की बचत की भी बधाई 🙏।",
        "sender": "नेहा श्रीवास्तव",
        "place": "अनमोल मशीनरी ऐंड सन्स प्राइवेट लिमिटेड, माल रोड, कानपुर",
        "since": "5 मार्च 2021 से",
    },
    "en": {
        "greet": "Many happy returns of this lovely day",
        "to": "Dear Dr Chakravarthi Venkatasubramanyam Rajagopalachari Srinivasan Iyengar",
        "wish": "Our very best wishes to you, the children and everybody in the workshop, for many seasons to come.",
        "own": "Your first JK-8700 is still the one you like best, you told us; may the three new ones run as long.",
        "sender": "Neha Srivastava",
        "place": "Anmol Machinery and Sons Private Limited, Laxmi Road, Pune",
        "since": "Since 5 March 2021",
    },
}
ENDLESS = {**LONG["en"], "to": "W" * 200, "greet": "W" * 60}
SHORT = {"greet": "عید", "to": "گل", "wish": "مبارک۔", "own": "", "sender": "", "place": "", "since": ""}


def draw(
    design: str, language: str, words: dict[str, str], size: str = "square", years: int = 5, ppi: float = SMALL
) -> bytes:
    """One card as PNG."""
    return typeset(DESIGNS / f"{design}.typ", {**words, "language": language, "size": size, "years": years}, "png", ppi)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def pixels(png: bytes) -> tuple[int, int, int, bytes]:
    """Width, height, bytes per pixel, and the rows of a PNG with 8 bits a channel."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert depth == 8
    channels = {2: 3, 6: 4}[kind]
    packed, at = b"", 8
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        if name == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += 12 + length
    return width, height, channels, _unfiltered(zlib.decompress(packed), width * channels, height, channels)


def _unfiltered(raw: bytes, stride: int, height: int, step: int) -> bytes:
    rows, before = bytearray(), bytearray(stride)
    for y in range(height):
        method, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1 : (y + 1) * (stride + 1)])
        for x in range(stride) if method else ():
            left = line[x - step] if x >= step else 0
            corner = before[x - step] if x >= step else 0
            line[x] = (line[x] + _guess(method, left, before[x], corner)) & 255
        rows += line
        before = line
    return bytes(rows)


def _guess(method: int, left: int, above: int, corner: int) -> int:
    if method < 4:
        return (0, left, above, (left + above) // 2)[method]
    near = left + above - corner
    return min((left, above, corner), key=lambda one: abs(near - one))


def difference(first: bytes, second: bytes) -> float:
    """How far two pictures differ on average, from 0 to 255."""
    one, two = pixels(first), pixels(second)
    assert one[:3] == two[:3], "the pictures have different sizes"
    return sum(abs(a - b) for a, b in zip(one[3], two[3], strict=True)) / len(one[3])


def drawable() -> set[int]:
    """Every character that at least one of our TTF fonts can draw."""
    found: set[int] = set()
    for file in FONTS.glob("*.ttf"):
        found |= _characters(file.read_bytes())
    return found


def _characters(font: bytes) -> set[int]:
    tables = struct.unpack(">H", font[4:6])[0]
    entries = (struct.unpack(">4sIII", font[12 + 16 * k : 28 + 16 * k]) for k in range(tables))
    cmap = next(offset for tag, _sum, offset, _length in entries if tag == b"cmap")
    found: set[int] = set()
    for k in range(struct.unpack(">H", font[cmap + 2 : cmap + 4])[0]):
        at = cmap + struct.unpack(">I", font[cmap + 8 + 8 * k : cmap + 12 + 8 * k])[0]
        form = struct.unpack(">H", font[at : at + 2])[0]
        if form == 4:
            found |= _segments(font, at)
        elif form == 12:
            groups = struct.unpack(">I", font[at + 12 : at + 16])[0]
            for g in range(groups):
                first, last, _glyph = struct.unpack(">III", font[at + 16 + 12 * g : at + 28 + 12 * g])
                found |= set(range(first, last + 1))
    return found


def _segments(font: bytes, at: int) -> set[int]:
    count = struct.unpack(">H", font[at + 6 : at + 8])[0] // 2
    lasts = struct.unpack(f">{count}H", font[at + 14 : at + 14 + 2 * count])
    firsts = struct.unpack(f">{count}H", font[at + 16 + 2 * count : at + 16 + 4 * count])
    return {
        code for first, last in zip(firsts, lasts, strict=True) for code in range(first, last + 1) if code != 0xFFFF
    }


if __name__ == "__main__":
    STORED.mkdir(exist_ok=True)
    for chosen in sorted(one.stem for one in DESIGNS.glob("*.typ") if one.stem != "parts"):
        for spoken, text in LONG.items():
            (STORED / f"{chosen}-{spoken}.png").write_bytes(draw(chosen, spoken, text, SHAPES[spoken]))
