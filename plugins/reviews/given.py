"""What customers were given in reviews: the tips with which one ended, as advice (C2)."""

from datetime import date

from sqlalchemy import bindparam, select

from loyalapp import sdk

from .models import Review

TIPS = (
    select(Review.id, Review.held_on, Review.recommendation)
    .where(
        Review.customer_id == bindparam("customer_id"),
        Review.state == "closed",
        Review.kind == "tip",
        Review.recommendation != "",
        Review.held_on.between(bindparam("since"), bindparam("until")),
    )
    .order_by(Review.held_on.desc(), Review.id.desc())
)


def to(customer_id: int, since: date, until: date) -> list[sdk.Given]:
    """Each tip with the review in which it was given."""
    facts = {"customer_id": customer_id, "since": since, "until": until}
    return [
        sdk.Given(one.held_on, "advice", one.recommendation, sdk.url_for("reviews.show", review_id=one.id))
        for one in sdk.rows(TIPS, facts)
    ]
