"""The rules of the house (design §1): where things lie, how long they may be, and that they fit together."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from loyalapp.core import migrations
from loyalapp.plugin_system import hookspecs
from loyalapp.plugin_system.manifest import read_manifest
from tests.sources import PROGRAM, PYTHON, ROOT, TEMPLATES, called, files, parsed, shown

TOP = {
    "pyproject.toml",
    "README.md",
    "launcher.py",
    "loyalapp",
    "plugins",
    "translations",
    "packaging",
    "tests",
    "LICENSE",
    "CHANGELOG.md",
}
ROOMS = {"desktop", "core", "plugin_system", "testing", "web", "features", "migrations"}
FILES = {"__init__.py", "__main__.py", "app.py", "sdk.py", "cli.py", "constraints.txt"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
# Files whose length is data and not logic: made-up people, and tables as they were once made.
DATA = ("loyalapp/features/welcome/people.py", "loyalapp/migrations/")


def is_data(path: Path) -> bool:
    return shown(path).startswith(DATA) or "/migrations/versions/" in shown(path)


# ---- the tree ----


def test_nothing_stands_about_at_the_top():
    there = {shown(one).split("/")[0] for one in files()}

    assert {one for one in there if not one.startswith(".")} <= TOP
    assert {"pyproject.toml", "launcher.py", "loyalapp", "plugins", "tests", "LICENSE"} <= there


def test_the_house_has_its_rooms_and_no_others():
    inside = {shown(one).split("/")[1] for one in files() if shown(one).startswith("loyalapp/")}

    assert inside == ROOMS | FILES


def test_tests_mirror_the_tree():
    known = ROOMS | {"plugins", "browser", "pictures", "bench", "data", "window", "screenshots"}
    known |= {"packaging", "installers", "faults"}
    rooms = {
        shown(one).split("/")[1] for one in files() if shown(one).count("/") > 1 and shown(one).startswith("tests/")
    }
    assert rooms <= known

    features = {shown(one).split("/")[2] for one in PROGRAM if re.match(r"loyalapp/features/\w+/", shown(one))}
    tested = {shown(one).split("/")[2] for one in files(".py") if re.match(r"tests/features/\w+/", shown(one))}
    assert tested == features


def test_every_feature_and_plugin_has_the_same_shape():
    allowed = {"models.py", "service.py", "forms.py", "views.py", "templates", "hooks.py"}
    homes = [one for one in (ROOT / "loyalapp/features").iterdir() if one.is_dir() and one.name != "__pycache__"]

    for home in homes:
        assert (home / "views.py").is_file(), home.name
        templates = (
            [one.name for one in (home / "templates").iterdir()] if (home / "templates").is_dir() else [home.name]
        )
        assert templates == [home.name]
        assert {one.name for one in home.iterdir()} & allowed


def test_no_test_waits_by_what_the_policy_forbids():
    """Its second look evaluates text inside the page and fails if the page was not ready at once; `expect` waits."""
    waiting = "wait_for_" + "function("

    assert [shown(one) for one in files(".py") if waiting in one.read_text("utf-8")] == []


def test_no_vague_names():
    assert [shown(one) for one in PROGRAM if VAGUE & set(one.stem.split("_"))] == []


# ---- sentences and sizes ----


@pytest.mark.parametrize("path", PYTHON, ids=shown)
def test_module_opens_with_one_sentence(path):
    text = ast.get_docstring(parsed(path)) or ""

    assert re.match(r"[^\n]{10,}[.:;]$", text.split("\n")[0] if text else ""), "the first line is a whole sentence"


@pytest.mark.parametrize("path", [*PYTHON, *TEMPLATES, *files(".js")], ids=shown)
def test_file_is_short(path):
    if not is_data(path):
        assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", [one for one in PYTHON if not is_data(one)], ids=shown)
def test_functions_are_short(path):
    functions = [one for one in ast.walk(parsed(path)) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]

    assert [f"{one.name}: {lines_of(one)} lines" for one in functions if lines_of(one) > LONGEST_FUNCTION] == []


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


@pytest.mark.parametrize(
    "path", [one for one in PROGRAM if re.search(r"/(service|models|sdk|hookspecs)\.py$|core/", shown(one))], ids=shown
)
def test_public_names_say_what_they_mean(path):
    named = [
        one
        for one in parsed(path).body
        if isinstance(one, ast.FunctionDef | ast.ClassDef) and not one.name.startswith("_")
    ]

    assert [one.name for one in named if not ast.get_docstring(one)] == []


# ---- hooks, migrations, manifests ----


def test_every_hook_is_used():
    hooks = [one.name for one in parsed(Path(hookspecs.__file__)).body if isinstance(one, ast.FunctionDef)]
    places = [one for one in PROGRAM if one.name in {"hooks.py", "plugin.py"}]
    answering = {
        one.name
        for path in places
        for one in parsed(path).body
        if isinstance(one, ast.FunctionDef)
        and any(getattr(mark, "id", getattr(mark, "attr", "")) == "hookimpl" for mark in one.decorator_list)
    }
    spoken = {
        one.args[0].value
        for path in PROGRAM
        for one in ast.walk(parsed(path))
        if isinstance(one, ast.Call)
        and called(one) in {"ask", "tell"}
        and one.args
        and isinstance(one.args[0], ast.Constant)
    }

    assert sorted(set(hooks) - answering) == [], "nobody answers"
    assert sorted(set(hooks) - spoken - {"pages"}) == [], "nobody asks or tells"


@pytest.mark.parametrize(
    "folder", sorted({one.parents[1] for one in PROGRAM if one.parent.name == "versions"}), ids=shown
)
def test_migrations_are_one_straight_line(folder):
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(folder))
    line = [one.revision for one in scripts.walk_revisions()][::-1]

    assert scripts.get_heads() == [migrations.newest(folder)]
    assert line == sorted(one.stem for one in (folder / "versions").glob("*.py"))
    assert all(re.match(r"\d{4}_\d\d_\d\d_[a-z0-9_]+$", one) for one in line)


@pytest.mark.parametrize(
    "folder", sorted(one.parent for one in files("plugin.toml") if shown(one).startswith("plugins/")), ids=shown
)
def test_bundled_plugin_is_complete(folder):
    manifest = read_manifest(folder)
    raw = tomllib.loads((folder / "plugin.toml").read_text("utf-8"))

    assert manifest.fits()
    assert "icon" in raw
    assert {one.parent.parent.name for one in folder.glob("translations/*/LC_MESSAGES/*.po")} == {"ur", "hi"}
    for reason in manifest.access.values():
        assert {"ur", "hi", "en"} <= set(reason)
    assert (ROOT / "tests" / "plugins" / folder.name).is_dir()


def test_sqlite_is_free_of_the_wal_reset_bug():
    from sqlcipher3 import dbapi2

    assert dbapi2.sqlite_version_info >= (3, 51, 3)
