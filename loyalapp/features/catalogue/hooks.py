"""What sales answer when asked: buttons, what somebody has, the timeline, and on Today check-ins, ends and silences."""

from loyalapp.core.clock import today
from loyalapp.core.formats import format_day, format_money
from loyalapp.core.i18n import _, isolate_text
from loyalapp.features.catalogue import checkins, owned, rhythm, service
from loyalapp.plugin_system.answers import CustomerAction, Panel, QuickAction, TimelineEntry, TodayEntry
from loyalapp.plugin_system.hookspecs import hookimpl

LONGEST_NUMBER = 10
MOST_THINGS = 30


@hookimpl
def quick_actions():
    """A sale can be written down from any page."""
    return [QuickAction(_("Write a sale"), "catalogue.choose", "bag", key="S")]


@hookimpl
def customer_actions(customer_id):
    """A sale is written down from the customer's page."""
    from flask import url_for  # noqa: PLC0415 -- hooks know pages only by their address

    return [CustomerAction(_("Write a sale"), url_for("catalogue.sale", customer_id=customer_id), "bag")]


@hookimpl
def customer_panels(customer_id):
    """What they have from us, with what of it ends soon."""
    day, found = today(), owned.of(customer_id, MOST_THINGS)
    things = [(one, _ends(one, day)) for one in found if not one.gone_on]
    gone = [one for one in found if one.gone_on]
    things.sort(key=lambda one: not one[1])
    values = {"customer_id": customer_id, "things": things, "gone": gone}
    return [Panel("catalogue/owned_panel.html", values, 15, is_private=False)]


def _ends(item, day):
    """Sentences about what of a thing ends soon, or has just ended."""
    return [_end(kind, ends, is_over=ends < day) for kind, ends in owned.ends_soon(item, day)]


def _end(kind, ends, *, is_over):
    on = format_day(ends)
    if kind == "warranty":
        return _("The warranty ended on %(day)s.", day=on) if is_over else _("The warranty ends on %(day)s.", day=on)
    if kind == "contract":
        return _("The contract ended on %(day)s.", day=on) if is_over else _("The contract ends on %(day)s.", day=on)
    return _("It was expected to last until %(day)s.", day=on)


@hookimpl
def timeline_entries(customer_id, limit, until):
    """Purchases."""
    return [
        TimelineEntry(
            at=row.bought_on,
            kind="promise",
            icon="bag",
            title=_("Bought: %(item)s", item=row.item),
            note=format_money(row.amount_minor, row.currency) if row.amount_minor is not None else "",
            url=f"/catalogue/purchase/{row.id}",
            about="sale",
        )
        for row in service.purchases_of(customer_id, limit, until and until.date())
    ]


@hookimpl
def today_entries(day, limit):
    """Check-ins after a sale (D7), what ends soon, and regulars who have gone quiet (B7)."""
    return [*_checkins(day, limit), *_endings(day, limit), *_quiet(day, limit)]


def _checkins(day, limit):
    return [
        TodayEntry(
            key=one.key,
            customer_id=one.customer_id,
            kind="checkin",
            what=_("Ask whether all is well with: %(item)s.", item=isolate_text(one.item)),
            why=_why(one),
            due_on=one.due_on,
            url=f"/catalogue/check-in/{one.key}",
        )
        for one in checkins.due(day, limit)
    ]


def _why(one):
    day = format_day(one.since)
    if one.why == "first":
        return _("Their first purchase, on %(day)s.", day=day)
    return _("Installed on %(day)s.", day=day) if one.why == "installed" else _("Bought on %(day)s.", day=day)


def _endings(day, limit):
    return [
        TodayEntry(
            key=f"ending:{row.id}:{row.kind}:{row.ends.isoformat()}",
            customer_id=row.customer_id,
            kind="ending",
            what=_speak_of(row.kind, isolate_text(row.what), is_over=row.ends < day),
            why=_end(row.kind, row.ends, is_over=row.ends < day),
            due_on=row.ends,
            weight=(day - row.ends).days,
        )
        for row in owned.ending(day, limit)
    ]


def _speak_of(kind, item, *, is_over):
    if kind == "warranty":
        if is_over:
            return _("The warranty has ended: %(item)s. Ask how it is doing.", item=item)
        return _("Tell them that the warranty ends soon: %(item)s.", item=item)
    if kind == "contract":
        if is_over:
            return _("The contract has ended: %(item)s. Ask whether they want a new one.", item=item)
        return _("Speak with them about the contract before it ends: %(item)s.", item=item)
    return _("It may wear out soon: %(item)s. Ask how it is doing.", item=item)


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
        for row in rhythm.gone_quiet(day, limit)
    ]


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
    if kind == "checkin" and number.isdecimal() and len(number) < LONGEST_NUMBER:
        checkins.set_checked_in(int(number), day)
