"""Who sat at this PC last, so that a new window does not ask again; a hint that may be thrown away."""

from typing import Any

from flask import current_app

from loyalapp.core.paths import write_private
from loyalapp.web import seating

FILE = "desk"
KNOWN = "loyalapp.last_at_desk"


def last() -> int:
    """Who sat here last; 0 where nobody did."""
    kept = current_app.extensions
    if KNOWN not in kept:
        try:
            text = (kept["loyalapp.data"].work / FILE).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            text = ""
        kept[KNOWN] = int(text) if text.isdecimal() and len(text) < 10 else 0
    found: int = kept[KNOWN]
    return found


def remember(staff_member_id: int) -> None:
    """They sit here now."""
    kept = current_app.extensions
    if last() == staff_member_id:
        return
    kept[KNOWN] = staff_member_id
    try:
        write_private(kept["loyalapp.data"].work / FILE, str(staff_member_id).encode())
    except OSError:  # a full disk: the next window asks
        return


def take(member: Any) -> None:
    """They sit here from now on, and the screen speaks their language."""
    seating.sit_speaking(member.id, member.language)
    remember(member.id)
