"""The manual for makers of plugins: each sample runs, each hook is in it as it is, and its lists are true."""

import dataclasses
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from loyalapp import sdk, testing
from loyalapp.app import create_app
from loyalapp.cli import plugin as commands
from loyalapp.core.config import Config
from loyalapp.core.paths import PACKAGE, shipped
from loyalapp.plugin_system import advice, answers, borrowing, drafting, entry_names, given, hookspecs, reviewing
from loyalapp.plugin_system.designs import SAMPLE
from loyalapp.plugin_system.manifest import read_manifest
from loyalapp.web import components
from tests.conftest import close
from tests.plugins.arriving import arrived

MANUAL = (shipped("plugins") / "README.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
WORDS = BLOCK.sub("", MANUAL)
PLACE = re.compile(r"(?:#|\{#|//) ([a-z_]+/\S+?)(?: #\})?\n")
PLACED = ("toml", "python", "html", "po", "typ")
MOST_LINES = 60


def blocks(kind: str) -> list[str]:
    return [text for found, text in BLOCK.findall(MANUAL) if found == kind]


def files() -> dict[str, str]:
    """The samples by the place in their first line."""
    return {found[1]: text for kind in PLACED for text in blocks(kind) if (found := PLACE.match(text))}


def section(title: str) -> str:
    """The text under a heading, down to the next one of its kind, without samples."""
    level = re.search(rf"^(#+) {re.escape(title)}$", WORDS, re.MULTILINE)
    assert level, title
    rest = WORDS[level.end() :]
    end = re.search(rf"^#{{1,{len(level[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def named(text: str) -> list[str]:
    """The words in backticks."""
    return re.findall(r"`([^`]+)`", text)


# ---- samples ----


def test_every_sample_says_where_it_belongs():
    assert {kind for kind, _text in BLOCK.findall(MANUAL)} == {"sh", *PLACED, "text"}
    assert len(files()) == sum(len(blocks(kind)) for kind in PLACED)
    assert {one.split("/")[0] for one in files()} == {"thanks", "wishes", "lotus"}


def test_every_command_is_there():
    used = re.findall(r"loyalapp plugin ([a-z]+)", "\n".join(blocks("sh")))

    assert set(used) >= {"new", "run", "check", "pack", "keygen"}
    assert isinstance(commands, click.Group)
    assert set(used) <= set(commands.commands)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """Every sample in its place, and the migration that a command writes."""
    folder = tmp_path_factory.mktemp("samples")
    for name, text in files().items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    app = create_app(Config.from_options(data_dir=folder / "data", testing=True, safe_mode=True))
    assert drafting.draft(app, folder / "wishes", "first") is not None
    close(app)
    return folder


@pytest.mark.parametrize("name", ["thanks", "wishes", "lotus"])
def test_nothing_is_to_be_mended_in_a_sample(home, name):
    assert borrowing.faults(home / name, name, set()) == []
    assert advice.advice(home / name, read_manifest(home / name)) == []


@pytest.mark.slow
def test_the_smallest_plugin_is_installed_and_told(home, data_dir, tmp_path, caplog):
    with arrived(data_dir, home / "thanks", tmp_path) as desk:
        with desk.app.app_context(), caplog.at_level("INFO", "loyalapp"):
            buyer = sdk.customers.add({"name": "Rukhsana Bibi"}).id
            sdk.catalogue.record_purchase(buyer, "Steam iron", sdk.today())
        assert f"customer {buyer} bought again" in caplog.text


@pytest.mark.slow
def test_the_card_design_is_installed_and_drawn_in_every_language_and_size(home, data_dir, tmp_path):
    with arrived(data_dir, home / "lotus", tmp_path) as desk, desk.app.test_request_context():
        (design,) = [one for one in sdk.ask("card_designs") if one.plugin == "lotus"]
        sdk.check_design(design)
        assert desk.app.extensions["loyalapp.plugins"].plugins["lotus"].failures == {}
        for language in sdk.MESSAGE_LANGUAGES:
            page = sdk.draw_design(design, {**SAMPLE, "language": language, "size": "a6"}, "pdf")
            assert page.startswith(b"%PDF-")


@pytest.mark.slow
def test_the_whole_plugin_is_installed_and_used_in_every_language(home, data_dir, tmp_path):
    with arrived(data_dir, home / "wishes", tmp_path) as desk:
        with desk.app.app_context():
            customer = sdk.customers.add({"name": "Rukhsana Bibi"}).id
        page = f"/plugins/wishes/{customer}"
        assert "Please fill this in too." in desk.send(page, what="")
        desk.send(page, what="Blue thread")
        for language, title in (("en", "Wishes"), ("ur", "فرمائشیں"), ("hi", "फ़रमाइशें")):
            desk.speak(language)
            assert title in desk.read(page)
            assert "Blue thread" in desk.read(page)
            assert desk.stray_english(page) == []
            assert title in desk.read(f"/customers/{customer}")
        with desk.later(days=7):
            assert "क्या आ गई?" in desk.read("/")


@pytest.mark.slow
def test_the_tests_of_the_sample_pass(home):
    told = subprocess.run(
        [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=home / "wishes",
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout
    assert "4 passed" in told.stdout


def test_a_whole_plugin_takes_less_than_sixty_lines():
    """Counted is what is typed: manifest, Python and template but for blank lines, and each translation."""
    typed = 0
    for name, text in files().items():
        if name.startswith("wishes/") and "/tests/" not in name:
            lines = [line for line in text.splitlines()[1:] if line.strip()]
            is_catalogue = name.endswith(".po")
            typed += len([line for line in lines if line.startswith("msgstr")]) - 1 if is_catalogue else len(lines)

    assert f"three languages: {typed} lines" in MANUAL.replace("\n", " ")
    assert typed < MOST_LINES


# ---- lists ----


def hooks() -> dict[str, list[str]]:
    return {
        name: list(inspect.signature(one).parameters)
        for name, one in vars(hookspecs).items()
        if hasattr(one, f"{hookspecs.PROJECT}_spec")
    }


def test_every_hook_is_in_the_manual_with_its_arguments():
    told = re.findall(r"^#### `(\w+)\((.*)\)`$", section("Hooks"), re.MULTILINE)

    assert {name: [one for one in words.split(", ") if one] for name, words in told} == hooks()
    assert len(told) == len(hooks())


def test_asked_and_told_are_kept_apart():
    told = re.findall(r"^#### `(\w+)\(", section("Told"), re.MULTILINE)

    assert sorted(told) == sorted(one for one in hooks() if re.search(r"_(was|were|has)_", one))


def test_what_hooks_answer_with_is_in_the_manual_as_it_is():
    everything = {**vars(answers), **vars(given), **vars(reviewing)}
    records = [one for one in everything.values() if dataclasses.is_dataclass(one) and one.__name__ in sdk.__all__]

    assert sorted(map(signature, set(records) - {answers.Example})) == blocks("text")[0].splitlines()


def signature(record) -> str:
    return f"{record.__name__}({', '.join(map(shown, dataclasses.fields(record)))})"


def shown(field) -> str:
    if field.default is not dataclasses.MISSING:
        return f"{field.name}={field.default!r}"
    return field.name if field.default_factory is dataclasses.MISSING else f"{field.name}={field.default_factory()!r}"


def test_every_icon_is_in_the_manual():
    icons = section("What they answer with").rsplit("Icons:", 1)[1].split("\n\n")[0]

    assert named(icons) == components.ICONS.split()


def test_every_name_of_the_sdk_is_in_the_manual():
    rows = [line.split("|")[1] for line in section("The sdk").splitlines() if line.startswith("| `")]

    told = [name for row in rows for name in named(row)]
    assert sorted(told) == sorted(sdk.__all__)


def test_what_may_be_imported_is_in_the_manual():
    told = section("What may be imported")
    rows = [line.split("|")[1] for line in told.splitlines() if line.startswith("| `")]
    harmful, network = told.split("Not to be imported")[1].split("What speaks with")[0:2]

    assert {name for row in rows for name in named(row)} == borrowing.LIBRARIES
    assert named(harmful) == sorted(borrowing.HARMFUL)
    assert set(named(network.split("needs a reason")[0])) == borrowing.NETWORK


def test_the_folders_of_a_package_are_in_the_manual():
    folders = section("What may lie in the folder").split("folders ", 1)[1].split(". ")[0]

    assert set(named(folders)) == entry_names.FOLDERS


def test_every_fixture_is_in_the_manual():
    rows = [line.split("|")[1] for line in section("How to test").splitlines() if line.startswith("| `")]

    assert {name for row in rows for name in named(row)} == set(testing.__all__) - {"Desk"}
