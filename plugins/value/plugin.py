"""Value: what customers say they value, and what we gave them beyond the goods (practices C1 to C4)."""

from datetime import datetime
from typing import Any

from loyalapp import sdk
from loyalapp.sdk import hookimpl

from . import service, words

_ = sdk.texts("value").gettext


@hookimpl
def pages() -> Any:
    """The book, the two questions, extras."""
    return sdk.late_pages("value", "views")


@hookimpl
def nav_links() -> list[sdk.NavLink]:
    """The tab of the book."""
    return [sdk.NavLink(_("Value"), "value.index", "scale", order=45)]


@hookimpl
def customer_actions(customer_id: int) -> list[sdk.CustomerAction]:
    """Ask this customer what they value."""
    return [sdk.CustomerAction(_("Ask what they value"), sdk.url_for("value.new", customer_id=customer_id), "scale")]


@hookimpl
def customer_panels(customer_id: int) -> list[sdk.Panel]:
    """What we did for them, and what they say they value."""
    done = service.done_for(customer_id, sdk.customers.profile(customer_id).since)
    unnamed = bool(sdk.refused([customer_id], "reference"))
    values = {"customer_id": customer_id, "done": done, "words": words, "unnamed": unnamed}
    return [sdk.Panel("value/panel.html", values, order=30)]


@hookimpl
def briefing_lines(customer_id: int) -> list[sdk.BriefingLine]:
    """What they said they value: worth reminding them of (C4)."""
    return [
        sdk.BriefingLine(words.kind(one.kind), sdk.isolate_text(one.words), order=65)
        for one in service.voices_of(customer_id, 2, service.SAID)
    ]


@hookimpl
def timeline_entries(customer_id: int, limit: int, until: datetime | None) -> list[sdk.TimelineEntry]:
    """What they said, and the extras they were given."""
    found = []
    for row in service.voices_of(customer_id, limit, until=until and until.date()):
        kind, icon = words.ICONS[row.kind]
        is_extra = row.kind == "extra_given"
        title = _("Extra: %(sort)s", sort=words.extra_sort(row.extra)) if is_extra else words.kind(row.kind)
        said, note = ("", row.words) if is_extra else (row.words, "")
        found.append(sdk.TimelineEntry(at=row.said_on, kind=kind, icon=icon, title=title, said=said, note=note))
    return found


@hookimpl
def example_data(example: sdk.Example) -> None:
    """A few voices and extras, so that the pages are not empty."""
    from .example import add_examples  # noqa: PLC0415 -- a start needs none

    add_examples(example)


@hookimpl
def customer_export(customer_id: int, language: str) -> list[sdk.Held]:
    """What they told us they value, and what we gave them."""
    from . import handing_over  # noqa: PLC0415 -- once in a while

    return handing_over.about(customer_id, language)


@hookimpl
def help_topics() -> list[sdk.HelpTopic]:
    """Why to ask, and how."""
    return [sdk.HelpTopic("value", _("Why they stay with us"), "value/help.html")]
