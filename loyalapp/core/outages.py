"""Tells an outage of the database from a bug: its server was stopped, starts again, or cannot be reached."""

from sqlalchemy.exc import DBAPIError, OperationalError, PendingRollbackError

GONE = ("08", "57P")  # kinds of PostgreSQL's numbers: no connection; shut down, or not ready yet
LOST = "8s2b"  # SQLAlchemy's word for a session that goes on asking after its connection was lost
OF_A_FILE = ""  # SQLite has no such numbers, and no outages: its disk has faults, which are told by `core.disks`


def is_one(error: BaseException) -> bool:
    """Whether this happened because the database did not answer."""
    if isinstance(error, PendingRollbackError):
        return error.code == LOST
    if not isinstance(error, DBAPIError):
        return False
    number = getattr(error.orig, "sqlstate", OF_A_FILE)
    is_of_the_link = isinstance(error, OperationalError) and (number is None or number.startswith(GONE))
    return is_of_the_link or error.connection_invalidated
