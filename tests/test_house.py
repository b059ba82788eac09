"""The rules of the house (design §1): where things lie, how long they may be, and what they may not do."""

import ast
import io
import re
import subprocess
import tokenize
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from loyalapp.core import migrations
from loyalapp.plugin_system import hookspecs
from loyalapp.plugin_system.manifest import read_manifest

ROOT = Path(__file__).resolve().parents[1]
TOP = {"pyproject.toml", "README.md", "launcher.py", "loyalapp", "plugins", "translations", "tests", "LICENSE", "CHANGELOG.md"}
ROOMS = {"desktop", "core", "plugin_system", "web", "features", "migrations"}
FILES = {"__init__.py", "__main__.py", "app.py", "sdk.py", "cli.py", "constraints.txt"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
# Files whose length or pieces are data and not logic: lists of words and people, tables as they were made once.
DATA = {"loyalapp/features/welcome/people.py", "loyalapp/migrations"}


def files(*endings: str) -> list[Path]:
    """Every file that is, or is about to be, kept in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return sorted({ROOT / name for name in listed if name.endswith(endings or ("",)) and (ROOT / name).is_file()})


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_data(path: Path) -> bool:
    return any(shown(path).startswith(one) for one in DATA) or "/migrations/versions/" in shown(path)


def is_broken_on_purpose(path: Path) -> bool:
    return shown(path).startswith("tests/plugin_system/zoo/")


PROGRAM = [one for one in files(".py") if not shown(one).startswith("tests/")]
PYTHON = [one for one in files(".py") if not is_broken_on_purpose(one)]
TEMPLATES = [one for one in files(".html") if not is_broken_on_purpose(one)]
SHEETS = [one for one in files(".css") if not is_broken_on_purpose(one)]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


# ---- the tree ----


def test_nothing_stands_about_at_the_top():
    there = {shown(one).split("/")[0] for one in files()}

    assert {one for one in there if not one.startswith(".")} <= TOP
    assert {"pyproject.toml", "launcher.py", "loyalapp", "plugins", "tests", "LICENSE"} <= there


def test_the_house_has_its_rooms_and_no_others():
    inside = {shown(one).split("/")[1] for one in files() if shown(one).startswith("loyalapp/")}

    assert inside == ROOMS | FILES


def test_tests_mirror_the_tree():
    known = ROOMS | {"plugins", "browser", "pictures", "window", "data"}
    rooms = {shown(one).split("/")[1] for one in files() if shown(one).count("/") > 1 and shown(one).startswith("tests/")}
    assert rooms <= known

    features = {shown(one).split("/")[2] for one in PROGRAM if re.match(r"loyalapp/features/\w+/", shown(one))}
    tested = {shown(one).split("/")[2] for one in files(".py") if re.match(r"tests/features/\w+/", shown(one))}
    assert tested == features


def test_every_feature_and_plugin_has_the_same_shape():
    allowed = {"models.py", "service.py", "forms.py", "views.py", "templates", "hooks.py"}
    homes = [one for one in (ROOT / "loyalapp/features").iterdir() if one.is_dir() and one.name != "__pycache__"]

    for home in homes:
        assert (home / "views.py").is_file(), home.name
        templates = [one.name for one in (home / "templates").iterdir()] if (home / "templates").is_dir() else [home.name]
        assert templates == [home.name]
        assert {one.name for one in home.iterdir()} & allowed


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


@pytest.mark.parametrize("path", [one for one in PROGRAM if re.search(r"/(service|models|sdk|hookspecs)\.py$|core/", shown(one))], ids=shown)
def test_public_names_say_what_they_mean(path):
    named = [one for one in parsed(path).body if isinstance(one, ast.FunctionDef | ast.ClassDef) and not one.name.startswith("_")]

    assert [one.name for one in named if not ast.get_docstring(one)] == []


# ---- what may not be written ----


def comments(path: Path) -> list[tuple[int, str]]:
    reader = io.StringIO(path.read_text("utf-8")).readline
    return [(one.start[0], one.string) for one in tokenize.generate_tokens(reader) if one.type == tokenize.COMMENT]


@pytest.mark.parametrize("path", PYTHON, ids=shown)
def test_every_exception_to_a_rule_gives_its_reason(path):
    said = comments(path)
    silenced = [(line, text) for line, text in said if re.search(r"noqa|type:\s*ignore|pragma: no cover", text)]
    assert [f"{line}: {text}" for line, text in silenced if not re.search(r" -- \S.{4,}$", text)] == []

    reasons = {line for line, text in said if re.search(r"-- \S", text)}
    broad = [one.lineno for one in ast.walk(parsed(path)) if isinstance(one, ast.ExceptHandler) and is_broad(one.type)]
    suppressed = [
        one.lineno for one in ast.walk(parsed(path)) if isinstance(one, ast.Call) and called(one) == "suppress" and is_broad(one.args[0])
    ]
    assert [line for line in (*broad, *suppressed) if line not in reasons] == []


def is_broad(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(one, ast.Name) and one.id in {"Exception", "BaseException"} for one in names)


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def imported(path: Path) -> set[str]:
    """Modules and names that a file imports, such as `flask` and `flask.request`."""
    found = set()
    for one in ast.walk(parsed(path)):
        if isinstance(one, ast.Import):
            found |= {name.name for name in one.names}
        elif isinstance(one, ast.ImportFrom) and one.module and not one.level:
            found |= {one.module, *(f"{one.module}.{name.name}" for name in one.names)}
    return found


def test_only_the_window_knows_pywebview():
    assert [shown(one) for one in PROGRAM if "webview" in imported(one)] == ["loyalapp/desktop/window.py"]


def test_standard_sqlite3_is_nowhere():
    assert [shown(one) for one in PYTHON if "sqlite3" in imported(one)] == []


def test_only_views_and_the_shell_know_the_request():
    of_requests = {f"flask.{one}" for one in ("request", "session", "flash", "redirect", "render_template")}
    allowed = re.compile(r"loyalapp/web/|loyalapp/sdk\.py|.*/views\.py|loyalapp/core/i18n\.py")  # i18n: the language is in the session

    assert [shown(one) for one in PROGRAM if of_requests & imported(one) and not allowed.match(shown(one))] == []


@pytest.mark.parametrize("path", [one for one in PROGRAM if shown(one).startswith("plugins/")], ids=shown)
def test_plugins_stand_on_the_sdk_alone(path):
    ours = {one for one in imported(path) if one.startswith(("loyalapp", "plugins"))}

    assert {one for one in ours if not one.startswith("loyalapp.sdk") and one != "loyalapp"} == set()


def test_no_registry_host_and_no_path_of_a_machine_is_written_anywhere():
    # Put together here, so that this file itself can be searched too.
    hosts = ("pypi" + ".org", "python" + "hosted", "npm" + "js.org", "registry" + ".npm", "index" + "-url", "extra-" + "index")
    paths = ("/" + "home/", "/" + "root/", "/" + "work/", "/" + "tmp/", "C:" + "\\Users")
    found = []
    for path in files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{shown(path)}: {one}" for one in (*hosts, *paths) if one in text]

    assert found == []


def test_no_sentence_is_glued_together():
    speaking = {"_", "gettext", "ngettext", "lazy_gettext", "pgettext", "lazy"}
    found = []
    for path in PROGRAM:
        for one in ast.walk(parsed(path)):
            if isinstance(one, ast.Call) and called(one) in speaking:
                texts = one.args[:2] if called(one) in {"ngettext", "pgettext"} else one.args[:1]
                found += [f"{shown(path)}:{one.lineno}" for text in texts if not is_plain_sentence(text)]

    assert found == []


def is_plain_sentence(text: ast.expr) -> bool:
    """A literal; a name is what a translating function hands on. No f-string, no %, no +, no bare percent sign."""
    if isinstance(text, ast.Constant):
        return isinstance(text.value, str) and re.search(r"%(?!\(\w+\)s)", text.value) is None
    return isinstance(text, ast.Name | ast.Starred)


# ---- pages ----

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|(?:left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius|resize\s*:\s*horizontal)"
)


@pytest.mark.parametrize("path", SHEETS, ids=shown)
def test_styles_know_no_left_and_right(path):
    lines = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL).splitlines()

    assert [line.strip() for line in lines if PHYSICAL.search(line)] == []


class Attributes(HTMLParser):
    """Collects what our Content-Security-Policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = {name for name, _value in attrs}
        self.refused += [f"{tag} {name}=" for name in names if name == "style" or re.match(r"on[a-z]+$", name)]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.refused.append(f"<{tag}>")


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_templates_carry_no_style_and_no_script(path):
    text = re.sub(r"{#.*?#}", "", path.read_text("utf-8"), flags=re.DOTALL)
    seen = Attributes()
    seen.feed(re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL))

    assert seen.refused == []
    assert "|safe" not in re.sub(r"""(?:'[^'{}<]*'|"[^"{}]*"|'</?b>'|"</?b>")\s*\|\s*safe""", "", text), "|safe only on our own words"


# ---- hooks, migrations, manifests ----


def test_every_hook_is_used():
    hooks = [one.name for one in parsed(Path(hookspecs.__file__)).body if isinstance(one, ast.FunctionDef)]
    places = [one for one in PROGRAM if one.name in {"hooks.py", "plugin.py"}]
    answering = {
        one.name
        for path in places
        for one in parsed(path).body
        if isinstance(one, ast.FunctionDef) and any(getattr(mark, "id", getattr(mark, "attr", "")) == "hookimpl" for mark in one.decorator_list)
    }
    spoken = {
        one.args[0].value
        for path in PROGRAM
        for one in ast.walk(parsed(path))
        if isinstance(one, ast.Call) and called(one) in {"ask", "tell"} and one.args and isinstance(one.args[0], ast.Constant)
    }

    assert sorted(set(hooks) - answering) == [], "nobody answers"
    assert sorted(set(hooks) - spoken - {"pages"}) == [], "nobody asks or tells"


@pytest.mark.parametrize("folder", sorted({one.parents[1] for one in PROGRAM if one.parent.name == "versions"}), ids=shown)
def test_migrations_are_one_straight_line(folder):
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(folder))
    line = [one.revision for one in scripts.walk_revisions()][::-1]

    assert scripts.get_heads() == [migrations.newest(folder)]
    assert line == sorted(one.stem for one in (folder / "versions").glob("*.py"))
    assert all(re.match(r"\d{4}_\d\d_\d\d_[a-z0-9_]+$", one) for one in line)


@pytest.mark.parametrize("folder", sorted(one.parent for one in files("plugin.toml") if shown(one).startswith("plugins/")), ids=shown)
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
