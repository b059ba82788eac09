"""Answers with something else than its pages."""

from loyalapp.sdk import hookimpl


@hookimpl
def pages():
    return "pages"
