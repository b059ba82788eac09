"""The sentences of reviews in the reader's language: a level, and why it is so."""

from typing import Any

from loyalapp import sdk

from .models import Review
from .service import Standing

_ = sdk.texts("reviews").gettext
ngettext = sdk.texts("reviews").ngettext
NAMED = 3  # so many kinds of goods that are missing are named


def level(which: str) -> str:
    """The word for a level."""
    return {"low": _("Low"), "middle": _("Middle"), "high": _("High")}[which]


def means(which: str) -> str:
    """The answer to "could they buy more?"."""
    return {"yes": _("Yes"), "no": _("Not now"), "unknown": _("Don’t know")}[which]


def kind(which: str | None) -> str:
    """What a recommendation is."""
    return {
        "tip": _("A tip"),
        "upgrade": _("A better one than they have"),
        "addon": _("Something that goes with it"),
        "maintenance": _("A maintenance contract"),
        "product": _("Something new"),
    }.get(which or "", "")


def area(which: str) -> str:
    """The three parts of a review."""
    return {"us": _("About us"), "needs": _("What they need"), "others": _("Other shops")}[which]


def channel(which: str) -> str:
    """How the talk was held."""
    return {"call": _("Phone"), "visit": _("Visit"), "counter": _("At our counter"), "whatsapp": _("WhatsApp")}[which]


def reasons(one: Standing) -> list[str]:
    """Why the rule says so, one short sentence each."""
    shelf = one.shelf
    if not shelf.bought:
        return [_("Nothing bought from us yet."), _means_reason(one)]
    if shelf.bought >= shelf.sold:
        ends = _("Something they have wears out soon.") if shelf.ends_soon else _("Nothing of it wears out soon.")
        return [_("Has every kind of goods we sell."), ends]
    found = [
        ngettext(
            "Bought %(bought)s of the %(num)s kind of goods we sell.",
            "Bought %(bought)s of the %(num)s kinds of goods we sell.",
            shelf.sold,
            bought=sdk.format_number(shelf.bought),
        ),
        _means_reason(one),
    ]
    comma = "، " if sdk.current_language() == "ur" else ", "
    missing = comma.join(sdk.isolate_text(name) for name in shelf.missing[:NAMED])
    return [*found, _("Not yet: %(things)s.", things=missing)] if missing else found


def _means_reason(one: Standing) -> str:
    return {
        "yes": _("They could buy more."),
        "no": _("They do not want to spend more now."),
        "unknown": _("Whether they could buy more, we do not know yet."),
    }[one.means]


def explained(one: Standing) -> str:
    """The level and its reason in one sentence."""
    if one.overruled:
        return _("%(level)s, you said: %(reason)s", level=level(one.overruled), reason=sdk.isolate_text(one.reason))
    values: dict[str, Any] = {
        "bought": sdk.format_number(one.shelf.bought),
        "sold": sdk.format_number(one.shelf.sold),
        "level": level(one.level),
    }
    if 0 < one.shelf.sold <= one.shelf.bought:
        if one.shelf.ends_soon:
            return _("%(level)s: has every kind of goods we sell, but something of it wears out soon.", **values)
        return _("%(level)s: has every kind of goods we sell, and nothing of it wears out soon.", **values)
    if one.means == "yes":
        return _("%(level)s: bought %(bought)s of %(sold)s kinds, and could buy more.", **values)
    if one.means == "no":
        return _("%(level)s: bought %(bought)s of %(sold)s kinds, and does not want to spend more now.", **values)
    return _(
        "%(level)s: bought %(bought)s of %(sold)s kinds; whether they could buy more, we do not know yet.", **values
    )


def rhythm(which: str) -> str:
    """How often an account of this level is reviewed."""
    return {
        "low": _("So we review once a year."),
        "middle": _("So we review twice a year."),
        "high": _("So we review 4 times a year."),
    }[which]


def why_due(held: Review | None, *, begun: bool) -> str:
    """Why a review is on Today."""
    if begun:
        return _("The review was begun; what was said so far is kept.")
    if held is None or held.held_on is None:
        return _("We have not held a review with them yet.")
    return _("The last review was on %(day)s.", day=sdk.isolate_text(sdk.format_day(held.held_on, "near")))
