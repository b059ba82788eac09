"""Its pages fail, each in its way."""

import sys
import time

from loyalapp import sdk
from loyalapp.sdk import hookimpl

our_pages = sdk.blueprint("breaking_page")


@our_pages.get("/")
def show():
    """Fails."""
    raise RuntimeError("no page today")


@our_pages.get("/leaves")
def leaves():
    """Ends the program."""
    sys.exit(4)


@our_pages.get("/hangs")
def hangs():
    """Never comes to an end."""
    while True:
        time.sleep(0.001)


@our_pages.get("/floods")
def floods():
    """More than a window can show."""
    return "Flood" * 10_000_000


@our_pages.get("/endless")
def endless():
    """An answer that begins well and then fails."""

    def parts():
        yield "<p>Well begun"
        raise RuntimeError("and half done")

    return parts()


@our_pages.get("/missing")
def missing():
    """A page that is not there, which is no fault."""
    raise sdk.NotFound("Not here, says the plugin.")


@our_pages.teardown_request
def done(error):
    """Fails when all is over."""
    if sdk.request.args.get("late"):
        raise RuntimeError("too late")


@our_pages.context_processor
def words():
    """Fails too, so that a page that says sorry must do without."""
    if sdk.request.args.get("words"):
        raise RuntimeError("no words today")
    return {"firm": None, "plugin_news": None}


@hookimpl
def pages():
    """The pages."""
    return our_pages
