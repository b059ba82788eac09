"""The files of backups in a folder: their names, their occasions, and which of them go as they get old."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from loyalapp.core.clock import now
from loyalapp.features.backups import thinning
from loyalapp.features.backups.files import SUFFIX

BY_HAND = "loyalapp"
DAILY, UPDATE, RESTORE = "daily", "before-update", "before-restore"
BEFORE = "before-"
WRITTEN = "%Y%m%d-%H%M%S-%f"
KEPT = 30  # of those somebody made by hand
AHEAD = timedelta(days=1)  # what was made further ahead was made while the clock was wrong


class Copy(NamedTuple):
    """One backup. `made_at`: by its name, since a stick forgets when a file was made."""

    path: Path
    made_at: datetime
    size: int

    @property
    def kind(self) -> str:
        """Its occasion: `loyalapp` (by hand), `daily`, `before-update`, `before-import` and so on."""
        return kind_of(self.path)


def kind_of(path: Path) -> str:
    """The occasion in the name of a file."""
    return path.name.removesuffix(SUFFIX).rsplit("-", 3)[0]


def new(folder: Path, kind: str) -> Path:
    """The name of a backup that is made now."""
    return folder / f"{kind}-{now():{WRITTEN}}{SUFFIX}"


def of(folder: Path) -> list[Copy]:
    """What lies in a folder, the newest first; what the clock has put into the future comes last.

    :raises OSError: if the folder cannot be read.
    """
    latest = now() + AHEAD
    found = (_copy(one) for one in folder.iterdir() if one.name.endswith(SUFFIX) and one.is_file())
    return sorted((one for one in found if one), key=lambda one: (one.made_at <= latest, one.made_at), reverse=True)


def _copy(path: Path) -> Copy | None:
    try:
        about = path.stat()
    except OSError:  # it has just gone
        return None
    try:
        said = "-".join(path.name.removesuffix(SUFFIX).split("-")[-3:])
        return Copy(path, datetime.strptime(said, WRITTEN).replace(tzinfo=UTC), about.st_size)
    except ValueError:  # somebody has called it something else
        return Copy(path, datetime.fromtimestamp(about.st_mtime, UTC), about.st_size)


def thin(copies: Iterable[Copy]) -> list[Copy]:
    """Take away what the published rule does not keep (`thinning`); of those made by hand, the newest stay.

    :raises OSError: if one cannot be taken away.
    """
    latest = now() + AHEAD
    known = [one for one in copies if one.made_at <= latest]
    by_hand = [one for one in known if one.kind == BY_HAND]
    by_themselves = [one for one in known if one.kind == DAILY or one.kind.startswith(BEFORE)]
    stay = thinning.kept(one.made_at for one in by_themselves)
    gone = [*by_hand[KEPT:], *(one for one in by_themselves if one.made_at not in stay)]
    for one in gone:
        one.path.unlink(missing_ok=True)
    return gone
