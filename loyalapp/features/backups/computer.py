"""What this computer knows about its backups: the second place, its password, and how the last ones went.

It lies beside the database and not in it: a backup that comes back, perhaps on another computer, changes none of it.
"""

import json
import secrets
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from loyalapp.core import keeping
from loyalapp.core.logs import log
from loyalapp.core.paths import DataFolder, write_private

FILE = "backup.json"
PASSWORD = "backups"  # noqa: S105 -- the name under which it is kept
OK, GONE, FULL, READ_ONLY, FAULT = "ok", "gone", "full", "read_only", "fault"
_writing = Lock()


class Known(NamedTuple):
    """What the file says.

    :param id: tells our folder in the second place from those of other computers.
    :param second: the folder of the second place, "" for none. `lock`: how its password is kept.
    :param here, there: how the last backup went, and the last one to the second place (`ok`, `gone`, `full`,
        `read_only`, `fault`; "" where none was made). `since`: since when it is like that.
    :param there_until: the moment of the newest backup in the second place.
    """

    id: str = ""
    second: str = ""
    lock: tuple[str, str] | None = None
    here: str = ""
    there: str = ""
    since: str = ""
    there_until: str = ""

    @property
    def folder(self) -> Path | None:
        """The second place."""
        return Path(self.second) if self.second else None

    @property
    def newest_there(self) -> datetime | None:
        """When the newest backup in the second place was made."""
        return datetime.fromisoformat(self.there_until) if self.there_until else None


def read(data: DataFolder) -> Known:
    """What is known; nothing where the file is missing or unreadable."""
    try:
        found = json.loads((data.root / FILE).read_text("utf-8"))
        known = {name: str(found.get(name) or "") for name in Known._fields if name != "lock"}
        lock = found.get("lock")
        return Known(**known, lock=(str(lock[0]), str(lock[1])) if lock else None)
    except FileNotFoundError:
        return Known()
    except (OSError, ValueError, TypeError, AttributeError, IndexError):
        log.exception("what is known about backups cannot be read")
        return Known()


def change(data: DataFolder, **facts: Any) -> Known:
    """Remember something else; nothing is written where it is so already.

    :raises OSError: if it cannot be written.
    """
    with _writing:
        known = read(data)
        changed = known._replace(**facts, id=known.id or secrets.token_hex(8))
        if changed != known:
            write_private(data.root / FILE, json.dumps(changed._asdict()).encode())
        return changed


def keep_password(data: DataFolder, password: str) -> None:
    """Lock what goes to the second place with this from now on; "" for no password."""
    if password:
        change(data, lock=tuple(keeping.keep(PASSWORD, password)))
    else:
        keeping.forget(PASSWORD)
        change(data, lock=None)


def password(data: DataFolder) -> str | None:
    """The password of the second place, where there is one and it can be read."""
    lock = read(data).lock
    return keeping.read(PASSWORD, keeping.Kept(*lock)) if lock else None
