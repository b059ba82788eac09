"""Printed sheets of lines under headings: made as PDF in the reader's language, and saved where files go."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import current_app

from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _, current_language
from loyalapp.core.paths import DataFolder, write_private
from loyalapp.core.typeset import typeset
from loyalapp.features.screen.service import screen
from loyalapp.features.settings import service as settings

SHEET = Path(__file__).with_name("sheet.typ")
Section = tuple[str, Sequence[tuple[str, str] | tuple[str, str, Sequence[Any]]]]


def make(
    title: str, lead: Sequence[str], sections: Sequence[Section], foot: str, *, is_one_page: bool = False
) -> bytes:
    """A sheet as PDF, Urdu in the letters that who sits here chose for the screen.

    :param lead: lines under the title. `sections`: a heading and its rows, each what stands before, the line itself,
        and perhaps a picture under it (rectangles of `loyalty.drawing`).
    :param is_one_page: letters are made as small as it takes.
    """
    return typeset(
        SHEET,
        {
            "language": current_language(),
            "firm": settings.firm().name,
            "title": title,
            "lead": list(lead),
            "sections": [{"title": head, "rows": [list(row) for row in rows]} for head, rows in sections],
            "foot": foot,
            "naskh": screen().letters == "naskh",
            "one": is_one_page,
        },
        "pdf",
    )


def save(name: str, content: bytes) -> Path:
    """Write a sheet into the exports folder; answers where it lies.

    :raises LoyalAppError: if the disk is full.
    """
    data: DataFolder = current_app.extensions["loyalapp.data"]
    target = data.exports / name
    try:
        write_private(target, content)
    except OSError as error:
        raise LoyalAppError(_("The file could not be written. Perhaps the disk is full.")) from error
    return target
