"""Pages that are loaded when one of them is first asked for: a start needs the addresses of all and the code of few.

The addresses are read from the text of a feature's `views.py`, which takes a tenth of loading it. A file that does more
than that when it is loaded (`@pages.before_app_request`, say, or a call of a function) is loaded at once.
"""

import importlib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from flask import Blueprint

from loyalapp.plugin_system.checking import BadPlugin
from loyalapp.plugin_system.pages import Pages
from loyalapp.web.rights import owner_saves, private_page

HEAD = re.compile(r'^pages = Blueprint\("(\w+)", __name__((?:, \w+="[^"]*")*)\)$', re.MULTILINE)
OPTION = re.compile(r'(\w+)="([^"]*)"')
CALL = re.compile(r"[\w.]+\(")
ADDRESS = re.compile(r'@pages\.(get|post|route)\("([^"]*)"(?:, methods=\[([^]]*)\])?\)')
MARKS = {"@sdk.private_page": private_page, "@sdk.owner_saves": owner_saves}


class Address(NamedTuple):
    """One address, its methods, the name of the function that answers, and what else is written above that."""

    rule: str
    methods: tuple[str, ...]
    view: str
    marks: tuple[str, ...] = ()


class LateView:
    """Stands for a function of a module that is imported when it is called, or asked what is written on it."""

    methods = None  # what Flask asks of a function when it gets its address
    required_methods = ()
    provide_automatic_options = None

    def __init__(self, module: str, name: str) -> None:
        self.__module__, self.__name__ = module, name

    def __call__(self, **values: Any) -> Any:
        return self._function()(**values)

    def __getattr__(self, word: str) -> Any:
        return getattr(self._function(), word)

    def _function(self) -> Any:
        return getattr(importlib.import_module(self.__module__), self.__name__)


def pages_of(package: str, folder: Path) -> Blueprint:
    """The blueprint of a feature, whose functions wait where its file allows it."""
    module, text = f"{package}.views", (folder / "views.py").read_text("utf-8")
    head, found = HEAD.search(text), addresses(text.splitlines())
    if head is None or found is None:
        loaded: Blueprint = importlib.import_module(module).pages
        return loaded
    options: dict[str, Any] = dict(OPTION.findall(head[2]))
    pages = Blueprint(head[1], module, root_path=str(folder), **options)
    views = {one.view: LateView(module, one.view) for one in found}
    for one in found:
        pages.add_url_rule(one.rule, one.view, views[one.view], methods=list(one.methods))
    return pages


def late_pages(plugin_id: str, *modules: str) -> Pages:
    """Pages of a plugin that has many: each of its modules is loaded when one of its pages is first asked for.

    The modules' functions stand under `@pages…`, `@sdk.private_page` and `@sdk.owner_saves`, and nothing else.

    :raises BadPlugin: for a module that does more than that when it is loaded.
    """
    folder = Path(sys.modules[f"plugins.{plugin_id}"].__path__[0])
    pages = Pages(plugin_id, f"plugins.{plugin_id}", root_path=str(folder))
    pages.waiting = tuple(f"plugins.{plugin_id}.{one}" for one in modules)
    for name, module in zip(modules, pages.waiting, strict=True):
        found = addresses((folder / f"{name}.py").read_text("utf-8").splitlines())
        if found is None or any(mark not in MARKS for one in found for mark in one.marks):
            raise BadPlugin(f"the pages of {name}.py cannot wait: it does more than answer plain addresses")
        views = {one.view: LateView(module, one.view) for one in found}
        for one in found:
            for mark in one.marks:
                MARKS[mark](views[one.view])
            pages.add_url_rule(one.rule, one.view, views[one.view], methods=list(one.methods))
    return pages


def addresses(lines: Iterable[str]) -> list[Address] | None:
    """The addresses in the order in which Flask would hear of them; None if not everything is plain."""
    try:
        return list(_read(lines))
    except ValueError:
        return None


def _read(lines: Iterable[str]) -> Iterator[Address]:
    waiting: list[tuple[str, tuple[str, ...]]] = []
    marks: list[str] = []
    for line in lines:
        if line.startswith("@pages") or CALL.match(line):
            waiting.append(_address(line))
        elif line.startswith("@"):
            marks.append(line.rstrip())
        elif line.startswith("def ") and waiting:
            view = line[len("def ") : line.index("(")]
            yield from (Address(rule, methods, view, tuple(marks)) for rule, methods in reversed(waiting))
            waiting.clear()
        if line.startswith(("def ", "class ")):
            marks.clear()


def _address(line: str) -> tuple[str, tuple[str, ...]]:
    found = ADDRESS.fullmatch(line.rstrip())
    if found is None:
        raise ValueError(line)
    how, rule, methods = found.groups()
    if how == "route":
        return rule, tuple(re.findall(r"\w+", methods or "GET"))
    return rule, (how.upper(),)
