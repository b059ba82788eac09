"""Two people who change the same thing at once: whoever comes second is told, and nothing is written over."""

from collections.abc import Callable

from sqlalchemy.orm.exc import StaleDataError

from loyalapp import sdk

_ = sdk.texts("issues").gettext


def changed_meanwhile() -> sdk.Conflict:
    """What whoever comes second is told."""
    return sdk.Conflict(_("Somebody else changed this just now. Please look at the page and write your change again."))


def keep(conflict: Callable[[], sdk.Conflict] = changed_meanwhile) -> None:
    """Commit, unless somebody else changed the same row in the meantime.

    :param conflict: makes what is raised then, where another sentence fits better.
    :raises Conflict: then.
    """
    try:
        sdk.db.session.commit()
    except StaleDataError as error:
        sdk.db.session.rollback()
        raise conflict() from error
