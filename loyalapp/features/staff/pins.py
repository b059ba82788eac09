"""A PIN of one of us: chosen, asked for, taken away; after wrong ones the next try waits, longer and longer."""

import math
from datetime import timedelta

from sqlalchemy import select, update

from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.formats import format_number
from loyalapp.core.i18n import _, isolate_text, ngettext
from loyalapp.core.textkeys import norm, to_ascii
from loyalapp.features.staff import service
from loyalapp.features.staff.models import StaffMember

SHORTEST, LONGEST = 4, 32
FREE_TRIES = 3
FIRST_WAIT, LONGEST_WAIT = 30, 15 * 60
# What a weak PC does in a blink with little memory; a PIN of a few figures is guarded by the waiting, not by this.
MEMORY_KIB, ROUNDS = 19 * 1024, 2


class NotRight(LoyalAppError):
    """Another PIN than theirs, or too early for the next try."""


def choose(staff_member_id: int, pin: str, again: str) -> None:
    """Give them a PIN, or another one.

    :raises LoyalAppError: if it is not made of four figures or more, or was not written twice alike.
    """
    typed = _typed(pin)
    if not (typed.isdecimal() and SHORTEST <= len(typed) <= LONGEST):
        raise LoyalAppError(_("Please write a PIN of 4 figures or more."), field="pin")
    if typed != _typed(again):
        raise LoyalAppError(_("The two are not the same. Please write the PIN twice."), field="again")
    _set(staff_member_id, pin=_hasher().hash(typed), pin_tries=0, pin_tried_at=None)
    service.note_deed("pin_set", whom=service.get(staff_member_id).name)
    db.session.commit()


def take_away(staff_member_id: int) -> None:
    """They need no PIN any more, or have forgotten it."""
    _set(staff_member_id, pin=None, pin_tries=0, pin_tried_at=None)
    service.note_deed("pin_gone", whom=service.get(staff_member_id).name)
    db.session.commit()


def forget(name: str = "") -> list[str]:
    """Take the PIN of somebody away, or that of every owner; answers what was done, in sentences.

    :raises NotFound: if nobody of this name works here.
    """
    wanted = norm(name)
    chosen = [one for one in service.here() if (norm(one.name) == wanted if wanted else one.role == "owner")]
    if wanted and not chosen:
        raise NotFound(_("Nobody of this name works here."))
    for one in chosen:
        take_away(one.id)
    told = [_("%(whom)s has no PIN any more.", whom=isolate_text(one.name)) for one in chosen]
    return told or [_("Nobody has a PIN.")]


def check(staff_member_id: int, pin: str, field: str = "pin") -> None:
    """Go on where it is their PIN, or where they have none.

    :param field: the field of the form that a complaint belongs to.
    :raises NotRight: if it is another one, or if it is too early for the next try.
    """
    member = db.session.scalars(select(StaffMember).where(StaffMember.id == staff_member_id).with_for_update()).one()
    db.session.refresh(member)
    if member.pin is None:
        return
    _wait(member, field)
    if _is_right(member.pin, _typed(pin)):
        if member.pin_tries:
            _set(staff_member_id, pin_tries=0, pin_tried_at=None)
        db.session.commit()
        return
    raise NotRight(_sentence(_count(member)), field=field)


def _wait(member: StaffMember, field: str) -> None:
    """Too early: nothing is looked at, and nothing counted."""
    if member.pin_tried_at is None:
        return
    pause, moment, tried_at = timedelta(seconds=seconds_to_wait(member.pin_tries)), now(), member.pin_tried_at
    if tried_at > moment:  # the clock was set back: begin to wait from here
        _set(member.id, pin_tried_at=moment)
        db.session.commit()
        tried_at = moment
    left = tried_at + pause - moment
    if left > timedelta():
        raise NotRight(please_wait(math.ceil(left.total_seconds())), field=field)


def seconds_to_wait(tries: int) -> int:
    """How long the next try waits after so many wrong ones."""
    return 0 if tries < FREE_TRIES else min(FIRST_WAIT * 2 ** min(tries - FREE_TRIES, 10), LONGEST_WAIT)


def _count(member: StaffMember) -> int:
    """One wrong try more; answers how many they are by now."""
    tries, name = min(member.pin_tries + 1, 1000), member.name
    _set(member.id, pin_tries=tries, pin_tried_at=now())
    if tries == FREE_TRIES:
        service.note_deed("pin_wrong", whom=name)
    db.session.commit()
    return tries


def not_right() -> str:
    """That it is another PIN, in a sentence."""
    return _("This is not the PIN. Please try once more.")


def _sentence(tries: int) -> str:
    if tries < FREE_TRIES:
        return not_right()
    return " ".join((_("This is not the PIN."), please_wait(seconds_to_wait(tries))))


def please_wait(seconds: int) -> str:
    """How long the next try waits, in a sentence."""
    if seconds <= 60:
        return ngettext(
            "Please wait %(count)s second.", "Please wait %(count)s seconds.", seconds, count=format_number(seconds)
        )
    minutes = -(-seconds // 60)
    return ngettext(
        "Please wait %(count)s minute.", "Please wait %(count)s minutes.", minutes, count=format_number(minutes)
    )


def _set(staff_member_id: int, **values: object) -> None:
    """Past the version, so that a page of this member that is open elsewhere can still be saved."""
    db.session.execute(
        update(StaffMember).where(StaffMember.id == staff_member_id).values(values),
        execution_options={"synchronize_session": False},
    )
    db.session.expire_all()


def _typed(pin: str) -> str:
    return "".join(to_ascii(pin).split())


def _hasher():  # type: ignore[no-untyped-def]  # -- its type would have to be imported with it
    from argon2 import PasswordHasher  # noqa: PLC0415 -- slow import

    return PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=1)


def _is_right(kept: str, typed: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 -- slow import

    try:
        return bool(_hasher().verify(kept, typed))
    except (VerificationError, InvalidHashError):
        return False
