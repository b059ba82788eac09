"""Its words cannot be read in Urdu, and have wrong placeholders in Hindi."""

from loyalapp import sdk
from loyalapp.sdk import hookimpl

_ = sdk.texts("bad_catalogue").gettext
our_pages = sdk.blueprint("bad_catalogue")


@our_pages.get("/")
def show():
    """Its one page."""
    return sdk.render("bad_catalogue/show.html", said=_("Good morning, %(name)s.", name="Sana"))


@hookimpl
def pages():
    """The page."""
    return our_pages
