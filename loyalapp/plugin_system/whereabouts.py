"""Says of an error in which file and line of a plugin it happened, for the plugin's maker."""

import traceback
from pathlib import Path


def said(error: BaseException, folder: Path) -> str:
    """The error in one line, such as `KeyError: 'x' (views.py, line 12)`: the last line of the plugin on the way."""
    return f"{type(error).__name__}: {error} {place(error, folder)}".strip()


def place(error: BaseException, folder: Path) -> str:
    """`(views.py, line 12)`, or nothing where no file of the plugin took part."""
    steps = [(step.filename, step.lineno) for step in traceback.extract_tb(error.__traceback__)]
    if (name := getattr(error, "filename", None)) and (line := getattr(error, "lineno", None)):
        steps.append((str(name), line))  # what is not Python yet: a SyntaxError, or the fault of a template
    mine = [(Path(file), line) for file, line in steps if Path(file).is_relative_to(folder)]
    return f"({mine[-1][0].relative_to(folder).as_posix()}, line {mine[-1][1]})" if mine else ""
