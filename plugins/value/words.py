"""Spoken questions from `questions.toml`, themes from `themes.toml`, and the words of the interface for kinds."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from loyalapp import sdk

_ = sdk.texts("value").gettext
FOLDER = Path(__file__).parent
ICONS = {"likes": ("greeting", "flower"), "stays": ("review", "scale"), "extra_given": ("idea", "gift")}
EXTRAS = ("service", "advice", "delivery", "maintenance", "payment", "standing_by")
QUOTES = {"ur": "”{}“"}


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def question(which: str, language: str) -> str:
    """What is asked aloud: `likes`, `stays` or `may_name`."""
    return str(_file("questions")[which][language])


def asked(which: str) -> dict[str, str]:
    """The same in every message language."""
    found: dict[str, str] = _file("questions")[which]
    return found


def sheet(language: str) -> dict[str, str]:
    """The texts of the sheets in a message language."""
    found: dict[str, str] = _file("sheet")[language]
    return found


def themes() -> list[str]:
    """The keys of what can be ticked."""
    return list(_file("themes"))


def theme(key: str, language: str = "") -> str:
    """What a theme is called, in the reader's language or the given one; an own word is itself."""
    known = _file("themes").get(key)
    return str(known[language or sdk.current_language()]) if known else key


def kind(which: str) -> str:
    """What a line of the book is."""
    return {"likes": _("Likes best"), "stays": _("Stays because"), "extra_given": _("Extra given")}[which]


def extra_sort(which: str | None) -> str:
    """The sort of an extra (practice C2), or the owner's own."""
    from . import sorts  # noqa: PLC0415 -- it needs the keys from here

    return {
        "service": _("Service"),
        "advice": _("Advice"),
        "delivery": _("Flexible delivery"),
        "maintenance": _("Maintenance"),
        "payment": _("Flexible payment"),
        "standing_by": _("Stood by until a problem was solved"),
    }.get(which or "") or sorts.own_name(which or "")


def quoting(which: str) -> str:
    """What others may be told, in few words."""
    return {
        "name": _("may be named"),
        "kind": _("only the kind of customer"),
        "no": _("not to be quoted"),
        "": _("nobody asked whether we may quote it"),
    }[which]


def size(which: str | None) -> str:
    """How large a customer is."""
    return {"small": _("small"), "middle": _("middle-sized"), "large": _("large")}.get(which or "", _("size not known"))


def quoted(text: str) -> str:
    """Somebody's words between the quotes of their own letters."""
    return QUOTES.get(sdk.address.script_of(text), "“{}”").format(text)


def own_letters(language: str) -> str:
    """The language whose letters a message language is written in: for fonts, days and names."""
    return "en" if "-" in language else language


def spoken_with(customer: Any) -> str:
    """The customer's own language; where we do not know it, the one of this screen."""
    known = customer.message_language
    return known if known in sdk.MESSAGE_LANGUAGES else sdk.current_language()
