"""The list of reviews, a review being held, one that was held, and how much room for more business there is."""

from typing import Any

from loyalapp import sdk

from . import afterwards, due, mentions, portfolio, service, steps, talks, words

_ = sdk.texts("reviews").gettext
pages = sdk.blueprint("reviews")

FEW = 5


@pages.get("/")
@sdk.private_page
def index() -> str:
    """Which reviews are due, which lie half done, which were held; and the territory by level."""
    today = sdk.today()
    waiting = due.due(today, FEW)
    half = portfolio.half_done(FEW)
    held = portfolio.newest_held(FEW)
    coming = due.coming(today, FEW)
    agreed, ask, heard = talks.coming(today, FEW), afterwards.to_ask(today, FEW), mentions.newest(FEW)
    shown = (*waiting, *half, *held, *agreed, *ask, *heard)
    ids = {one.customer_id for one in shown} | {one for one, _day in coming}
    return sdk.render(
        "reviews/index.html",
        waiting=[one for one in waiting if not one.begun],
        half=half,
        held=held,
        coming=coming,
        agreed=agreed,
        ask=ask,
        heard=heard,
        rows={row.id: row for row in sdk.customers.listed(sorted(ids))},
        names=sdk.customers.names(ids),
        standings=service.standings(sorted({one.customer_id for one in waiting})),
        counts=portfolio.counts(),
        places=portfolio.PLACES,
        words=words,
    )


@pages.get("/<int:review_id>")
@sdk.private_page
def show(review_id: int) -> Any:
    """A review that was held: what was said, and what was recommended."""
    review = service.get(review_id)
    if review.state == "open":
        return sdk.redirect_to("reviews.hold", customer_id=review.customer_id)
    customer = sdk.customers.get(review.customer_id)
    return sdk.render(
        "reviews/show.html",
        review=review,
        customer=customer,
        called=sdk.customers.addressed(customer),
        asked=steps.answered(review),
        words=words,
    )
