"""The words of our code for the catalogues: those marked, and what commands of the command line say of themselves."""

import ast
import inspect
from collections.abc import Iterator
from typing import Any, BinaryIO

_EXPLAINED = frozenset({"command", "group"})


def words(file: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[tuple[int, Any, Any, Any]]:
    """Everything to be translated in a file of Python; Babel calls it for each."""
    from babel.messages.extract import extract_python  # noqa: PLC0415 -- slow import

    yield from extract_python(file, keywords, comment_tags, options)
    file.seek(0)
    source = file.read()
    if b"\nimport click\n" in source:
        for line, text in _of_commands(ast.parse(source)):
            yield line, "gettext", text, []


def _of_commands(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What commands and their options explain: every `help="…"`, else the docstring of a command."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from ((node.lineno, text) for text in _helps(node))
        elif isinstance(node, ast.FunctionDef) and any(_is_bare(mark) for mark in node.decorator_list):
            yield node.lineno, inspect.cleandoc(ast.get_docstring(node) or "")


def _helps(call: ast.Call) -> list[str]:
    found = (one.value for one in call.keywords if one.arg == "help")
    return [one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def _is_bare(mark: ast.expr) -> bool:
    """Whether a decorator makes a command of the function without a `help` of its own."""
    if not isinstance(mark, ast.Call) or not isinstance(mark.func, ast.Attribute) or mark.func.attr not in _EXPLAINED:
        return False
    return all(one.arg != "help" for one in mark.keywords)
