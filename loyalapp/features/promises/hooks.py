"""What the promise book answers when the shell asks: its tab."""

from sqlalchemy.exc import SQLAlchemyError

from loyalapp.core.clock import today
from loyalapp.core.i18n import _
from loyalapp.features.interactions import promises
from loyalapp.plugin_system.answers import NavLink
from loyalapp.plugin_system.hookspecs import hookimpl


@hookimpl
def nav_links():
    """The tab, with how many promises are due."""
    return [NavLink(_("Promises"), "promises.show", "knot", 30, _due())]


def _due() -> int:
    """None where the database is what is broken: the page that says so has its tabs too."""
    try:
        return promises.due_count(today())
    except SQLAlchemyError:
        return 0
