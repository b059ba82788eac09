"""Which characters our fonts can draw."""

from loyalapp.core.glyphs import drawable, undrawable
from tests.plugins.greetings import pictures


def test_our_scripts_emoji_and_money_are_drawn():
    assert undrawable("سلام، ٹھیک ہے۔ नमस्ते ₹500 Rs 🎂🙏 “Ayesha” – ok\u200d…") == ""


def test_letters_of_other_scripts_are_named_once_each():
    assert undrawable("தாத்தா and ਸਸ") == "தਸ"


def test_another_reader_of_the_fonts_finds_the_same():
    assert drawable() == pictures.drawable()
