"""Spoken questions from `questions.toml`, and the words of the interface for kinds and extras."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from loyalapp import sdk

_ = sdk.texts("value").gettext
FILE = Path(__file__).with_name("questions.toml")
ICONS = {"likes": ("greeting", "flower"), "stays": ("review", "scale"), "extra_given": ("idea", "gift")}
EXTRAS = ("service", "advice", "delivery", "maintenance", "payment", "standing_by")


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def question(which: str, language: str) -> str:
    """What is asked aloud: `likes`, `stays` or `may_name`."""
    return str(_file()[which][language])


def kind(which: str) -> str:
    """What a line of the book is."""
    return {"likes": _("Likes best"), "stays": _("Stays because"), "extra_given": _("Extra given")}[which]


def extra_sort(which: str | None) -> str:
    """The sort of an extra (practice C2)."""
    return {
        "service": _("Service"),
        "advice": _("Advice"),
        "delivery": _("Flexible delivery"),
        "maintenance": _("Maintenance"),
        "payment": _("Flexible payment"),
        "standing_by": _("Stood by until a problem was solved"),
    }.get(which or "", "")
