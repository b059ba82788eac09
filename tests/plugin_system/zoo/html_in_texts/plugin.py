"""Its texts are full of markup that would break the page."""

from markupsafe import Markup

from loyalapp import sdk
from loyalapp.sdk import hookimpl

BAD = Markup("</nav></main><script>zoo()</script>")
our_pages = sdk.blueprint("html_in_texts")


@our_pages.get("/")
def show():
    """Its one page."""
    return sdk.render("works/show.html")


@hookimpl
def pages():
    """The page."""
    return our_pages


@hookimpl
def nav_links():
    return [sdk.NavLink(BAD, "html_in_texts.show", "plugin")]


@hookimpl
def quick_actions():
    return [sdk.QuickAction(BAD, "html_in_texts.show", BAD)]


@hookimpl
def customer_actions(customer_id):
    return [sdk.CustomerAction(BAD, "/plugins/html_in_texts/?q=" + BAD, "plugin")]


@hookimpl
def timeline_entries(customer_id, limit):
    return [sdk.TimelineEntry(at=sdk.today(), kind=BAD, icon="plugin", title=BAD, said=BAD, note=BAD)]


@hookimpl
def help_topics():
    return [sdk.HelpTopic("html", BAD, "works/show.html")]
