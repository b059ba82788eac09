"""What a plugin may import, read from its files without running them: the sdk, Python's library, what LoyalApp ships.

A plugin's own libraries lie in its folder `vendor/` and keep the same rules. Other ways round (`__import__`) are not
looked for: this finds mistakes, not malice.
"""

import ast
import importlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SDK = "loyalapp.sdk"
TESTING = "loyalapp.testing"
# Shipped with every LoyalApp of this API; the manual lists the same, and what each is for.
LIBRARIES = frozenset(
    {
        "alembic",
        "babel",
        "dateutil",
        "flask",
        "hijridate",
        "holidays",
        "icalendar",
        "jinja2",
        "markupsafe",
        "openpyxl",
        "phonenumbers",
        "python_calamine",
        "segno",
        "sqlalchemy",
        "vobject",
        "werkzeug",
        "wtforms",
    }
)
# Parts of Python's own library that harm the program around them, and how.
HARMFUL = {
    "ctypes": "it can end the whole program",
    "ensurepip": "a plugin brings its libraries in vendor/",
    "faulthandler": "it belongs to the program",
    "idlelib": "a second window system ends the program",
    "multiprocessing": "it would start LoyalApp once more",
    "pty": "it does not exist on Windows",
    "signal": "signals belong to the program",
    "sqlite3": "closing it drops the locks of LoyalApp's database; use sdk.db",
    "subprocess": "other programs hang and open black windows",
    "tkinter": "a second window system ends the program",
    "turtle": "a second window system ends the program",
    "venv": "a plugin brings its libraries in vendor/",
}
# What speaks with other computers has to be said under [access.network].
NETWORK = frozenset(
    {"ftplib", "http.client", "imaplib", "poplib", "smtplib", "socket", "ssl", "urllib.request", "xmlrpc.client"}
)
LACKING = "is not shipped with LoyalApp; put it into the folder vendor/ and import it from there"


@dataclass(frozen=True)
class Fault:
    """A line of a plugin that breaks a rule; `file` as it is called in the plugin's folder."""

    file: str
    line: int
    what: str
    is_unreadable: bool = False

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what}"


def faults(folder: Path, plugin_id: str, access: frozenset[str] | set[str]) -> list[Fault]:
    """Every import that a plugin may not make, and every name it takes from the sdk that is not there.

    :param access: what its manifest says it uses.
    """
    return [fault for file in sources(folder) for fault in _faults_of(file, folder, plugin_id, access)]


def sources(folder: Path) -> list[Path]:
    """The Python files that are packed, in order."""
    from loyalapp.plugin_system.packing import contents  # noqa: PLC0415 -- packing is not needed for a start

    return [path for name, path in contents(folder).items() if name.endswith(".py")]


def _faults_of(file: Path, folder: Path, plugin_id: str, access: frozenset[str] | set[str]) -> Iterator[Fault]:
    name = file.relative_to(folder).as_posix()
    try:
        tree = ast.parse(file.read_bytes(), name)
    except (SyntaxError, ValueError) as error:
        yield Fault(name, getattr(error, "lineno", None) or 1, f"{type(error).__name__}: {error}", is_unreadable=True)
        return
    optional = _lines_that_may_fail(tree)
    for line, module in imports(tree):
        if (what := _objection(module, plugin_id, access)) and not (line in optional and what.endswith(LACKING)):
            yield Fault(name, line, what)
    for line, word in names_of_sdk(tree):
        if word not in public_names():
            yield Fault(name, line, f"loyalapp.sdk has no {word}")


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full name of each absolute import, such as `urllib.request` for `from urllib import request`."""
    for one in ast.walk(tree):
        if isinstance(one, ast.Import):
            yield from ((one.lineno, name.name) for name in one.names)
        elif isinstance(one, ast.ImportFrom) and one.module and not one.level:
            yield from ((one.lineno, f"{one.module}.{name.name}") for name in one.names)


def _lines_that_may_fail(tree: ast.Module) -> set[int]:
    """The lines inside `try: … except ImportError:`; libraries ask there for what they can do without."""
    return {
        line
        for one in ast.walk(tree)
        if isinstance(one, ast.Try) and any(_catches_import_errors(handler) for handler in one.handlers)
        for part in one.body
        for line in range(part.lineno, (part.end_lineno or part.lineno) + 1)
    }


def _catches_import_errors(handler: ast.ExceptHandler) -> bool:
    named = {one.id for one in ast.walk(handler.type) if isinstance(one, ast.Name)} if handler.type else set()
    return bool(named & {"ImportError", "ModuleNotFoundError"})


def _objection(module: str, plugin_id: str, access: frozenset[str] | set[str]) -> str:
    """Why this module may not be imported; empty where it may."""
    top = module.partition(".")[0]
    if top == "loyalapp":
        return "" if _is_in(module, SDK) else "of LoyalApp a plugin imports loyalapp.sdk alone"
    if top == "plugins":
        return "" if _is_in(module, f"plugins.{plugin_id}") else "plugins do not import each other; they ask and tell"
    if top in HARMFUL:
        return f"{top} may not be imported: {HARMFUL[top]}"
    if any(_is_in(module, one) for one in NETWORK) and "network" not in access:
        return f"{top} speaks with other computers, and plugin.toml does not say so under [access.network]"
    if top in LIBRARIES or (top in sys.stdlib_module_names and not top.startswith("_")) or top == "__future__":
        return ""
    return f"{top} {LACKING}"


def _is_in(module: str, home: str) -> bool:
    return module == home or module.startswith(f"{home}.")


def names_of_sdk(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Each name that is taken from the sdk, as `from loyalapp.sdk import name` or as `sdk.name`."""
    called = set()
    for one in ast.walk(tree):
        if isinstance(one, ast.ImportFrom) and not one.level:
            if one.module == SDK:
                yield from ((one.lineno, name.name) for name in one.names if name.name != "*")
            elif one.module == "loyalapp":
                called |= {name.asname or name.name for name in one.names if name.name == "sdk"}
    for one in ast.walk(tree):
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in called:
            yield one.lineno, one.attr


def public_names() -> frozenset[str]:
    """What the sdk offers, with the names that are on their way out."""
    sdk = importlib.import_module(SDK)  # by name: the sdk stands above this storey
    return frozenset(sdk.__all__) | frozenset(sdk.LEAVING)


def leaving_names() -> dict[str, tuple[str, str]]:
    """Names of the sdk on their way out: what to use instead, and the version of the API in which they are gone."""
    return dict(importlib.import_module(SDK).LEAVING)
