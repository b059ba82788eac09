"""Brings pages of somebody else along, which keep to themselves."""

from flask import Blueprint

from loyalapp import sdk
from loyalapp.sdk import hookimpl

theirs = Blueprint("theirs", __name__, url_prefix="/theirs")
theirs.add_url_rule("/", "show", lambda: "a guest")
theirs.add_url_rule("/fails", "fails", lambda: {}["x"])
our_pages = sdk.blueprint("brings_a_guest")
our_pages.register_blueprint(theirs)


@hookimpl
def pages():
    """The pages."""
    return our_pages
