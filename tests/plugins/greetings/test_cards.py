"""The pictures of the cards: beautiful once looked at, and the same ever since."""

import pytest

from plugins.greetings import words
from plugins.greetings.occasions import ALL, DESIGNS, designs_for
from tests.plugins.greetings import pictures
from tests.plugins.greetings.pictures import ENDLESS, LONG, SHORT, STORED, difference, draw, pixels, size_of

LANGUAGES = ("ur", "hi", "en", "ur-Latn", "hi-Latn")
MOST_DIFFERENCE = 1.5  # of 255 on average: another way of smoothing edges passes, a moved line does not


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("language", LONG)
def test_cards_look_as_when_they_were_looked_at(design, language):
    stored = (STORED / f"{design}-{language}.png").read_bytes()
    assert difference(draw(design, language, LONG[language]), stored) < MOST_DIFFERENCE


def test_the_comparison_sees_another_name():
    changed = {**LONG["ur"], "to": "جناب طارق بھٹی صاحب"}
    assert difference(draw("eid", "ur", changed), (STORED / "eid-ur.png").read_bytes()) > MOST_DIFFERENCE


@pytest.mark.parametrize("design", DESIGNS)
def test_square_is_1080_dots_and_a6_is_a6(design):
    assert size_of(draw(design, "en", LONG["en"], ppi=144)) == (1080, 1080)
    assert size_of(draw(design, "en", LONG["en"], size="a6", ppi=25.4)) == (105, 148)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("language", LONG)
def test_a_picture_for_whatsapp_is_under_400_kb(design, language):
    assert len(draw(design, language, LONG[language], ppi=144)) < 400_000


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("size", ["square", "a6"])
@pytest.mark.parametrize(
    "text", [ENDLESS, SHORT, dict.fromkeys(SHORT, ""), dict.fromkeys(SHORT, "🎂🎉"), dict.fromkeys(SHORT, "۔")]
)
def test_strange_words_are_drawn_too(design, size, text):
    for language in ("ur", "en"):
        assert draw(design, language, text, size=size)


@pytest.mark.parametrize("design", ["garden", "eid", "diwali"])  # the ledger of the vine runs to the edge by design
@pytest.mark.parametrize("language", LONG)
def test_nothing_is_cut_off_at_the_edge(design, language):
    """The outermost dots are the same with and without words: no stroke leaves the card."""
    empty = dict.fromkeys(LONG["en"], "")
    assert _edge(draw(design, language, LONG[language])) == _edge(draw(design, language, empty))


def _edge(png: bytes) -> bytes:
    width, height, step, rows = pixels(png)
    lines = [rows[y * width * step : (y + 1) * width * step] for y in range(height)]
    return b"".join([*lines[:2], *lines[-2:], *(line[: 2 * step] + line[-2 * step :] for line in lines)])


def test_years_are_flowers():
    assert len({draw("anniversary", "en", LONG["en"], years=years) for years in (1, 2, 5, 12, 25)}) == 5


@pytest.mark.parametrize("occasion", ALL)
def test_every_occasion_has_words_in_every_language_and_a_design(occasion):
    assert set(designs_for(occasion)) <= set(DESIGNS)
    for language in LANGUAGES:
        assert words.greet(occasion, language, 5)
        found = words.wishes(occasion, language, 5)
        assert len(found) >= 2
        assert len(set(found)) == len(found)
        assert not any("{" in one for one in [*found, words.greet(occasion, language, 30)])


def test_the_fonts_can_draw_every_letter_of_our_words():
    known = pictures.drawable()
    catalogues = [*pictures.DESIGNS.parent.rglob("*.po"), words.FILE]
    text = "".join(file.read_text("utf-8") for file in catalogues) + "₹₨🎂🙏“”–…۔؟،।"
    missing = {one for one in text if ord(one) not in known and one >= " "}
    assert not missing, sorted(missing)
