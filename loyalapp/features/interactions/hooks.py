"""What contacts and promises answer when asked: the button, the timeline, promises that are due."""

from loyalapp.core.formats import relative_day
from loyalapp.core.i18n import _
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service
from loyalapp.plugin_system.answers import CustomerAction, Panel, QuickAction, TimelineEntry, TodayEntry
from loyalapp.plugin_system.hookspecs import hookimpl

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
    return [QuickAction(_("Log a call"), "interactions.choose", "phone")]


@hookimpl
def customer_actions(customer_id):
    """WhatsApp opens with the first number that is there; the chat itself stays in WhatsApp."""
    numbers = [one.number.removeprefix("+") for one in customers.get(customer_id).phones if one.on_whatsapp]
    return [CustomerAction(_("WhatsApp"), f"https://wa.me/{numbers[0]}", "whatsapp")] if numbers else []


@hookimpl
def customer_panels(customer_id):
    """What we promised, at the head of the page, and how often we contacted this customer unasked."""
    used = service.unasked_counts([customer_id]).get(customer_id, 0)
    values = {"used": used, "limit": customers.contact_limit(customers.get(customer_id))}
    contacts = Panel("interactions/panel.html", values, 5)
    promises = service.promises_of(customer_id)
    return [Panel("interactions/promises.html", {"promises": promises}, -10), contacts] if promises else [contacts]


@hookimpl
def timeline_entries(customer_id, limit):
    """Contacts, by what was said and learned."""
    titles = _titles()
    return [
        TimelineEntry(
            at=row.happened_at,
            kind="checkin",
            icon=SIGNS.get(row.channel, "speak"),
            title=_title(titles, row.channel, row.started_by),
            said=row.said,
            note=_("Learned: %(fact)s", fact=row.learned) if row.learned else row.note,
            url=f"/contacts/{row.id}",
        )
        for row in service.latest(customer_id, limit)
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
    """Promises that are due: first on Today after open problems."""
    return [
        TodayEntry(
            key=f"promise:{one.id}",
            customer_id=one.customer_id,
            kind="promise",
            what=one.what,
            why=_("The promised day: %(day)s.", day=relative_day(one.due_on)),
            due_on=one.due_on,
            unasked=False,
            weight=(day - one.due_on).days,
        )
        for one in service.open_promises(day, limit)
    ]


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
