"""Answers with the right records, filled wrongly."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl


@hookimpl
def nav_links():
    return [sdk.NavLink("Nowhere", "no.such.endpoint", "plugin")]


@hookimpl
def quick_actions():
    return [sdk.QuickAction("Needs an id", "customers.show", "plugin")]


@hookimpl
def today_entries(day, limit):
    return [sdk.TodayEntry("wrong:1", None, "no such kind", "Nothing"), sdk.TodayEntry("wrong:2", "x", "review", None, weight="heavy")]


@hookimpl
def timeline_entries(customer_id, limit):
    return [sdk.TimelineEntry(at=None, kind="x", icon="x", title="No day")]


@hookimpl
def customer_panels(customer_id):
    return [sdk.Panel("wrong_values/not_there.html", order="first")]


@hookimpl
def help_topics():
    return [sdk.HelpTopic("../../etc", "Escapes", "wrong_values/not_there.html", "first")]
