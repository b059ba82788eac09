"""Answers with more than anybody could read."""

from itertools import count

from loyalapp import sdk
from loyalapp.sdk import hookimpl


@hookimpl
def nav_links():
    return [sdk.NavLink("Flood", "floods.show", "plugin")] * 100_000


@hookimpl
def customer_actions(customer_id):
    return sdk.CustomerAction("Flood" * 10_000_000, "/", "plugin")


@hookimpl
def customer_panels(customer_id):
    return sdk.Panel("floods/panel.html", {"words": "Flood" * 10_000_000})


@hookimpl
def timeline_entries(customer_id, limit):
    for _one in count():
        yield sdk.TimelineEntry(at=sdk.today(), kind="x", icon="plugin", title="Flood")
