"""Who sits at this desk, and who has just shown to be the owner, as this browser's session remembers it."""

import hashlib
from typing import NamedTuple

from flask import current_app, session

from loyalapp.core.clock import now

DESK = "desk"
TRUST = "trust"
TRUSTED_FOR = 10 * 60
STILL_SENDING = 30 * 60  # who took long over a form that was opened in time does not lose what was typed


class Seat(NamedTuple):
    """Who sat down. `staff_member_id`: 0 where somebody got up; `is_of_this_run`: since the program was started."""

    staff_member_id: int
    is_of_this_run: bool


def seat() -> Seat | None:
    """Who sat down here; None where nobody has said so yet."""
    found = session.get(DESK)
    return Seat(found[0], found[1] == _run()) if found else None


def sit(staff_member_id: int) -> None:
    """Somebody sits down here, or gets up (0); what the one before had shown is forgotten."""
    session[DESK] = [staff_member_id, _run()]
    session.pop(TRUST, None)


def sit_speaking(staff_member_id: int, language: str | None) -> None:
    """Somebody sits down here, and the screen speaks their language."""
    sit(staff_member_id)
    session.pop("language", None)
    if language:
        session["language"] = language


def trust(staff_member_id: int) -> None:
    """This one of us has shown who they are."""
    session[TRUST] = [staff_member_id, int(now().timestamp()), _run()]


def trusted(*, is_sending: bool = False) -> int | None:
    """Who has shown who they are, in the last minutes and since the program was started."""
    whose, since, run = session.get(TRUST) or (0, 0, "")
    age = int(now().timestamp()) - since
    is_fresh = 0 <= age < (STILL_SENDING if is_sending else TRUSTED_FOR)
    return whose if is_fresh and run == _run() else None


def _run() -> str:
    """Changes with every start of the program."""
    token: str = current_app.extensions["loyalapp.door"].token
    return hashlib.sha256(b"run" + token.encode()).hexdigest()[:8]
