"""Digits of the script in our own sentences: what is a number changes, what goes with Latin letters stays."""

import re

import pytest

from loyalapp.core.i18n import gettext, in_language, ngettext
from loyalapp.core.native import in_words
from loyalapp.features.settings import service as settings
from tests.walk import speak

ASCII_DIGIT = re.compile("[0-9]")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("پچھلے 30 دن", "پچھلے ۳۰ دن"),
        ("%(count2)s میں سے 9", "%(count2)s میں سے ۹"),
        ("F1 یا Ctrl+Alt+1، A6 پر، .loyalbackup", "F1 یا Ctrl+Alt+1، A6 پر، .loyalbackup"),
        ('<a href="/x/12">12</a> &#39;', '<a href="/x/12">۱۲</a> &#39;'),
        ("25/12/2026، 9:00", "۲۵/۱۲/۲۰۲۶، ۹:۰۰"),
    ],
)
def test_numbers_in_words(words, shown):
    assert in_words(words, "ur") == shown


def test_choice_holds_at_once_in_every_sentence_and_can_be_taken_back(app, client):
    """Of words, of templates (kept when they were first drawn), and of numbers that are counted."""
    speak(client, "ur")
    before = client.get("/help/safety").get_data(as_text=True)
    with app.app_context():
        settings.save_firm(settings.firm()._replace(digits="native"))
        with in_language("ur"):
            said = gettext("After %(count)s minutes, 30 days", count=3), ngettext("%(num)s day", "%(num)s days", 12)
    native = client.get("/help/safety").get_data(as_text=True)
    with app.app_context():
        settings.save_firm(settings.firm()._replace(digits="latin"))

    assert said[1] == "۱۲ days"
    assert ASCII_DIGIT.search(_manual(before))
    assert not ASCII_DIGIT.search(_manual(native))
    assert client.get("/help/safety").get_data(as_text=True) == before


def _manual(html: str) -> str:
    """The text of the help, without its tags and the keys that it names."""
    text = html.partition('matter manual">')[2].partition("</div>")[0]
    return re.sub(r"<[^>]*>|\bF\d+\b|\S*[A-Za-z]\S*", "", text)
