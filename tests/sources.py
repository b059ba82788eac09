"""The files of the repository, parsed once, for the tests that read the program instead of running it."""

import ast
import io
import re
import subprocess
import tokenize
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@cache
def files(*endings: str) -> list[Path]:
    """Every file that is, or is about to be, kept in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return sorted({ROOT / name for name in listed if name.endswith(endings or ("",)) and (ROOT / name).is_file()})


def shown(path: Path) -> str:
    """A path as it is written in the design."""
    return path.relative_to(ROOT).as_posix()


def is_broken_on_purpose(path: Path) -> bool:
    """The zoo is full of plugins that break every rule; what a plugin brings along was written by others."""
    return shown(path).startswith("tests/plugin_system/zoo/") or "/vendor/" in shown(path)


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"))


def comments(path: Path) -> list[tuple[int, str]]:
    """Each comment with its line."""
    reader = io.StringIO(path.read_text("utf-8")).readline
    return [(one.start[0], one.string) for one in tokenize.generate_tokens(reader) if one.type == tokenize.COMMENT]


def called(call: ast.Call) -> str:
    """The name of what is called, without the object it belongs to."""
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


def is_literal_sentence(text: ast.expr) -> bool:
    """A literal; a name is what a translating function hands on. No f-string, no %, no +, no bare percent sign."""
    if isinstance(text, ast.Constant):
        return isinstance(text.value, str) and re.search(r"%(?!\(\w+\)[sd])", text.value) is None
    return isinstance(text, ast.Name | ast.Starred)


PYTHON = [one for one in files(".py") if not is_broken_on_purpose(one)]
PROGRAM = [one for one in PYTHON if not shown(one).startswith("tests/")]
TEMPLATES = [one for one in files(".html") if not is_broken_on_purpose(one)]
SHEETS = [one for one in files(".css") if not is_broken_on_purpose(one)]
