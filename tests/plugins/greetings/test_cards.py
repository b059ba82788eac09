"""The pictures of the cards: beautiful once looked at, and the same ever since."""

import pytest

from plugins.greetings import ours
from plugins.greetings.occasions import entry
from plugins.greetings.ours import DESIGNS
from tests.plugins.greetings import pictures
from tests.plugins.greetings.pictures import ENDLESS, LONG, SHAPES, SHORT, STORED, difference, draw, pixels, size_of

LANGUAGES = ("ur", "hi", "en", "ur-Latn", "hi-Latn")
MOST_DIFFERENCE = 1.5  # of 255 on average: another way of smoothing edges passes, a moved line does not


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("language", LONG)
def test_cards_look_as_when_they_were_looked_at(design, language):
    stored = (STORED / f"{design}-{language}.png").read_bytes()
    assert difference(draw(design, language, LONG[language], SHAPES[language]), stored) < MOST_DIFFERENCE


def test_the_comparison_sees_another_name():
    changed = {**LONG["ur"], "to": "جناب طارق بھٹی صاحب"}
    assert difference(draw("eid", "ur", changed), (STORED / "eid-ur.png").read_bytes()) > MOST_DIFFERENCE


def test_every_design_that_comes_with_us_is_offered_and_has_a_name(app):
    files = {one.stem for one in pictures.DESIGNS.glob("*.typ")} - {"parts"}
    assert set(DESIGNS) == files
    assert len(files) >= 12
    with app.test_request_context():
        assert len({ours.name(one) for one in DESIGNS}) == len(DESIGNS)
    named = {one for designs in ours.FITTING.values() for one in designs}
    assert named <= files
    assert all(entry(key) for key in ours.FITTING), "each is an occasion of the table"


@pytest.mark.parametrize(
    ("size", "ppi", "dots"),
    [("square", 72, (540, 540)), ("portrait", 72, (540, 761)), ("a6", 25.4, (105, 148)), ("a5", 25.4, (148, 210))],
)
def test_phones_get_1080_dots_at_144_and_prints_their_paper(size, ppi, dots):
    assert size_of(draw("plain", "en", LONG["en"], size=size, ppi=ppi)) == dots


@pytest.mark.parametrize("design", DESIGNS)
def test_a_picture_for_whatsapp_is_sharp_and_under_400_kb(design):
    made = draw(design, "en", LONG["en"], size="portrait", ppi=144)
    assert size_of(made)[0] == 1080
    assert len(made) < 400_000


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("text", [ENDLESS, dict.fromkeys(SHORT, "🎂🎉")])
def test_strange_words_are_drawn_too(design, text):
    for language in ("ur", "en"):
        assert draw(design, language, text, size=SHAPES["hi" if language == "en" else "ur"], ppi=8)


@pytest.mark.parametrize("design", [one for one in DESIGNS if one != "anniversary"])  # its ledger runs to the edge
def test_nothing_is_cut_off_at_the_edge(design):
    """The outermost dots are the same with and without words: no stroke leaves the card."""
    nothing = dict.fromkeys(LONG["en"], "")
    for words in (LONG, dict.fromkeys(LONG, ENDLESS)):
        for language in ("ur", "en"):
            assert _edge(draw(design, language, words[language])) == _edge(draw(design, language, nothing))


def test_logo_and_signature_stand_on_the_card():
    sign = tuple((STORED / "plain-en.png").read_bytes())
    for design in ("plain", "anniversary", "garden"):
        with_it = draw(design, "en", {**LONG["en"], "logo": sign, "hand": sign})
        assert difference(with_it, draw(design, "en", LONG["en"])) > MOST_DIFFERENCE


def _edge(png: bytes) -> bytes:
    width, height, step, rows = pixels(png)
    lines = [rows[y * width * step : (y + 1) * width * step] for y in range(height)]
    return b"".join([*lines[:2], *lines[-2:], *(line[: 2 * step] + line[-2 * step :] for line in lines)])


def test_years_are_flowers():
    assert len({draw("anniversary", "en", LONG["en"], years=years) for years in (1, 2, 5, 12, 25)}) == 5


def test_the_fonts_can_draw_every_letter_of_our_words():
    known = pictures.drawable()
    catalogues = [*pictures.DESIGNS.parent.rglob("*.po"), *pictures.DESIGNS.parent.rglob("*.toml")]
    text = "".join(file.read_text("utf-8") for file in catalogues) + "₹₨🎂🙏“”–…۔؟،।"
    missing = {one for one in text if ord(one) not in known and one >= " "}
    assert not missing, sorted(missing)
