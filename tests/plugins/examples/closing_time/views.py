"""Our page, and beneath it the pages of the library as they are: `/plugins/closing_time/healthz/promises` and so on."""

from flask import current_app, session

from loyalapp import sdk

from . import checks
from .vendor.flask_healthz import healthz

_ = sdk.texts("closing_time").gettext
pages = sdk.blueprint("closing_time")
pages.register_blueprint(healthz, url_prefix="/healthz")
LOCKED = "closing_time_locked"


@pages.before_request
def tell_the_library():
    """The library looks for its checks in the app's configuration; ours stand beside those of others."""
    current_app.config.setdefault("HEALTHZ", {}).update(checks.ALL)


@pages.get("/")
def index():
    """What is still to be done before locking up."""
    titles = {"promises": _("The promises of today"), "contacts": _("The talks of today")}
    locked = session.get(LOCKED) == sdk.today().isoformat()
    return sdk.render("closing_time/index.html", results=checks.results(), titles=titles, locked=locked)


@pages.post("/lock")
def lock():
    """All was looked at; this desk remembers it for the day."""
    session[LOCKED] = sdk.today().isoformat()
    sdk.note(_("Good night."))
    return sdk.redirect_to("closing_time.index")
