"""What the head and the edge of every page offer: quick actions and tabs, from the features and the plugins."""

from collections.abc import Callable
from typing import Any

from flask import current_app, request, url_for
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from loyalapp.core.clock import today
from loyalapp.core.i18n import current_tongue
from loyalapp.core.memory import until_changed
from loyalapp.plugin_system.answers import NavLink, QuickAction
from loyalapp.plugin_system.calls import ask, health
from loyalapp.web import frame

BELOW_THE_LINE = 100  # tabs of this order and beyond stand in the lower group


def head_pieces() -> Markup:
    """The firm, the search box, and what can be recorded from any page."""
    actions = _remembered("quick_actions", lambda: ask("quick_actions", _linked))
    typed = request.args.get("q", "")
    return frame.drawn("ui/head.html", firm_name=current_app.config["FIRM"].name, typed=typed, actions=actions)


def tabs() -> Markup:
    """The tabs of the upper and the lower group: address, link, and whether the page belongs to it."""
    links = _remembered("nav_links", lambda: ask("nav_links", _linked))
    path = request.path
    here = max((address for address, _link in links if _leads_to(address, path)), key=len, default="")
    found = [(address, link, address == here) for address, link in links]
    upper = tuple(one for one in found if one[1].order < BELOW_THE_LINE)
    return frame.drawn("ui/tabs.html", groups=(upper, tuple(found[len(upper) :])))


def _remembered(name: str, asked: Callable[[], list[Any]]) -> tuple[tuple[str, Any], ...]:
    """What the frame of every page asks for, in order; asked again after a change, a failure or a midnight."""
    try:
        return until_changed(f"{name}.{current_tongue()}", lambda: _ordered(asked()), (today(), health()))
    except SQLAlchemyError:  # the page that says sorry has its tabs even where the database is what is broken
        return _ordered(asked())


def _ordered(links: list[Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(links, key=lambda one: getattr(one[1], "order", 0)))


def _leads_to(address: str, path: str) -> bool:
    """Whether a page lies behind a tab; everything lies behind "/", which is meant for the first page alone."""
    return path == address if address == "/" else path.startswith(address)


def _linked(link: NavLink | QuickAction) -> tuple[str, Any]:
    """The address of a link, and the link; a wrong endpoint or value is the fault of the plugin that gave it."""
    hash(link)  # the frame is remembered by its links
    return url_for(link.endpoint), link
