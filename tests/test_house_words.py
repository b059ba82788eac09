"""What may not be written in this house: imports in the wrong room, glued sentences, left and right, inline styles."""

import ast
import re
from html.parser import HTMLParser

import pytest

from tests.sources import (
    PROGRAM,
    PYTHON,
    SHEETS,
    TEMPLATES,
    called,
    comments,
    files,
    imported,
    is_literal_sentence,
    parsed,
    shown,
)


@pytest.mark.parametrize("path", PYTHON, ids=shown)
def test_every_exception_to_a_rule_gives_its_reason(path):
    said = comments(path)
    silenced = [(line, text) for line, text in said if re.search(r"noqa|type:\s*ignore|pragma: no cover", text)]
    assert [f"{line}: {text}" for line, text in silenced if not re.search(r" -- \S.{4,}$", text)] == []

    reasons = {line for line, text in said if re.search(r"-- \S", text)}
    broad = [one.lineno for one in ast.walk(parsed(path)) if isinstance(one, ast.ExceptHandler) and is_broad(one.type)]
    suppressed = [
        one.lineno
        for one in ast.walk(parsed(path))
        if isinstance(one, ast.Call) and called(one) == "suppress" and is_broad(one.args[0])
    ]
    assert [line for line in (*broad, *suppressed) if line not in reasons] == []


def is_broad(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(one, ast.Name) and one.id in {"Exception", "BaseException"} for one in names)


def test_only_the_window_knows_pywebview():
    assert [shown(one) for one in PROGRAM if "webview" in imported(one)] == ["loyalapp/desktop/window.py"]


def test_standard_sqlite3_is_nowhere():
    assert [shown(one) for one in PYTHON if "sqlite3" in imported(one)] == []


def test_only_views_and_the_shell_know_the_request():
    """A feature's `everywhere.py` is the part of its views that every page needs, and so is loaded at the start.

    `gate.py` is the page that stands before the app while the password of encrypted data is asked for; `aid.py` the one
    that is shown instead of it while the data is damaged.
    """
    of_requests = {f"flask.{one}" for one in ("request", "session", "flash", "redirect", "render_template")}
    allowed = re.compile(
        r"loyalapp/web/|loyalapp/sdk\.py|.*/(views|everywhere|gate|aid)\.py|loyalapp/core/i18n\.py"
    )  # i18n: the language is in the session

    assert [shown(one) for one in PROGRAM if of_requests & imported(one) and not allowed.match(shown(one))] == []


@pytest.mark.parametrize("path", [one for one in PROGRAM if shown(one).startswith("plugins/")], ids=shown)
def test_plugins_stand_on_the_sdk_alone(path):
    ours = {one for one in imported(path) if one.startswith(("loyalapp", "plugins"))}

    assert {one for one in ours if not one.startswith("loyalapp.sdk") and one != "loyalapp"} == set()


def test_no_registry_host_and_no_path_of_a_machine_is_written_anywhere():
    # Put together here, so that this file itself can be searched too.
    hosts = (
        "pypi" + ".org",
        "python" + "hosted",
        "npm" + "js.org",
        "registry" + ".npm",
        "index" + "-url",
        "extra-" + "index",
    )
    paths = ("/" + "home/", "/" + "root/", "/" + "work/", "/" + "tmp/", "C:" + "\\Users")
    everywhere = "/" + "tmp/.X11-unix"  # where X servers listen, on every Linux
    found = []
    for path in files():
        try:
            text = path.read_text("utf-8").replace(everywhere, "")
        except UnicodeDecodeError:
            continue
        found += [f"{shown(path)}: {one}" for one in (*hosts, *paths) if one in text]

    assert found == []


SPEAKING = {"_", "gettext", "ngettext", "lazy_gettext", "pgettext", "lazy"}


def test_no_sentence_is_glued_together():
    found = []
    for path in PROGRAM:
        for one in ast.walk(parsed(path)):
            if isinstance(one, ast.Call) and called(one) in SPEAKING:
                texts = one.args[:2] if called(one) in {"ngettext", "pgettext"} else one.args[:1]
                found += [f"{shown(path)}:{one.lineno}" for text in texts if not is_literal_sentence(text)]

    assert found == []


def test_no_sentence_is_said_inside_an_f_string():
    """The extractor does not see into one on Python 3.11, so the sentence would stay English for everybody."""
    found = [
        f"{shown(path)}:{spoken.lineno}"
        for path in PROGRAM
        for text in ast.walk(parsed(path))
        if isinstance(text, ast.JoinedStr)
        for spoken in ast.walk(text)
        if isinstance(spoken, ast.Call) and called(spoken) in SPEAKING
    ]
    assert found == []


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


# The pages beside the installers are opened alone, from a folder: they carry what they need.
@pytest.mark.parametrize("path", [one for one in TEMPLATES if not shown(one).startswith("packaging/")], ids=shown)
def test_templates_carry_no_style_and_no_script(path):
    text = re.sub(r"{#.*?#}", "", path.read_text("utf-8"), flags=re.DOTALL)
    seen = Attributes()
    seen.feed(re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL))

    assert seen.refused == []
    assert "|safe" not in re.sub(r"""(?:'[^'{}<]*'|"[^"{}]*"|'</?b>'|"</?b>")\s*\|\s*safe""", "", text), (
        "|safe only on our own words"
    )
