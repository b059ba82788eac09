"""What was promised in a review, for the one promise book of the core."""

from datetime import date

from loyalapp import sdk

from .models import Review

_ = sdk.texts("reviews").gettext


def promised_in(review: Review) -> tuple[str, date] | None:
    """What was promised in the talk and is not in the book yet, by when; None where nothing was.

    :raises LoyalAppError: for a promise that lacks its words or its day, or whose day is over.
    """
    words, day = sdk.plain(review.promised), review.promised_for
    if words and day is None:
        raise sdk.LoyalAppError(_("By which day did you promise it?"), field="promised_for")
    if day and not words:
        raise sdk.LoyalAppError(_("What did you promise for this day?"), field="promised")
    if day and day < sdk.today():
        raise sdk.LoyalAppError(_("This day is over. Please choose today or a later day."), field="promised_for")
    return (words, day) if day else None
