"""Figures in words: shares of few are counted out, and only shares of twenty and more are said in percent."""

from datetime import date

from loyalapp.core.formats import format_day, format_number
from loyalapp.core.i18n import _
from loyalapp.core.shares import Share
from loyalapp.features.loyalty.service import Figures


def share(part: int, whole: int) -> str:
    """A part of a whole: "3 of 4", or with 20 cases and more "72 percent (36 of 50)"."""
    values = {"part": format_number(part), "whole": format_number(whole)}
    if not Share(part, whole).is_enough:
        return _("%(part)s of %(whole)s", **values)
    return _("%(percent)s percent (%(part)s of %(whole)s)", percent=format_number(round(100 * part / whole)), **values)


def quarter(start: date) -> tuple[str, str]:
    """Three months by their names, and their year: "Jul to Sep", "2026"; a dash would turn round in Urdu."""
    last = date(start.year, start.month + 2, 1)
    months = _("%(first)s to %(last)s", first=format_day(start, "LLL"), last=format_day(last, "LLL"))
    return months, format_day(start, "y")


def titles() -> dict[str, str]:
    """What the lists of customers behind the figures are called."""
    return {
        "kept": _("Last year’s customers who are still with us"),
        "missing": _("Last year’s customers who have not bought since"),
        "again": _("First-time buyers who came again"),
        "once": _("First-time buyers who did not come again"),
        "won": _("Regulars we won"),
        "lost": _("Regulars we lost"),
        "quiet": _("Regulars who have gone quiet"),
        "steady": _("Regulars who bought in these twelve months"),
    }


def explained(figures: Figures) -> dict[str, str]:
    """One sentence for each figure: what is counted."""
    first = format_day(figures.first_quarters[0])
    last = format_day(date.fromordinal(figures.day.toordinal() - 365))
    rule = _(
        "Everybody who bought on three days or more has a usual time between purchases. They are called quiet when "
        "they have been silent for more than twice that time, for a quarter longer than ever before, and for at least "
        "45 days."
    )
    return {
        "kept": _(
            "Counted are those who bought between %(first)s and %(last)s, and whether they have bought since.",
            first=format_day(date.fromordinal(figures.day.toordinal() - 729)),
            last=last,
        ),
        "again": _(
            "Counted are those who bought for the first time between %(first)s and %(last)s. Each of them had a "
            "whole year to come again.",
            first=first,
            last=last,
        ),
        "won": _(
            "Won is who bought on a third day in these months. Lost is whose silence grew longer than their own "
            "rhythm allows in these months, and who has not bought since."
        ),
        "quiet": rule,
        "steady": _("Regulars are customers who have bought from us on at least three days."),
        "sent": _("Counted are customers of whom you wrote down who sent them, and whether they have bought."),
    }
