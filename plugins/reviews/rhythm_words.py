"""How often, by whom, since when: sentences about the rhythm of reviews and what was said of an account."""

from datetime import date

from loyalapp import sdk

from . import assessing, words
from .standings import Standing

_ = sdk.texts("reviews")


def often(days: int) -> str:
    """A rhythm as it is chosen."""
    return {
        30: _("Every month"),
        60: _("Every 2 months"),
        90: _("4 times a year"),
        120: _("3 times a year"),
        182: _("Twice a year"),
        365: _("Once a year"),
    }.get(days) or _.ngettext("Every %(num)s day", "Every %(num)s days", days)


def so_often(one: Standing) -> str:
    """How often an account is reviewed, as a sentence."""
    return _("How often we review: %(often)s.", often=often(one.days))


def who_said(one: Standing, names: dict[int, str]) -> str:
    """Who answered whether they could buy more, and when."""
    if one.said_on is None:
        return _("Nobody has said yet whether they could buy more.")
    day = sdk.isolate_text(sdk.format_day(one.said_on, "near"))
    if name := names.get(one.said_by_id or 0):
        return _("%(name)s said so: %(day)s.", name=sdk.isolate_text(name), day=day)
    return _("Said: %(day)s.", day=day)


def said(one: assessing.Said) -> str:
    """One line of what was said of an account."""
    if one.what == "means":
        what = _("Could they buy more? %(answer)s.", answer=words.means(one.answer))
    elif one.what == "days":
        days = int(one.answer or 0)
        what = _("A rhythm of their own: %(often)s.", often=often(days)) if days else _("No rhythm of their own.")
    elif one.answer.startswith("still "):
        what = _("Still seen as: %(level)s.", level=words.level(one.answer.removeprefix("still ")))
    else:
        what = _("Seen as: %(level)s.", level=words.level(one.answer)) if one.answer else _("The rule is right.")
    by = [sdk.isolate_text(one.by)] if one.by else []
    return " · ".join([what, *by, *([sdk.isolate_text(one.reason)] if one.reason else [])])


def pool(which: int, names: dict[int, str]) -> str:
    """Whose accounts."""
    return names.get(which) or _("Nobody’s")


def fits(needed: int, room: int) -> str:
    """Whether a year has room for the reviews that the accounts need."""
    values = {"needed": sdk.format_number(needed), "room": sdk.format_number(room)}
    if needed <= room:
        return _("Your accounts need about %(needed)s reviews a year, and there is room for %(room)s.", **values)
    return _(
        "Your accounts need about %(needed)s reviews a year, but there is room for %(room)s only. Allow more reviews a "
        "day, or a longer time between two.",
        **values,
    )


def share(which: str) -> str:
    """How much somebody has of what we sell."""
    return {
        "everything": _("Everything we sell"),
        "most": _("More than half"),
        "some": _("3 kinds up to half"),
        "few": _("1 or 2 kinds"),
        "none": _("Nothing yet"),
    }[which]


def means(which: str) -> str:
    """Whether somebody could buy more, as the head of a column."""
    return _("Not asked yet") if which == "new" else words.means(which)


def why_sooner(which: str) -> str:
    """Why a review was pulled forward."""
    return {"others": _("They speak of other shops more often than before.")}.get(which, "")


def last_bought(day: date | None) -> str:
    """When somebody bought last."""
    if day is None:
        return ""
    return _("Bought last: %(day)s.", day=sdk.isolate_text(sdk.format_day(day, "near")))
