"""What a plugin's maker should mend although LoyalApp would take the plugin; `loyalapp plugin check` says it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from loyalapp.core import translating
from loyalapp.core.i18n import LANGUAGES
from loyalapp.plugin_system import borrowing, hookspecs
from loyalapp.plugin_system.borrowing import Fault
from loyalapp.plugin_system.manifest import Manifest

HOOKS = frozenset(name for name, one in vars(hookspecs).items() if hasattr(one, f"{hookspecs.PROJECT}_spec"))


def advice(folder: Path, manifest: Manifest) -> list[str]:
    """Everything worth a word, each with its file and line where it has one."""
    return [
        *map(str, _unmarked_hooks(folder)),
        *map(str, _names_on_their_way_out(folder)),
        *map(str, _one_way_migrations(folder)),
        *_untold_reasons(manifest),
        *translating.faults_of(translating.words_of_plugin(folder)),
    ]


def _unmarked_hooks(folder: Path) -> Iterator[Fault]:
    """A function with the name of a hook that nobody will ever call."""
    for one in ast.parse((folder / "plugin.py").read_bytes()).body:
        if isinstance(one, ast.FunctionDef) and one.name in HOOKS and not one.decorator_list:
            yield Fault("plugin.py", one.lineno, f"{one.name} is a hook, but has no @hookimpl: it is never called")


def _names_on_their_way_out(folder: Path) -> Iterator[Fault]:
    leaving = borrowing.leaving_names()
    for file in borrowing.sources(folder):
        for line, name in borrowing.names_of_sdk(ast.parse(file.read_bytes())):
            if name in leaving:
                instead, version = leaving[name]
                what = f"sdk.{name} is gone in API {version}; use sdk.{instead}"
                yield Fault(file.relative_to(folder).as_posix(), line, what)


def _one_way_migrations(folder: Path) -> Iterator[Fault]:
    """Without a way back the user cannot return to the version before."""
    for file in sorted(folder.glob("migrations/versions/*.py")):
        found = [one for one in ast.parse(file.read_bytes()).body if isinstance(one, ast.FunctionDef)]
        if "downgrade" not in {one.name for one in found}:
            name = file.relative_to(folder).as_posix()
            yield Fault(name, 1, "it has no downgrade(): nobody can go back to the version before")


def _untold_reasons(manifest: Manifest) -> Iterator[str]:
    for what, reason in manifest.access.items():
        if lacking := [one for one in LANGUAGES if not str(reason.get(one, "")).strip()]:
            yield f"plugin.toml: [access.{what}] says nothing in {', '.join(lacking)}"
