"""The sentences of reviews in the reader's language: a level, and why it is so."""

from datetime import time
from typing import Any

from loyalapp import sdk

from .models import Review
from .standings import Standing

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


def mood(which: str | None) -> str:
    """What a silence can mean (B7), said of a customer."""
    return {"content": _("Content"), "struggling": _("They struggle"), "leaving": _("May leave")}.get(which or "", "")


def tick(which: str) -> str:
    """What can be ticked instead of written."""
    return {"good": _("Good"), "so_so": _("So-so"), "bad": _("Bad")}.get(which, "")


def keep_as(which: str) -> str:
    """What an answer is besides."""
    return {
        "need": _("This is a need: write it down"),
        "fact": _("Remember it about them"),
        "mention": _("They spoke of another shop: write it down"),
    }.get(which, "")


def kept_as(which: str) -> str:
    """What was made of an answer."""
    return {
        "need": _("Written down as a need."),
        "fact": _("Remembered on the customer’s page."),
        "mention": _("Written down among what we heard of other shops."),
    }.get(which, "")


def sure(which: str) -> str:
    """How sure we are of what was said about another shop."""
    return {"said": _("They said so"), "seen": _("We saw or heard it"), "guess": _("We guess so")}.get(which, "")


def outcome(which: str) -> str:
    """What became of a recommendation."""
    return {"taken": _("They took it up"), "later": _("Later"), "not_taken": _("Not taken up")}.get(which, "")


def when(agreed: Any) -> str:
    """The day of an appointment, with its hour where one was said."""
    day = sdk.isolate_text(sdk.format_day(agreed.day, "weekday"))
    return f"{day}, {hour(agreed.hour)}" if agreed.hour else day


def chosen(talk: Any) -> str:
    """What a customer chose: the hour we agreed on, or the day on which we ask again."""
    if talk.state == "agreed":
        return _("Agreed for %(day)s.", day=when(talk))
    return _("They asked us to ask again on %(day)s.", day=sdk.isolate_text(sdk.format_day(talk.day, "near")))


def hour(text: str) -> str:
    """An hour kept as "HH:MM", as the reader writes it."""
    return sdk.isolate_text(sdk.format_time(time(int(text[:2]), int(text[3:5])))) if text else ""


def reasons(one: Standing) -> list[str]:
    """Why the rule says so, one short sentence each."""
    shelf = one.shelf
    if not shelf.bought:
        return [_("Nothing bought from us yet."), _means_reason(one)]
    if not shelf.sold:
        return [_("What we sell is not written down yet."), _means_reason(one)]
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
    return _by_rule(one) % values


def _by_rule(one: Standing) -> str:
    if not one.shelf.sold:
        return _("%(level)s: what we sell is not written down yet, so nothing can be counted.")
    if one.shelf.sold <= one.shelf.bought:
        if one.shelf.ends_soon:
            return _("%(level)s: has every kind of goods we sell, but something of it wears out soon.")
        return _("%(level)s: has every kind of goods we sell, and nothing of it wears out soon.")
    return {
        "yes": _("%(level)s: bought %(bought)s of %(sold)s kinds, and could buy more."),
        "no": _("%(level)s: bought %(bought)s of %(sold)s kinds, and does not want to spend more now."),
        "unknown": _(
            "%(level)s: bought %(bought)s of %(sold)s kinds; whether they could buy more, we do not know yet."
        ),
    }[one.means]


def why_due(held: Review | None, *, begun: bool) -> str:
    """Why a review is on Today."""
    if begun:
        return _("The review was begun; what was said so far is kept.")
    if held is None or held.held_on is None:
        return _("We have not held a review with them yet.")
    return _("The last review was on %(day)s.", day=sdk.isolate_text(sdk.format_day(held.held_on, "near")))
