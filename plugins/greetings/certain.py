"""On which day an occasion really is: confirmed in one tap, and everything planned for it goes with it."""

from datetime import date

from sqlalchemy import delete, exists, insert

from loyalapp import sdk

from . import feasts, occasions, own
from .models import DAY, MARK, WISH

_ = sdk.texts("greetings").gettext


def confirm(key: str, turn: int, day: date) -> None:
    """It is certain on which day an occasion is: everything planned for it goes with it. Also for a day nobody knew.

    :raises LoyalAppError: for a day too far from the computed one.
    """
    if key not in occasions.ALL or own.is_own(key) or occasions.kind(key) not in occasions.MARKED:
        raise sdk.LoyalAppError(_("Please choose an occasion from the list."))
    feast = feasts.computed_at(key, turn)
    if feast is not None and abs(feast.day - day) > feasts.CHANGED_BY:
        raise sdk.LoyalAppError(_("This is far from the day of the calendars. Please look once more."), field="day")
    sdk.db.session.execute(delete(DAY).where(DAY.c.occasion == key, DAY.c.turn == turn))
    row = {"occasion": key, "turn": turn, "day": day, "confirmed_on": sdk.today()}
    sdk.db.session.execute(insert(DAY).values(**row, staff_member_id=sdk.staff.at_desk()))
    sdk.db.session.commit()


def not_certain(key: str, turn: int) -> None:
    """Take a confirmation back: the computed day counts again."""
    feast = feasts.computed_at(key, turn)
    sdk.db.session.execute(delete(DAY).where(DAY.c.occasion == key, DAY.c.turn == turn))
    if feast is not None:
        sdk.db.session.execute(insert(DAY).values(occasion=key, turn=turn, day=feast.day))
    sdk.db.session.commit()


def moon_decides(occasion: str, turn: int | None) -> feasts.Feast | None:
    """The day of the moon that nobody confirmed yet and that is still to come; None where a card may be given now."""
    if turn is None or "moon" not in occasions.entry(occasion):
        return None
    feast = feasts.at(occasion, turn)
    return feast if feast is not None and feast.expected and feast.day > sdk.today() else None


def drop_empty_days() -> None:
    """Days that nobody is marked or asked for, and nobody confirmed, need not be kept."""
    by_mark = exists().where(MARK.c.occasion == DAY.c.occasion, MARK.c.turn == DAY.c.turn)
    by_wish = exists().where(WISH.c.occasion == DAY.c.occasion)
    sdk.db.session.execute(delete(DAY).where(DAY.c.confirmed_on.is_(None), ~by_mark, ~by_wish))
    sdk.db.session.commit()
