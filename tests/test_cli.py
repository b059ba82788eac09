"""The `loyalapp` command: every subcommand on real data in a temporary folder."""

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from loyalapp import __version__
from loyalapp.cli import main

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


def test_plugins_are_switched_off_and_on(run: Run) -> None:
    for verb, stamp in (("disable", "Off"), ("enable", "On")):
        assert run("plugin", verb, "reviews").exit_code == 0
        line = next(line for line in run("plugin", "list").output.splitlines() if line.startswith("reviews"))
        assert line.split()[1] == stamp
