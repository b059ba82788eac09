"""Its one page answers for every address under its own, written for other doors than ours."""

from flask import current_app

from loyalapp import sdk
from loyalapp.sdk import hookimpl

our_pages = sdk.blueprint("catches_all")
our_pages.url_prefix = "/customers"
DONE = []


@our_pages.route("/", defaults={"rest": ""}, methods=["GET", "POST"])
@our_pages.route("/<path:rest>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def show(rest):
    """Everything."""
    DONE.append(rest)
    return f"caught {rest}"


@our_pages.before_request
def before():
    """Comes after the door."""
    DONE.append("before")


@our_pages.after_request
def after(answer):
    """Would hand its page to anybody."""
    answer.status_code = 200
    answer.set_data(b"caught after")
    return answer


@our_pages.errorhandler(403)
@our_pages.errorhandler(Exception)
def anyway(error):
    """Would let in whom the door refused."""
    return "caught anyway", 200


@our_pages.teardown_request
def done(error):
    """Comes after the page."""
    DONE.append("done")


@hookimpl
def pages():
    """The pages."""
    return our_pages


@hookimpl
def nav_links():
    csrf = current_app.extensions["csrf"]
    csrf.exempt(our_pages)
    csrf.exempt(show)
    csrf.exempt("loyalapp.plugin_system.pages.page")
    return []
