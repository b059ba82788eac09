"""The words of problems: complete in three languages on the page, and in five to the customer."""

import tomllib

import polib
import pytest

from loyalapp import sdk
from plugins.issues import saying, sentences
from tests.sources import ROOT

HOME = ROOT / "plugins" / "issues"
WORDS = tomllib.loads((HOME / "words.toml").read_text("utf-8"))
ENDS = {"ur": "۔؟", "hi": "।?", "en": ".?", "ur-Latn": ".?", "hi-Latn": ".?"}
ANSWERS = {"easy", "so_so", "hard"}


@pytest.mark.parametrize("key", WORDS)
def test_what_is_said_is_there_in_all_message_languages(key):
    assert set(WORDS[key]) == set(sdk.MESSAGE_LANGUAGES)
    for language, text in WORDS[key].items():
        assert text == sdk.plain(text)
        assert (text[-1] in ENDS[language]) == (key not in ANSWERS), (language, text)
        if language == "ur":
            assert not set(text) & set("،,;?") - {"،"}, text


@pytest.mark.parametrize("language", sdk.MESSAGE_LANGUAGES)
def test_the_question_names_the_three_answers_as_they_stand_below(language):
    assert all(WORDS[one][language] in WORDS["ask"][language] for one in ANSWERS)


def test_another_language_comes_with_its_meaning(app):
    with app.test_request_context(), sdk.in_language("en"):
        urdu, roman, english = (saying.say("check", one) for one in ("ur", "ur-Latn", "en"))

    assert (urdu.lang, urdu.direction, urdu.meaning) == ("ur", "rtl", WORDS["check"]["en"])
    assert (roman.lang, roman.direction) == ("en", "ltr")
    assert urdu.text == f"”{WORDS['check']['ur']}“"
    assert english.meaning == ""


@pytest.mark.parametrize("language", ["ur", "hi"])
def test_the_catalogue_is_complete(language):
    catalogue = polib.pofile(str(HOME / "translations" / language / "LC_MESSAGES" / "issues.po"))

    assert catalogue.metadata["Language"] == language
    assert [one.msgid for one in catalogue if not one.translated() or one.fuzzy] == []


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
@pytest.mark.parametrize("times", [1, 2, 11])
def test_effort_is_said_in_words(app, language, times):
    with app.test_request_context(), sdk.in_language(language):
        contacts, handed_on = sentences.contacts(times), sentences.handed_on(times)

    assert contacts[-1] == ENDS[language][0]
    assert (str(times) in contacts) == (times != 1)
    assert handed_on[-1] == ENDS[language][0]
    assert sentences.handed_on(0) == ""


def test_long_words_are_shortened_at_a_word():
    assert sentences.short("It leaks\nat the seam") == "It leaks at the seam"
    assert len(sentences.short("leak " * 100)) <= sentences.SHORT
    assert sentences.short("leak " * 100).endswith("leak …")
    assert sentences.short("x" * 500) == "x" * (sentences.SHORT - 2) + " …"
