"""The words: catalogues complete in Urdu and Hindi and written as one writes there, plural rules, isolates."""

import re

import polib
import pytest

from loyalapp.core import catalogues, i18n, translating
from loyalapp.core.i18n import (
    direction,
    gettext,
    in_language,
    isolate,
    isolate_text,
    isolates_as_markup,
    ngettext,
    pgettext,
)
from tests.conftest import close, open_app, through_the_door

CATALOGUES = [(words, language) for words in translating.all_words() for language in translating.LANGUAGES]
each = pytest.mark.parametrize(("words", "language"), CATALOGUES, ids=lambda one: getattr(one, "domain", one))
PLURALS = {"ur": "nplurals=2; plural=(n != 1);", "hi": "nplurals=2; plural=(n > 1);"}


def entries(words, language) -> polib.POFile:
    file = words.catalogue(language)
    assert file.is_file(), f"{words.domain} has no catalogue in {language}"
    return polib.pofile(str(file))


# ---- what stands in the catalogues ----


def test_every_word_of_the_program_is_in_the_catalogues():
    found = []
    translating.check(found.append)

    assert found == []


@each
def test_header_names_language_and_plural_rule(words, language):
    about = entries(words, language).metadata

    assert about["Language"] == language
    assert re.sub(r"\s+", " ", about["Plural-Forms"]).strip() == PLURALS[language]
    assert "UTF-8" in about["Content-Type"].upper()


# ---- how they are spoken ----


@pytest.fixture
def speaking(app, tmp_path):
    """The app with a small catalogue of its own, made for these tests."""
    for language in ("ur", "hi"):
        folder = tmp_path / "words" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        mark = {"ur": "ا", "hi": "अ"}[language]
        (folder / "messages.po").write_text(
            f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
            f'"Plural-Forms: {PLURALS[language]}\\n"\n\nmsgid "%(num)s cow"\nmsgid_plural "%(num)s cows"\n'
            f'msgstr[0] "{mark} one %(num)s"\nmsgstr[1] "{mark} many %(num)s"\n\n'
            f'msgid "Hello, %(name)s"\nmsgstr "{mark} %(nome)s"\n\n'
            f'msgctxt "bird"\nmsgid "Crane"\nmsgstr "{mark} bird"\n',
            "utf-8",
        )
    app.extensions["babel"].instance.texts = i18n.Texts("messages", tmp_path / "words")
    return app


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ur", ["ا many 0", "ا one 1", "ا many 2"]),
        ("hi", ["अ one 0", "अ one 1", "अ many 2"]),
        ("en", ["0 cows", "1 cow", "2 cows"]),
    ],
)
def test_plurals_follow_the_language(speaking, language, said):
    with speaking.app_context(), in_language(language):
        assert [ngettext("%(num)s cow", "%(num)s cows", number) for number in (0, 1, 2)] == said


def test_a_broken_placeholder_gives_way_to_the_source(speaking):
    with speaking.app_context(), in_language("ur"):
        assert gettext("Hello, %(name)s", name="Sana") == "Hello, Sana"


def test_the_same_word_in_another_meaning(speaking):
    with speaking.app_context(), in_language("hi"):
        assert (pgettext("bird", "Crane"), gettext("Crane")) == ("अ bird", "Crane")


def test_every_name_may_be_a_placeholder(app):
    with app.app_context(), in_language("en"):
        said = gettext("%(text)s %(string)s %(self)s %(context)s", text="a", string="b", self="c", context="d")

    assert said == "a b c d"


def test_a_language_needs_an_app():
    with pytest.raises(RuntimeError), in_language("ur"):
        pass


def test_two_apps_in_one_process_speak_their_own_words(tmp_path, prepared, app):
    other = open_app(tmp_path / "other")
    folder = tmp_path / "words" / "ur" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Hm"\nmsgstr "ہوں"\n', "utf-8"
    )
    other.extensions["babel"].instance.texts = i18n.Texts("messages", tmp_path / "words")
    with other.app_context(), in_language("ur"):
        there = gettext("Hm")
    with app.app_context(), in_language("ur"):
        here = gettext("Hm")
    close(other)

    assert (there, here) == ("ہوں", "Hm")


def test_catalogue_is_made_anew_when_it_changed_and_elsewhere_when_the_folder_is_read_only(tmp_path, monkeypatch):
    folder = tmp_path / "ur" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "messages.po"
    source.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Hm"\nmsgstr "ہوں"\n', "utf-8"
    )
    first = catalogues.compiled_catalogue(source, None)
    assert first == source.with_suffix(".mo")

    first.unlink()

    def refused(_source, target):
        if target.parent == folder:
            raise PermissionError
        return kept(_source, target)

    kept = catalogues._compile
    monkeypatch.setattr(catalogues, "_compile", refused)
    elsewhere = tmp_path / "work"
    elsewhere.mkdir()
    assert catalogues.compiled_catalogue(source, elsewhere).parent == elsewhere


@pytest.mark.parametrize(
    ("language", "way"), [("ur", "rtl"), ("hi", "ltr"), ("en", "ltr"), ("ur-Latn", "ltr"), ("hi-Latn", "ltr")]
)
def test_direction(language, way):
    assert direction(language) == way


def test_values_are_isolated_and_escaped():
    assert "<script>" not in isolate("<script>")
    assert isolate("عمران").startswith("<bdi")
    assert isolate("") == isolate(None) == ""
    assert isolate_text("x")[0] + isolate_text("x")[-1] == "\u2068\u2069"


def test_a_sentence_made_in_python_shows_its_values_as_the_filters_do():
    number, name = isolate_text("+92 300 1234567", ltr=True), isolate_text("گلشن <b>")
    assert isolates_as_markup(f"Call {name} & say {number}") == (
        'Call <bdi dir="auto" lang="ur" class="tall">گلشن &lt;b&gt;</bdi> &amp; say '
        '<bdi dir="ltr" class="ltr">+92 300 1234567</bdi>'
    )
    nested = isolates_as_markup(isolate_text(f"outer {isolate_text('inner')}"))
    assert nested == '<bdi dir="auto">outer <bdi dir="auto">inner</bdi></bdi>'


def test_a_long_path_may_fold_and_a_number_may_not():
    assert isolate("C:/Users/Muhammad/AppData/Local/LoyalApp", "ltr").startswith('<bdi dir="ltr" class="ltr path">')
    assert isolate("+92 300 1234567", "ltr").startswith('<bdi dir="ltr" class="ltr">')


def test_names_of_languages_stand_in_their_own_letters_on_every_page(client):
    page = client.get("/help/").get_data(as_text=True)

    assert all(f">{name}</button>" in page for name in ("اردو", "हिन्दी", "English"))


def test_language_of_a_start_wins_over_the_stored_one(data_dir):
    app = open_app(data_dir, language="hi")
    page = through_the_door(app).get("/").get_data(as_text=True)
    close(app)

    assert '<html lang="hi" dir="ltr">' in page
