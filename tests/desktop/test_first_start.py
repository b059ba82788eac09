"""The first start: requirements, stages, and faults that are one sentence."""

import argparse
import ast
import itertools
import os
import re
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

from loyalapp.desktop import explaining, first_start, launching, words
from loyalapp.desktop.first_start import Home, SetUpError, applies, name_of, pins, wanted

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = ROOT / "launcher.py"


def all_requirements() -> list[str]:
    described = first_start.project()["project"]
    return [*described["dependencies"], *itertools.chain(*described["optional-dependencies"].values())]


@pytest.mark.parametrize("line", all_requirements())
def test_every_requirement_is_fixed(line: str) -> None:
    assert re.fullmatch(r"[\w.-]+(\[\w+\])?==[\w.]+(; sys_platform == '(linux|win32|darwin)')?", line)


def test_what_is_installed_is_written_down() -> None:
    known = {name_of(line) for line in [*pins(), *all_requirements()]}
    installed = {name_of(one.name) for one in distributions()} - {"loyalapp"}
    if os.environ.get("LOYALAPP_TEST_ALL") != "1":
        installed &= known | {"setuptools"}  # a developer may have more tools in there
    assert installed <= known | {"setuptools"}


def test_nothing_is_fixed_twice() -> None:
    names = [name_of(line) for line in [*pins(), *all_requirements()]]
    assert sorted(names) == sorted(set(names))


def test_no_host_is_named() -> None:
    text = first_start.CONSTRAINTS.read_text("utf-8") + (ROOT / "pyproject.toml").read_text("utf-8")
    assert not re.search(r"https?://|--find.links|index.url", text)


def test_only_this_system_is_meant() -> None:
    assert applies("Flask==3.1.3")
    assert applies(f"x==1; sys_platform == '{sys.platform}'")
    assert not applies("x==1; sys_platform == 'another'")


def test_the_window_is_the_second_stage() -> None:
    assert not any("PySide6" in line or "pywebview" in line for line in wanted())
    assert any("pywebview" in line for line in wanted("desktop", server=False))
    assert not any(line.startswith("Flask") for line in wanted("desktop", server=False))


@pytest.mark.parametrize("key", words.SENTENCES)
def test_every_sentence_is_there_in_three_languages_with_the_same_values(key: str) -> None:
    said = words.SENTENCES[key]
    assert tuple(said) == words.LANGUAGES
    assert len({frozenset(re.findall(r"%\(\w+\)s", text)) for text in said.values()}) == 1
    assert "%" not in re.sub(r"%\(\w+\)s", "", "".join(said.values()))


def test_an_urdu_sentence_keeps_its_values_in_order() -> None:
    said = words.sentence("folder_full", "ur", folder="/data/shop")
    assert said.startswith("\u200f")
    assert "\u2068/data/shop\u2069" in said


@pytest.mark.parametrize(
    ("wishes", "surroundings", "expected"),
    [
        (("hi", "ur"), {}, "hi"),
        ((None, "ur"), {"LANG": "hi_IN.UTF-8"}, "ur"),
        ((None,), {"LANG": "ur_PK.UTF-8"}, "ur"),
        (("fr",), {"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_of_the_first_words(
    monkeypatch: pytest.MonkeyPatch, wishes: tuple[str | None, ...], surroundings: dict[str, str], expected: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(words.locale, "getlocale", lambda: (None, None))
    assert words.chosen_language(*wishes) == expected


def test_the_users_folder_is_the_one_the_program_uses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from loyalapp.core.config import default_data_dir

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert first_start.user_folder() == default_data_dir()
    monkeypatch.delenv("XDG_DATA_HOME")
    assert first_start.user_folder() == default_data_dir()


def test_a_read_only_program_keeps_its_python_with_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(first_start, "ROOT", tmp_path / "not there, so not writable")
    assert first_start.home_folder().parent == first_start.user_folder()
    monkeypatch.setattr(first_start, "ROOT", tmp_path)
    assert first_start.home_folder() == tmp_path / ".venv"


def test_options_are_passed_on() -> None:
    asked = launching.options(["--browser", "--language", "ur", "--data-dir", "x y", "--safe-mode", "گاہک.xlsx"])
    assert launching.passed_on(asked) == [
        "desktop", "--browser", "--safe-mode", "--language", "ur", "--data-dir", "x y", "--", "گاہک.xlsx",
    ]  # fmt: skip


class FakePip:
    """Stands in for pip: answers what it was told to answer, one after the other."""

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.commands: list[list[str]] = []

    def __call__(self, command: list[str], *_: object) -> str | None:
        self.commands.append(command)
        return self.answers.pop(0) if self.answers else None


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    made = Home(tmp_path / "home", "en")
    made.python.parent.mkdir(parents=True)
    made.python.symlink_to(sys.executable)
    (made.folder / "pyvenv.cfg").write_text("version = 3\n", "utf-8")
    monkeypatch.setattr(Home, "_missing", lambda _, lines: list(lines))
    monkeypatch.setattr(first_start.time, "sleep", lambda _: None)
    return made


LINES = ["one==1", "two==2"]


def test_a_stage_is_done_once(home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pip = FakePip()
    monkeypatch.setattr(first_start, "watch", pip)
    home.set_up("server", LINES)
    home.set_up("server", LINES)
    assert [command[-2] for command in pip.commands] == LINES
    assert capsys.readouterr().out == "  1 of 2: one 1\n  2 of 2: two 2\n"
    assert not home.is_ready("server", ["one==1", "two==3"]), "another version is another stage"


def test_a_broken_connection_is_tried_again(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    pip = FakePip("Retrying …", "Connection broken")
    monkeypatch.setattr(first_start, "watch", pip)
    home.set_up("server", LINES)
    assert [command[-2] for command in pip.commands] == ["one==1", "one==1", "one==1", "two==2"]


@pytest.mark.parametrize(
    ("answers", "sentence", "tries"),
    [
        (["Read timed out"] * 9, "goes on where it stopped", 5),
        (["ERROR: No matching distribution found for one==1"], "could not be found for this computer", 1),
        (["OSError: [Errno 28] No space left on device"], "The disk is full", 1),
    ],
)
def test_faults_are_one_sentence(
    home: Home, monkeypatch: pytest.MonkeyPatch, answers: list[str], sentence: str, tries: int
) -> None:
    pip = FakePip(*answers)
    monkeypatch.setattr(first_start, "watch", pip)
    with pytest.raises(SetUpError, match=sentence) as fault:
        home.set_up("server", LINES)
    assert "\n" not in str(fault.value)
    assert len(pip.commands) == tries
    assert not home.is_ready("server", LINES)


def test_a_library_interrupted_halfway_counts_as_missing(tmp_path: Path) -> None:
    for name, whole in (("whole", True), ("half", False)):
        about = tmp_path / f"{name}-1.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n", "utf-8")
        if whole:
            (about / "RECORD").write_text("", "utf-8")
    code = f"import sys; sys.path[:] = [{str(tmp_path)!r}, *sys.path]\n{first_start.LIST_INSTALLED}"
    told = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True).stdout
    assert '"whole": "1"' in told
    assert '"half"' not in told
    assert not (tmp_path / "half-1.dist-info").exists()


@pytest.mark.parametrize("option", ["--offline", "--fetch"])
def test_a_missing_folder_is_one_sentence(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert launching.main([option, "/not/there", "--language", "hi"]) == 2
    assert capsys.readouterr().out == "फ़ोल्डर /not/there नहीं मिला। उसका सही नाम लिखकर फिर चलाएँ।\n"


def test_an_old_python_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scope: dict[str, object] = {"__name__": "launcher"}
    exec(compile(LAUNCHER.read_text("utf-8"), "launcher.py", "exec"), scope)  # noqa: S102 -- our own file
    monkeypatch.setattr(sys, "version_info", (3, 9, 1, "final", 0))
    monkeypatch.setattr(sys, "argv", ["launcher.py", "--language", "ur"])
    assert scope["is_too_old"]() is True  # type: ignore[operator]  # -- a function of that file
    assert "Python 3.11" in (said := capsys.readouterr().out)
    assert "3.9" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--language=ur", "--help"], ["یوں لکھیں: launcher.py", "پلگ اِن کے بغیر کھولیں", "ساتھ یہ بھی لکھ سکتے ہیں"]),
        (["--language", "hi", "--port"], ["यह नहीं हो सका: यह यहाँ नहीं चलता: --port"]),
        (["--language", "xx"], ["'xx' نہیں، ان میں سے ایک لکھیں: 'ur', 'hi', 'en'"]),
    ],
)
def test_the_launcher_explains_itself_in_the_language_of_the_computer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], told: list[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "ur_PK.UTF-8")
    monkeypatch.setattr(argparse, "_", vars(argparse)["_"])  # which the reader changes
    with pytest.raises(SystemExit):
        launching.options(words)
    said = "".join(capsys.readouterr())
    assert [part for part in told if part not in said] == []


def test_the_launcher_has_a_translation_of_all_that_its_options_say(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {
        node.value
        for module in (launching, argparse)
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert set(explaining.WORDS) - there == set()
    assert all(set(words) == {"ur", "hi"} for words in explaining.WORDS.values())
    monkeypatch.setattr(argparse, "_", vars(argparse)["_"])
    reader = explaining.Reader([], "launcher.py", description="")
    with pytest.raises(KeyError):
        reader.explain("--more", help="not among the words")
