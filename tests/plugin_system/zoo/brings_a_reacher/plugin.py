"""Brings pages of somebody else along, which reach beyond themselves."""

from flask import Blueprint

from loyalapp import sdk
from loyalapp.sdk import hookimpl

theirs = Blueprint("theirs", __name__)
theirs.app_context_processor(lambda: {"firm": "Theirs"})
our_pages = sdk.blueprint("brings_a_reacher")
our_pages.register_blueprint(theirs)


@hookimpl
def pages():
    """The pages."""
    return our_pages
