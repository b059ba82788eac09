"""What comes after a talk: what became of a recommendation (B5), and a review that was begun and never finished."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from loyalapp import sdk

from . import planning
from .models import OUTCOMES, Review
from .service import get, open_review

_ = sdk.texts("reviews").gettext

AGAIN = timedelta(days=60)  # "later" is asked about once more
LONGEST_NOTE = 1000
TO_ASK = (
    select(Review.id, Review.customer_id, Review.kind, Review.recommendation, Review.held_on, Review.ask_on)
    .join(sdk.Customer, sdk.Customer.id == Review.customer_id)
    .where(Review.outcome.in_(("", "later")), Review.ask_on <= bindparam("day"), Review.state == "closed")
    .where(sdk.customers.OURS)
    .order_by(Review.ask_on, Review.id)
    .limit(bindparam("most"))
)


def to_ask(day: date, limit: int) -> Sequence[Any]:
    """Recommendations of which nobody knows yet what became of them, those that wait longest first."""
    return sdk.rows(TO_ASK, {"day": day, "most": limit}).all()


def tell(review_id: int, outcome: str, note: str = "") -> Review:
    """What became of a recommendation: `taken`, `not_taken`, or `later`, which is asked about once more.

    Where it answered a need, the offer that was made for it gets the same answer.

    :raises LoyalAppError: for an answer we do not know, or a review that was not held.
    """
    review = get(review_id)
    if outcome not in OUTCOMES or review.state != "closed":
        raise sdk.LoyalAppError(_("Please choose yes, later or no."), field="outcome")
    review.outcome, review.outcome_on = outcome, sdk.today()
    review.outcome_note = sdk.plain(note, keep_lines=True)[:LONGEST_NOTE]
    review.ask_on = sdk.today() + AGAIN if outcome == "later" else None
    sdk.db.session.commit()
    if review.need_id:
        _decide(review.customer_id, review.need_id, {"taken": "yes", "not_taken": "no"}.get(outcome, "later"))
    return get(review_id)


def untell(review_id: int) -> None:
    """The undo of that: nobody knows yet."""
    review = get(review_id)
    review.outcome, review.outcome_on, review.outcome_note, review.ask_on = "", None, "", sdk.today()
    need = review.need_id
    sdk.db.session.commit()
    if need:
        _decide(review.customer_id, need, "open")


def _decide(customer_id: int, need_id: int, outcome: str) -> None:
    """The newest offer for a need is decided with it."""
    offers = [one for one in sdk.needs.offers_of(customer_id) if one.need_id == need_id]
    if offers:
        sdk.needs.decide(offers[0].id, outcome)


def put_off(review_id: int, days: int = 14) -> None:
    """Done on Today without an answer: asked about once more in two weeks."""
    _set_day(review_id, sdk.today() + timedelta(days=days))


def take_up_asking(review_id: int) -> None:
    """The undo of that."""
    _set_day(review_id, sdk.today())


def _set_day(review_id: int, day: date) -> None:
    review = sdk.db.session.get(Review, review_id)
    if review is not None and review.ask_on is not None:
        review.ask_on = day
        sdk.db.session.commit()


# ---- a review that was begun and never finished ----


def drop(review_id: int) -> None:
    """Put a half-done review aside: what was said stays to be read, but it does not count as held (B2)."""
    _set_state(review_id, "open", "dropped")


def take_up(review_id: int) -> None:
    """The undo of that, unless another one was begun meanwhile."""
    if open_review(get(review_id).customer_id) is None:
        _set_state(review_id, "dropped", "open")


def _set_state(review_id: int, was: str, state: str) -> None:
    review = get(review_id)
    planning.lock(review.customer_id)
    if review.state == was:
        review.state = state
        row = planning.row_of(review.customer_id)
        row.next_on = sdk.today() if state == "open" else row.next_on
        sdk.db.session.commit()
