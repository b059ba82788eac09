"""How this firm goes on after a sale (D7): which sales are asked about, when, and how early we speak of what ends."""

from typing import Any, NamedTuple

from loyalapp.core import phones
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.core.memory import until_changed
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff

KEY = "after_sales"


class Habits(NamedTuple):
    """`check_days`: so many days after a sale we ask whether it works.

    Asked about are first purchases, installations, sales of some product groups, and those of an amount (minor units
    of the firm's currency) or more. `lead_days`: so early we speak of what ends. `number`: to call in any trouble.
    """

    check_days: int = 7
    on_first: bool = True
    on_installed: bool = True
    groups: tuple[str, ...] = ()
    amount: int | None = None
    lead_days: int = 30
    number: str = ""


def habits() -> Habits:
    """What was chosen; read again only after a change."""
    return until_changed(KEY, _read)


def _read() -> Habits:
    stored: dict[str, Any] = settings.get(KEY) or {}
    known = {name: stored[name] for name in Habits._fields if name in stored}
    return Habits(**{**known, "groups": tuple(known.get("groups", ()))})


def save(chosen: Habits) -> None:
    """Keep what was chosen.

    :raises Refused: for anybody but the owner.
    :raises LoyalAppError: if the number cannot be called.
    """
    staff.require_owner()
    if chosen.number:
        try:
            chosen = chosen._replace(number=phones.parse(chosen.number, settings.firm().region))
        except ValueError as error:
            raise LoyalAppError(_("This cannot be a phone number. Please look once more."), field="number") from error
    settings.put(KEY, {**chosen._asdict(), "groups": list(chosen.groups)})
