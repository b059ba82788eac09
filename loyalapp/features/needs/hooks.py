"""What needs and offers answer when asked: a section beside the customer's page, suggestions on Today."""

from datetime import timedelta

from loyalapp.core.formats import format_day
from loyalapp.core.i18n import _, isolate_text
from loyalapp.features.interactions import needs
from loyalapp.features.needs import service
from loyalapp.plugin_system.answers import Panel, TodayEntry
from loyalapp.plugin_system.hookspecs import hookimpl

A_NIGHT = timedelta(days=1)
LONGEST = 120


@hookimpl
def customer_panels(customer_id):
    """What they need, and what we offered."""
    wanted, offers = needs.of(customer_id)
    return [Panel("needs/panel.html", {"customer_id": customer_id, "needs": wanted, "offers": offers}, 3)]


@hookimpl
def today_entries(day, limit):
    """Suggestions answer needs that were told, and nothing else (D5); not on the day itself: one just spoke of it."""
    return [
        TodayEntry(
            key=f"need:{one.id}",
            customer_id=one.customer_id,
            kind="suggestion",
            what=_("Offer something for what they need: “%(need)s”", need=isolate_text(_short(one.text))),
            why=_(
                "They told us on %(day)s. We have: %(group)s.",
                day=format_day(one.learned_on, "near"),
                group=isolate_text(group),
            ),
            url=f"/needs/offer/{one.customer_id}?need={one.id}",
            weight=(day - one.learned_on).days,
        )
        for one, group in service.to_offer(limit)
        if one.learned_on <= day - A_NIGHT
    ]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…"
