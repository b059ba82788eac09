"""The page of plugins: what each does, how it fares, and one button."""

from flask import Blueprint, abort, current_app, redirect, render_template, url_for

from loyalapp.core.i18n import _, current_language
from loyalapp.features.plugin_page import service
from loyalapp.plugin_system.calls import registry
from loyalapp.web.shell import note

pages = Blueprint("plugin_page", __name__, url_prefix="/plugins", template_folder="templates")


@pages.get("/")
def show():
    """Every plugin that is there."""
    return render_template(
        "plugin_page/show.html", cards=service.cards(current_language()), waiting=service.is_restart_needed()
    )


@pages.post("/<plugin_id>/on")
def switch_on(plugin_id: str):
    """Wish a plugin on; it starts with the next start."""
    return _wish(plugin_id, service.switch_on)


@pages.post("/<plugin_id>/off")
def switch_off(plugin_id: str):
    """Wish a plugin off."""
    return _wish(plugin_id, service.switch_off)


def _wish(plugin_id, verb):
    if plugin_id not in registry().plugins:
        abort(404)
    verb(plugin_id)
    note(_("It changes with the next start of LoyalApp."))
    return redirect(url_for("plugin_page.show"), 303)


@pages.post("/restart")
def restart():
    """Start LoyalApp again, with the wishes carried out."""
    current_app.extensions["loyalapp"].restart_wanted.set()
    return render_template("plugin_page/restarting.html")
