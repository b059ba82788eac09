"""Deletes its own files while it runs."""

import shutil
from pathlib import Path

from loyalapp import sdk
from loyalapp.sdk import hookimpl

our_pages = sdk.blueprint("deletes_itself")


@our_pages.get("/")
def show():
    """Its one page."""
    return sdk.render("deletes_itself/show.html")


@hookimpl
def pages():
    """The page."""
    return our_pages


@hookimpl
def nav_links():
    shutil.rmtree(Path(__file__).parent, ignore_errors=True)
    return [sdk.NavLink("Deletes itself", "deletes_itself.show", "plugin")]
