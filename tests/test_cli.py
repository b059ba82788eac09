"""The `loyalapp` command: every subcommand on real data in a temporary folder."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from loyalapp import __version__
from loyalapp.cli import main
from loyalapp.desktop import console
from loyalapp.desktop.words import sentence
from loyalapp.plugin_system.starting import read
from tests.postgres import free_port

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*words: str) -> Result:
        return CliRunner().invoke(main, [*words, "--data-dir", str(tmp_path / "ڈیٹا")], catch_exceptions=False)

    return call


def leaves(group: click.Group, *before: str) -> list[tuple[tuple[str, ...], click.Command]]:
    found: list[tuple[tuple[str, ...], click.Command]] = []
    for name, command in group.commands.items():
        found += leaves(command, *before, name) if isinstance(command, click.Group) else [((*before, name), command)]
    return found


@pytest.mark.parametrize(
    ("path", "command"), leaves(main), ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_takes_a_data_folder_and_explains_itself(path: tuple[str, ...], command: click.Command) -> None:
    assert "--data-dir" in {word for option in command.params for word in option.opts}
    told = CliRunner().invoke(main, [*path, "--help"])
    assert told.exit_code == 0
    assert command.help


def test_version() -> None:
    assert __version__ in CliRunner().invoke(main, ["--version"]).output


def test_setup_answers_the_first_questions(run: Run) -> None:
    told = run("setup", "--firm", "احمد اینڈ سنز", "--country", "PK", "--city", "Lahore", "--language", "ur")
    assert (told.exit_code, told.output) == (0, "احمد اینڈ سنز: PK Lahore ur\n")


def test_a_fault_is_one_sentence(run: Run) -> None:
    told = run("setup", "--firm", " ", "--country", "PK")
    assert told.exit_code == 1
    assert told.output.count("\n") == 1
    assert "name of your firm" in told.output


@pytest.mark.parametrize(
    "words", [("setup", "--firm", "x", "--country", "PK"), ("backup", "list"), ("plugin", "list"), ("demo",)]
)
def test_an_unwritable_folder_is_one_sentence(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "ڈیٹا").write_text("a file where the folder should be", "utf-8")
    told = run(*words)
    assert told.exit_code == 2
    assert told.output.count("\n") == 1


def test_copies_are_made_and_listed(run: Run) -> None:
    made = run("backup", "create")
    assert made.exit_code == 0
    copy = Path(made.output.strip())
    assert copy.is_file()
    assert str(copy) in run("backup", "list").output


@pytest.mark.parametrize("command", [["check"], ["export"], ["backup", "create"]])
def test_what_cannot_be_reached_or_written_is_one_sentence_and_no_death_of_the_start(monkeypatch, tmp_path, command):
    monkeypatch.setenv("LC_ALL", "hi_IN.UTF-8")
    (tmp_path / "in the way").write_text("", "utf-8")
    nowhere = ["--database-url", f"postgresql+psycopg://x@127.0.0.1:{free_port()}/x"]
    for _turn in range(3):
        done = CliRunner().invoke(main, [*command, "--data-dir", str(tmp_path / "data"), *nowhere])
        assert (done.exit_code, done.output.strip()) == (2, sentence("no_database", "hi"))
    assert read(tmp_path / "data" / "plugins")[1] == 0
    folder = tmp_path / "in the way" / "data"
    done = CliRunner().invoke(main, [*command, "--data-dir", str(folder)])
    assert (done.exit_code, done.output.strip()) == (2, sentence("folder_not_writable", "hi", folder=folder))


def test_plugins_are_switched_off_and_on(run: Run) -> None:
    for verb, stamp in (("disable", "Off"), ("enable", "On")):
        assert run("plugin", verb, "reviews").exit_code == 0
        line = next(line for line in run("plugin", "list").output.splitlines() if line.startswith("reviews"))
        assert line.split()[1] == stamp


@pytest.mark.parametrize(
    ("system", "words", "told"),
    [
        ("ur_PK.UTF-8", ["--help"], ["یوں لکھیں:", "کمانڈ:", "آپ کے ڈیٹا کی نقلیں۔", "صرف ورژن بتائیں۔"]),
        ("hi_IN.UTF-8", ["plugin", "remove", "--help"], ["ऐसे लिखें:", "प्लगइन NAME हटा दें", "[वरना: keep]"]),
        ("ur_PK.UTF-8", ["plugin", "check", "--help"], ["بتائیں کہ پلگ اِن لگاتے وقت", "FOLDER ہو تو"]),
        ("hi_IN.UTF-8", ["bakcup"], ["'bakcup' नाम की कोई कमांड नहीं।", "क्या आपका मतलब 'backup' था?"]),
        ("en_GB.UTF-8", ["setup", "--language", "hi", "--country", "UK"], ["'UK' नहीं, इनमें से एक लिखें: 'PK', 'IN', 'XX'"]),
        ("ur_PK.UTF-8", ["backup", "verify"], ["یہ لکھنا باقی ہے: 'FILE'"]),
        ("ur_PK.UTF-8", ["backup", "verify", "none"], ["'none' نہیں ملا"]),
        ("de_DE.UTF-8", ["serve", "--port", "x"], ["Error: Invalid value for '--port'"]),
    ],
)
def test_help_and_errors_are_in_the_language_of_the_computer(monkeypatch, system, words, told, tmp_path):
    monkeypatch.setenv("LC_ALL", system)
    monkeypatch.setenv("LOYALAPP_DATA_DIR", str(tmp_path))
    said = CliRunner().invoke(main, words).output
    assert [part for part in told if part not in said] == []


def test_the_command_line_speaks_as_the_window_was_left_and_reads_no_words_unasked(monkeypatch, tmp_path):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    console._catalogue.cache_clear()
    (tmp_path / "window.json").write_text('{"language": "ur"}')
    assert CliRunner().invoke(main, ["translate", "new", "9!", "--data-dir", str(tmp_path)]).exit_code == 1
    assert "یہ نہیں ہو سکا" in CliRunner().invoke(main, ["backup", "verify", "--data-dir", str(tmp_path)]).output
    console._catalogue.cache_clear()
    assert CliRunner().invoke(main, ["--version"]).exit_code == 0
    assert console._catalogue.cache_info().currsize == 0


def test_click_still_says_what_we_translate():
    there = {
        node.value
        for speaker in (*console.SPEAKERS, click.decorators)
        for node in ast.walk(ast.parse(Path(speaker.__file__).read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }
    wanted = console.WORDS | {word for pair in console.COUNTED for word in pair}
    assert wanted - there == set()


def test_translations_of_the_command_line_name_no_value_that_is_not_there():
    braces = re.compile(r"{(\w+)")
    for language in ("ur", "hi"):
        said = console._catalogue(language)
        for word in console.WORDS:
            assert set(braces.findall(said.gettext(word))) <= set(braces.findall(word))
        for one, many in console.COUNTED:
            for number in (1, 2):
                assert set(braces.findall(said.ngettext(one, many, number))) <= set(braces.findall(one + many))
