"""Files that plugins write to the exports folder, since web views differ in what they do with downloads."""

import re
from pathlib import Path

from flask import current_app

from loyalapp.core.paths import write_private
from loyalapp.core.textkeys import plain


def export_file(name: str, content: bytes) -> Path:
    """Write a file to the exports folder (web views differ in what they do with downloads); returns where it lies.

    The name loses every character that no file system takes; an older file of the same name is kept.
    """
    folder: Path = current_app.extensions["loyalapp.data"].exports
    safe = _safe(name)
    target = folder / safe
    count = 2
    while target.exists():
        target = folder / f"{Path(safe).stem} ({count}){Path(safe).suffix}"
        count += 1
    write_private(target, content)
    return target


def exported(name: str) -> list[Path]:
    """The files that `export_file` wrote under a name and that are still there."""
    folder: Path = current_app.extensions["loyalapp.data"].exports
    safe = Path(_safe(name))
    numbered = re.compile(rf"{re.escape(safe.stem)}( \(\d+\))?{re.escape(safe.suffix)}")
    return sorted(one for one in folder.iterdir() if numbered.fullmatch(one.name))


def _safe(name: str) -> str:
    kept = "".join(one if one.isalnum() or one in "-_. " or ord(one) > 127 else "-" for one in plain(name))
    return kept.strip(". ")[:120] or "LoyalApp"
