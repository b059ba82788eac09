"""The page before the server answers: in the right direction, nothing to be fetched, and no word of it is code."""

import pytest

from loyalapp.desktop.loading import plain_page
from loyalapp.desktop.words import NATIVE, SENTENCES, native_words, sentence


@pytest.mark.parametrize(("language", "direction"), [("ur", "rtl"), ("hi", "ltr"), ("en", "ltr")])
def test_it_says_its_sentence_in_its_direction_and_needs_nothing_else(language, direction):
    page = plain_page(sentence("opening", language), language, is_under_way=True)

    assert f'<html lang="{language}" dir="{direction}">' in page
    assert SENTENCES["opening"][language] in page
    assert "<i " in page
    bare = page.replace("http://www.w3.org/2000/svg", "")
    assert not [one for one in ("http://", "https://", "src=", "<script", "url(") if one in bare]


def test_in_a_language_that_was_added_later_the_frame_of_the_window_speaks_english():
    assert sentence("copy", "sd") == SENTENCES["copy"]["en"]


def test_a_name_in_it_is_no_code():
    assert "<b>" not in plain_page("<b>x", "en")
    assert "<i " not in plain_page("x", "en"), "nothing moves where there is nothing to wait for"


def test_words_of_the_system_are_there_in_both_languages():
    assert all(set(words) == {"ur", "hi"} for words in NATIVE.values())
    assert native_words("en") == {}
