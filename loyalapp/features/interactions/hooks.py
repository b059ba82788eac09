"""What contacts and promises answer when asked: the button, the timeline, promises that are due."""

from datetime import date, datetime
from typing import Any

from loyalapp.core.formats import relative_day
from loyalapp.core.i18n import _
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import promises, rules, service
from loyalapp.plugin_system.answers import CustomerAction, Panel, QuickAction, TimelineEntry, TodayEntry
from loyalapp.plugin_system.hookspecs import hookimpl

TOLD = 10_000  # what the customer waits for weighs more than what we planned for ourselves
SIGNS = {
    "call": "phone",
    "whatsapp": "whatsapp",
    "visit": "visit",
    "counter": "bag",
    "sms": "speak",
    "email": "send",
    "other": "speak",
}


@hookimpl
def quick_actions():
    """A call can be logged from any page."""
    return [QuickAction(_("Log a call"), "interactions.choose", "phone", key="L")]


@hookimpl
def customer_actions(customer_id):
    """WhatsApp opens with the first number that is there; the chat itself stays in WhatsApp."""
    numbers = [one.number.removeprefix("+") for one in customers.profile(customer_id).phones if one.on_whatsapp]
    return [CustomerAction(_("WhatsApp"), f"https://wa.me/{numbers[0]}", "whatsapp")] if numbers else []


@hookimpl
def customer_panels(customer_id):
    """What we promised, at the head of the page."""
    found = service.promises_of(customer_id)
    return [Panel("interactions/promises.html", {"promises": found}, -10)] if found else []


@hookimpl
def timeline_entries(customer_id, limit, until):
    """Contacts, by what was said and learned, and what became of our promises."""
    titles = _titles()
    contacts = [
        TimelineEntry(
            at=row.happened_at,
            kind="checkin",
            icon=SIGNS.get(row.channel, "speak"),
            title=_title(titles, row.channel, row.started_by),
            said=row.said,
            note=_note(row),
            url=f"/contacts/{row.id}",
            about="contact",
        )
        for row in service.latest(customer_id, limit, until)
    ]
    return [*contacts, *_promised(customer_id, limit, until)]


def _note(row: Any) -> str:
    """What was learned, else a note of ours; where nobody was reached, that comes first."""
    words = _("Learned: %(fact)s", fact=row.learned) if row.learned else row.note
    return words if row.is_answered else " ".join(filter(None, (_("No answer."), words)))


def _promised(customer_id: int, limit: int, until: datetime | None) -> list[TimelineEntry]:
    sentences = {
        "made": _("Promised: %(what)s"),
        "kept": _("Promise kept: %(what)s"),
        "broken": _("Promise not kept: %(what)s"),
        "moved": _("Another day for the promise: %(what)s"),
    }
    return [
        TimelineEntry(
            at=row.at,
            kind="promise",
            icon="knot",
            title=sentences[row.deed] % {"what": row.what},
            note=row.why or "",
            url="/promises/",
            about="promise",
        )
        for row in promises.history(customer_id, limit, until)
    ]


def _titles() -> dict[str, dict[str, str]]:
    """What a contact is called, by who began it and how; "" for any other way. Put together once for a page."""
    return {
        "customer": {
            "call": _("They called us"),
            "whatsapp": _("They wrote on WhatsApp"),
            "visit": _("They came to us"),
            "counter": _("They were at our counter"),
            "": _("They contacted us"),
        },
        "us": {
            "call": _("We called"),
            "whatsapp": _("We wrote on WhatsApp"),
            "visit": _("We visited them"),
            "counter": _("Talked at our counter"),
            "": _("We contacted them"),
        },
    }


def _title(titles: dict[str, dict[str, str]], channel: str, started_by: str) -> str:
    known = titles["customer" if started_by == "customer" else "us"]
    return known.get(channel, known[""])


@hookimpl
def today_entries(day, limit):
    """Promises that are due, first on Today after open problems; whoever waits for an answer; steps we planned."""
    return [*_due(day, limit), *_unanswered(limit)]


def _due(day: date, limit: int) -> list[TodayEntry]:
    return [
        TodayEntry(
            key=f"promise:{one.id}",
            customer_id=one.customer_id,
            kind="promise",
            what=one.what,
            why=_why(one.due_on, is_told=one.is_told),
            due_on=one.due_on,
            unasked=not one.is_told,
            weight=(day - one.due_on).days + (TOLD if one.is_told else 0),
        )
        for one in service.open_promises(day, limit)
    ]


def _unanswered(limit: int) -> list[TodayEntry]:
    """The firm's standard that can be checked: everybody who called or wrote gets an answer (D4)."""
    return [
        TodayEntry(
            key=f"answer:{one.id}",
            customer_id=one.customer_id,
            kind="promise",
            what=_("Answer them: they called or wrote."),
            why=_("They wait for an answer. It was %(day)s.", day=relative_day(one.happened_at)),
            unasked=False,
            weight=TOLD,
        )
        for one in rules.unanswered(limit)
    ]


def _why(due_on: date, *, is_told: bool) -> str:
    day = relative_day(due_on)
    return _("The promised day: %(day)s.", day=day) if is_told else _("You planned it for this day: %(day)s.", day=day)


@hookimpl
def today_entry_was_finished(key):
    """Done on Today means the promise is kept."""
    if number := _promise_in(key):
        service.keep(number)


@hookimpl
def today_entry_was_reopened(key):
    """The undo of that."""
    if number := _promise_in(key):
        service.reopen(number)


def _promise_in(key: str) -> int:
    """The promise that an entry of Today speaks of; 0 if it speaks of something else."""
    kind, _colon, number = key.partition(":")
    return int(number) if kind == "promise" and number.isdecimal() and len(number) < 10 else 0
