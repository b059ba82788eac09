"""What else stands on the page of one problem: each part brings the values of its own piece of the page."""

from collections.abc import Callable
from typing import Any

from . import handing, known, photos
from .models import Problem

PARTS: tuple[Callable[[Problem], dict[str, Any]], ...] = (handing.on_page, photos.on_page, known.on_page)


def of(problem: Problem) -> dict[str, Any]:
    """The values of all pieces by name."""
    return {name: value for part in PARTS for name, value in part(problem).items()}
