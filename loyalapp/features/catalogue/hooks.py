"""What sales answer when asked: the button, the timeline, and on Today check-ins, warranties and silent regulars."""

from loyalapp.core.clock import today
from loyalapp.core.formats import format_day, format_money
from loyalapp.core.i18n import _
from loyalapp.features.catalogue import service
from loyalapp.plugin_system.answers import CustomerAction, TimelineEntry, TodayEntry
from loyalapp.plugin_system.hookspecs import hookimpl

LONGEST_NUMBER = 10


@hookimpl
def customer_actions(customer_id):
    """A sale is written down from the customer's page."""
    from flask import url_for  # noqa: PLC0415 -- hooks know pages only by their address

    return [CustomerAction(_("Write a sale"), url_for("catalogue.sale", customer_id=customer_id), "bag")]


@hookimpl
def timeline_entries(customer_id, limit):
    """Purchases."""
    return [
        TimelineEntry(
            at=row.bought_on,
            kind="promise",
            icon="bag",
            title=_("Bought: %(item)s", item=row.item),
            note=format_money(row.amount_minor, row.currency) if row.amount_minor is not None else "",
            url=f"/catalogue/purchase/{row.id}",
        )
        for row in service.purchases_of(customer_id, limit)
    ]


@hookimpl
def today_entries(day, limit):
    """Check-ins after a sale (D7), warranties that end, and regulars who have gone quiet (B7)."""
    return [*_checkins(day, limit), *_endings(day, limit), *_quiet(day, limit)]


def _checkins(day, limit):
    return [
        TodayEntry(
            key=f"checkin:{row.id}",
            customer_id=row.customer_id,
            kind="checkin",
            what=_("Ask whether all is well with: %(item)s.", item=row.item),
            why=_("Bought on %(day)s.", day=format_day(row.bought_on)),
            due_on=row.bought_on + service.CHECK_IN_AFTER,
        )
        for row in service.due_checkins(day, limit)
    ]


def _endings(day, limit):
    return [
        TodayEntry(
            key=f"warranty:{row.id}",
            customer_id=row.customer_id,
            kind="ending",
            what=_("Tell them that the warranty ends soon: %(item)s.", item=row.item),
            why=_("It ends on %(day)s.", day=format_day(row.warranty_until)),
            due_on=row.warranty_until,
        )
        for row in service.ending_warranties(day, limit)
    ]


def _quiet(day, limit):
    return [
        TodayEntry(
            key=f"quiet:{row.customer_id}:{row.last_on}",
            customer_id=row.customer_id,
            kind="quiet",
            what=_("Ask how they are doing. They have gone quiet."),
            why=_(
                "They used to buy about every %(days)s days, the last time on %(day)s.",
                days=row.rhythm_days,
                day=format_day(row.last_on),
            ),
            weight=row.purchases,
        )
        for row in service.gone_quiet(day, limit)
    ]


SETTLE = {"checkin": service.set_checked_in, "warranty": service.set_warned}


@hookimpl
def today_entry_was_finished(key):
    """Done on Today is written on the purchase, so that it makes room for the next."""
    _settle(key, today())


@hookimpl
def today_entry_was_reopened(key):
    """The undo of that."""
    _settle(key, None)


def _settle(key, day):
    kind, _colon, number = key.partition(":")
    if kind in SETTLE and number.isdecimal() and len(number) < LONGEST_NUMBER:
        SETTLE[kind](int(number), day)
