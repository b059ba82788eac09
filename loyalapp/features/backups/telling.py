"""How backups are told of on pages: their occasions, their sizes, and how they fare, each in one sentence."""

from typing import NamedTuple

from loyalapp.core.formats import format_moment
from loyalapp.core.i18n import _, gettext, isolate_text, lazy_gettext
from loyalapp.core.sizes import format_size
from loyalapp.features.backups import computer
from loyalapp.features.backups.copies import Copy
from loyalapp.features.backups.daily import State
from loyalapp.features.backups.drives import Drive
from loyalapp.features.backups.service import Seen, is_ours

OCCASIONS = {
    "loyalapp": lazy_gettext("made by hand"),
    "daily": lazy_gettext("made by itself"),
    "before-update": lazy_gettext("made before an update"),
    "before-restore": lazy_gettext("made before another backup came back"),
    "before-import": lazy_gettext("made before a list came in"),
    "before-plugin": lazy_gettext("made before a plugin was changed"),
    "before-encryption": lazy_gettext("made before the encryption was changed"),
    "before-mending": lazy_gettext("made before the data was mended"),
}
HERE = {
    computer.FULL: lazy_gettext("The last backup could not be made: the disk is full. Please make room soon."),
    computer.READ_ONLY: lazy_gettext(
        "The last backup could not be made: nothing can be written into the folder of backups."
    ),
    computer.FAULT: lazy_gettext("The last backup could not be made. The disk may be damaged: please look after it."),
}
THERE = {
    computer.GONE: lazy_gettext(
        "The second place for backups is not there. Please plug in the stick or switch on the other computer;"
        " what it missed is brought there by itself."
    ),
    computer.FULL: lazy_gettext("The second place for backups is full. Please make room there, or choose another one."),
    computer.READ_ONLY: lazy_gettext(
        "Nothing can be written into the second place for backups. Please look whether the stick is locked."
    ),
    computer.FAULT: lazy_gettext("The second place for backups takes nothing. The stick may be damaged."),
}


ON_SERVER = lazy_gettext("Your data lies on the office server. Please ask the person who looks after it for copies.")


class Row(NamedTuple):
    """One backup in a list."""

    copy: Copy
    name: str
    occasion: str
    size: str
    customers: int | None
    is_locked: bool
    is_readable: bool


class Told(NamedTuple):
    """How the backups fare: sentences of trouble, and the second place where all is well."""

    troubles: list[str]
    folder: str
    until: str
    is_busy: bool


def row(seen: Seen) -> Row:
    """A backup for a list."""
    copy, content = seen.copy, seen.content
    return Row(
        copy,
        copy.path.name,
        occasion(content.why if content and content.why else copy.kind),
        format_size(copy.size),
        content.customers if content else None,
        seen.is_locked,
        seen.is_locked or content is not None,
    )


def occasion(kind: str) -> str:
    """Why a backup was made; "" where that is not known."""
    return str(OCCASIONS.get(kind, ""))


def troubles(here: str, there: str, *, is_low: bool) -> list[str]:
    """What is wrong, the worst first."""
    found = [HERE.get(here), THERE.get(there)]
    low = gettext("The disk of this computer is nearly full. Please make room before nothing can be written any more.")
    return [str(one) for one in (*found, low if is_low else None) if one]


def state(found: State) -> Told:
    """How the backups fare."""
    known = found.known
    if not is_ours():
        return Told([str(ON_SERVER)], "", "", is_busy=False)
    return Told(
        troubles(known.here, known.there, is_low=found.is_low),
        known.second,
        format_moment(known.newest_there),
        found.is_busy,
    )


def drive(found: Drive) -> str:
    """A stick or share to choose, with its room."""
    return _(
        "%(name)s (%(size)s free)", name=isolate_text(found.name), size=isolate_text(format_size(found.free), ltr=True)
    )
