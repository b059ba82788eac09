"""What `loyalapp translate` tells a translator: what is missing, what looks wrong, and what a short word means."""

import pytest
from click.testing import CliRunner

from loyalapp.cli import main
from loyalapp.core import new_tongue, tongues, translating
from loyalapp.core.i18n import LANGUAGES

HEAD = 'msgid ""\nmsgstr ""\n"Language: {0}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
SOURCE = '''"""A plugin that says two things."""

from loyalapp import sdk

_ = sdk.texts("two_things").gettext


def said() -> tuple[str, str]:
    """A word, and a sentence."""
    return _("Save"), _("Saved for %(name)s.", name="Sana")
'''


@pytest.fixture
def plugin(tmp_path):
    """The words of a small plugin; `write` fills its catalogues."""
    folder = tmp_path / "two_things"
    folder.mkdir()
    (folder / "plugin.py").write_text(SOURCE, "utf-8")
    return translating.words_of_plugin(folder)


def write(words, language: str, entries: str) -> None:
    """A catalogue with these entries."""
    file = words.catalogue(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEAD.format(language) + entries, "utf-8")


def entries(save: str, saved: str, comment: str = "") -> str:
    return f'{comment}msgid "Save"\nmsgstr "{save}"\n\nmsgid "Saved for %(name)s."\nmsgstr "{saved}"\n'


def test_what_is_missing_or_breaks_is_named_for_each_language(plugin):
    write(plugin, "ur", entries("محفوظ کریں", "نام محفوظ ہو گیا۔"))
    write(plugin, "hi", entries("", "%(name)s के लिए सहेजा।"))

    assert translating.faults_of(plugin) == [
        "two_things ur: 'Saved for %(name)s.' has other placeholders",
        "two_things hi: 'Save' is not translated",
    ]


def test_what_looks_wrong_is_a_doubt_until_somebody_says_why_it_is_right(plugin):
    write(plugin, "ur", entries("بچت کریں", "%(name)s کے لیے محفوظ ہو گیا۔"))
    write(plugin, "hi", entries("सहेजें", "%(name)s के लिए सहेजा."))
    doubts = translating.doubts_of(plugin)

    assert [one.split("'")[1] for one in doubts] == ["Save", "Save", "Saved for %(name)s.", "Saved for %(name)s."]
    assert "not the word of the glossary (محفوظ کریں)" in doubts[0]
    assert "has بچت کریں" in doubts[1]
    assert "another sign" in doubts[2]

    write(plugin, "ur", entries("بچت کریں", "%(name)s کے لیے محفوظ ہو گیا۔", "# ok: a piggy bank\n"))
    write(plugin, "hi", entries("सहेजें", "%(name)s के लिए सहेजा।"))
    assert translating.doubts_of(plugin) == []


def test_a_reason_and_a_note_stay_when_new_words_come(plugin):
    write(plugin, "ur", entries("محفوظ کریں", "%(name)s کے لیے محفوظ ہو گیا۔", "# ok: looked at\n"))
    (plugin.folder / "notes.toml").write_text('Save = "button: keep it"\n', "utf-8")
    left = translating.update_one(plugin)
    text = plugin.catalogue("ur").read_text("utf-8")

    assert left == {"ur": 0, "hi": 2}
    assert "# ok: looked at\n#. button: keep it\n" in text


def test_short_words_have_their_notes_and_every_note_its_word():
    said = {word: text for words in translating.all_words() for word, text in translating.notes_of(words).items()}
    catalogues = [translating.read(words.template, None) for words in translating.all_words()]
    ids = {translating.first(message.id) for catalogue in catalogues for message in catalogue if message.id}

    assert sorted(said.keys() - ids) == []
    assert len(said) > 150


def test_a_new_language_begins_as_a_folder_and_says_how_far_it_is(tmp_path):
    run = CliRunner()
    data = ["--data-dir", str(tmp_path)]
    made = run.invoke(main, ["translate", "new", "sd", "--name", "سنڌي", *data])
    file = tmp_path / "languages" / "sd" / "LC_MESSAGES" / "messages.po"
    text = file.read_text("utf-8")
    file.write_text(text.replace('msgid "Customers"\nmsgstr ""', 'msgid "Customers"\nmsgstr "گراهڪ (س"'), "utf-8")
    again = run.invoke(main, ["translate", "new", "sd", *data])
    tongue = tongues.read(tmp_path / "languages" / "sd" / "language.toml", LANGUAGES)
    told = list(new_tongue.how_far(tongue))

    assert (made.exit_code, again.exit_code) == (0, 0), made.output + again.output
    assert tongue.name == "سنڌي"
    assert any("'Customers' has a bracket or quote without its other half" in one for one in told)
    assert any(one.startswith("messages sd: 1 of ") for one in told)
    assert any(one.startswith("value sd: 0 of ") for one in told)


def test_a_language_with_an_impossible_code_is_not_begun(tmp_path):
    answer = CliRunner().invoke(main, ["translate", "new", "hi", "--data-dir", str(tmp_path)])

    assert answer.exit_code == 1
    assert "two or three small letters" in answer.output
