"""What stands round the pages of plugins: who may open them, and a page of our own where one fails."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g, render_template, request
from flask_wtf.csrf import CSRFProtect

from loyalapp.core.clock import now
from loyalapp.core.errors import NotFound
from loyalapp.core.i18n import _, current_language, isolate_text
from loyalapp.core.patience import TookTooLong
from loyalapp.plugin_system import reports, supervision
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.discovery import Plugin


def check() -> None:
    """Before a page of a plugin: it runs, and a change carries the token, whatever the plugin says about that.

    :raises NotFound: where the plugin was paused or removed in this run.
    """
    plugin = owner()
    if plugin is None:
        if registry().is_removed(request.endpoint):
            raise NotFound(_("This page is not here. Perhaps it was removed."))
        return
    if plugin.module is None:
        name = isolate_text(plugin.name(current_language()))
        raise NotFound(
            _("The plugin %(name)s is paused just now, so this page is not here. Your data is safe.", name=name)
        )
    csrf: CSRFProtect = current_app.extensions["csrf"]
    if not g.get("csrf_valid"):
        csrf.protect()


def owner() -> Plugin | None:
    """The plugin whose page was asked for."""
    return registry().owner_of(request.endpoint)


def sorry(plugin: Plugin, error: Exception, number: str) -> tuple[str, int]:
    """The page that stands in for one that failed; often enough, and the plugin is paused."""
    supervision.count_failure(registry(), plugin, f"{supervision.PAGE} {request.endpoint}", error)
    values: dict[str, Any] = {
        "plugin": plugin,
        "took_too_long": isinstance(error, TookTooLong),
        "is_paused": plugin.module is None,
        "number": number,
        "back": _way_back(),
        "report": _report(plugin, error, number),
    }
    return render_template("plugin_sorry.html", **values), 500


def _way_back() -> str | None:
    """The page of ours that led here; None where that is not known, or was this very page."""
    came = urlsplit(request.referrer or "")
    is_ours = came.netloc == request.host and came.path not in ("", request.path)
    return f"{came.path}?{came.query}".rstrip("?") if is_ours else None


def _report(plugin: Plugin, error: Exception, number: str) -> str:
    what = f"Incident {number}, page {request.endpoint}\n{reports.trace(error, plugin.folder)}"
    return reports.report(plugin, plugin.status, what, now().isoformat(timespec="seconds"), registry().plugins.values())
