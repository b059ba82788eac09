"""Wordings of one's own run in a sandbox: fields and nothing else, and mistakes are said in plain words."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from loyalapp import sdk
from plugins.greetings import templating

VALUES = {"name": "Tariq", "called": "Mr Tariq", "firm": "", "town": "Lahore", "me": "Nadia"}


def mistake(app, text: str, language: str = "en") -> str:
    with app.app_context(), sdk.in_language(language), pytest.raises(sdk.LoyalAppError) as caught:
        templating.say(text, VALUES)
    assert caught.value.field == "text"
    return str(caught.value)


FILLED = (
    ("A good year, {{ name }}.", "A good year, Tariq."),
    ("خوش رہیے، {{ نام }}۔", "خوش رہیے، Tariq۔"),
    ("ख़ुश रहिए, {{ नाम }}।", "ख़ुश रहिए, Tariq।"),
    ("Hello{% if firm %} at {{ firm }}{% endif %}, {{called}}.", "Hello, Mr Tariq."),
    ("{% if town %}All the best in {{ town }}.{% else %}All the best.{% endif %}", "All the best in Lahore."),
    ("No fields, only { braces } and 50 %.", "No fields, only { braces } and 50 %."),
)


def test_fields_are_put_in(app):
    with app.app_context():
        for text, said in FILLED:
            assert templating.say(text, VALUES) == said


REFUSED = (
    ("{% for one in name %}x{% endfor %}", "cannot repeat"),
    ("{% for %}", "cannot repeat"),
    ("{{ name() }}", "only be the name of a field"),
    ("{{ name.upper() }}", "only be the name of a field"),
    ("{{ name.__class__ }}", "only be the name of a field"),
    ("{{ name|upper }}", "only be the name of a field"),
    ("{{ name * 999999999 }}", "only be the name of a field"),
    ("{{ 9 ** 9 ** 9 }}", "only be the name of a field"),
    ("{{ [1, 2] }}", "only be the name of a field"),
    ("{% if name == 'x' %}y{% endif %}", "only be the name of a field"),
    ("{% set x = 1 %}", "can only ask whether"),
    ("{% include 'x' %}", "can only ask whether"),
    ("{% macro x() %}{% endmacro %}", "can only ask whether"),
    ("{% filter upper %}x{% endfilter %}", "can only ask whether"),
    ("{% magic %}", "can only ask whether"),
    ("{{ name", "do not fit together"),
    ("{{ }}", "do not fit together"),
    ("{% if name %}x", "do not fit together"),
    ("{{ " + "(" * 200 + "name" + ")" * 200 + " }}", "do not fit together"),
    ("Dear {name}, all the best", "do not fit together"),
    ("خوش رہیے، { نام }", "do not fit together"),
    ("{ {name} }", "do not fit together"),
    ("A good year }}", "do not fit together"),
    ("{% raw %}{{ name }}{% endraw %}", "do not fit together"),
    ("{{ our firm }}", "only be the name of a field"),
    ("{% if not firm %}x{% endif %}", "can only ask whether"),
    ("{{ NAME }}", "Did you mean “\u2068name\u2069”"),
    ("{{ nmae }}", "Did you mean “\u2068name\u2069”"),
    ("{{ cycler }}", "There is no field"),
    ("{{ self }}", "There is no field"),
    ("x" * 501, "too long"),
    ("x{{ called }}" * 38, "too long"),
    ("   ", "Please write a wording"),
    ("{{ firm }}", "says nothing"),
    ("{# nothing #}", "says nothing"),
)


def test_what_is_refused_is_said_in_plain_words(app):
    for text, said in REFUSED:
        assert said in mistake(app, text), text


@pytest.mark.parametrize("language", ["ur", "hi"])
def test_mistakes_are_said_in_the_readers_language(app, language):
    for text in (
        "{% for x in y %}{% endfor %}",
        "{{ name() }}",
        "{{ nmae }}",
        "{{ name",
        "{% set x = 1 %}",
        "",
        "y" * 501,
    ):
        assert sdk.address.script_of(mistake(app, text, language)) == language


@pytest.mark.parametrize("language", sdk.LANGUAGES)
def test_every_field_of_the_list_works_as_it_is_written_there(app, language):
    with app.app_context(), sdk.in_language(language):
        values = dict.fromkeys(templating.FIELDS, "x")
        fields = templating.fields()
        assert len(fields) == len(templating.FIELDS)
        assert all(templating.say(one.written, values) == "x" for one in fields)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=some.text(alphabet="{}%#| ()[].*'\"abnme\n_1", max_size=60))
def test_whatever_is_typed_ends_in_words_or_in_a_sentence(app, text):
    with app.app_context(), suppress(sdk.LoyalAppError):  # and nothing else
        assert 0 < len(templating.say(text, VALUES)) <= templating.LONGEST_SAID
