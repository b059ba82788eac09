"""The day on which a review was held: today, or the day that stands on the printed sheet it is copied from (B2)."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select

from loyalapp import sdk

from .models import Review

_ = sdk.texts("reviews").gettext

OLDEST = timedelta(days=60)  # a sheet that lay about for longer is no review any more
NOON = time(12)


def day_of_talk(review: Review) -> date:
    """The day that counts: the one that was typed, else today.

    :raises LoyalAppError: for a day that is still to come, long over, or before the last review.
    """
    today, held_on = sdk.today(), review.held_on
    if held_on is None or held_on == today:
        return today
    if not today - OLDEST <= held_on < today:
        raise sdk.LoyalAppError(_("Please choose today or a day of the last two months."), field="held_on")
    newest = select(func.max(Review.held_on)).where(Review.customer_id == review.customer_id, Review.state == "closed")
    last = sdk.db.session.scalar(newest)
    if last is not None and held_on < last:
        shown = sdk.isolate_text(sdk.format_day(last, "medium"))
        raise sdk.LoyalAppError(_("The last review was on %(day)s.", day=shown), field="held_on")
    return held_on


def moment_of(day: date) -> datetime | None:
    """For the list of contacts: noon of an earlier day, whose hour nobody asked; None for now."""
    if day == sdk.today():
        return None
    return datetime.combine(day, NOON, sdk.local(sdk.now()).tzinfo).astimezone(UTC)
