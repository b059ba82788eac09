"""Whether a backup waits to be brought back: what every start asks before it loads anything that does it."""

from loyalapp.core.paths import DataFolder

WAITING = "restore.sqlite3"  # beside the database, so that taking its place is one rename
ERASED = "restore-erased.json"
SHELF = ".from-backup"  # among the plugins: those that came with a backup, and wait for somebody's yes


def is_waiting(data: DataFolder) -> bool:
    """Whether a backup takes the place of the data at the next start."""
    return (data.root / WAITING).is_file()


def is_unfinished(data: DataFolder) -> bool:
    """Whether a backup took the place of the data, and somebody may have to be erased again."""
    return (data.root / ERASED).is_file()
