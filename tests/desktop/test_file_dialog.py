"""Qt's dialog for files in our languages: only its own words, whatever key goes with them."""

import pytest

from loyalapp.core.paths import PACKAGE
from loyalapp.desktop.file_dialog import FONTS, WORDS, said


@pytest.mark.parametrize(
    ("source", "language", "words"),
    [("&Open", "ur", "کھولیں"), ("File &name:", "hi", "फ़ाइल का नाम:"), ("&Open", "en", None), ("&Open", None, None)],
)
def test_words_of_the_dialog(source, language, words):
    assert said("QFileDialog", source, language) == words


def test_what_we_do_not_know_and_what_is_of_no_dialog_stays_as_qt_has_it():
    assert said("QFileDialog", "Something new", "ur") is None
    assert said("QMenu", "Open", "ur") is None


@pytest.mark.parametrize("source", WORDS)
def test_every_word_is_there_in_both_languages_and_keeps_its_pattern_of_files(source):
    assert set(WORDS[source]) == {"ur", "hi"}
    assert all(("(*)" in one) == ("(*)" in source) for one in WORDS[source].values())


@pytest.mark.parametrize("file", [file for _family, file in FONTS.values()])
def test_its_fonts_come_with_the_program(file):
    assert (PACKAGE / "web" / "static" / "fonts" / "ttf" / file).is_file()
