"""What can be done with reviews: assess an account, write a review down, close it with a recommendation, put it off."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, literal, null, select, union_all

from loyalapp import sdk

from . import advice, levels
from .models import Assessment, Review
from .promised import promised_in
from .questions import known
from .shelf import Shelf, shelves

_ = sdk.texts("reviews").gettext

KINDS = ("tip", "upgrade", "addon", "maintenance", "product")
CHANNELS = ("call", "visit", "counter", "whatsapp")
LONGEST_ANSWER = 4000
PUT_OFF_DAYS = 14

# Questions of every customer's page are put together once: that takes longer than their answer.
_CUSTOMER = Review.customer_id == bindparam("customer_id")
_NEWEST_FIRST = (Review.held_on.desc(), Review.id.desc())
_IDS: Any = bindparam("ids", expanding=True)
_SAID = ("customer_id", "means", "said_on", "overruled", "overruled_reason", "next_on")
_COLUMNS: Any = [Assessment.__table__.c[name] for name in _SAID]
SAID = union_all(  # what was said of customers, and whose review is half done
    select(*_COLUMNS, literal(0).label("is_begun")).where(Assessment.customer_id.in_(_IDS)),
    select(Review.customer_id, *[null()] * 5, literal(1)).where(Review.customer_id.in_(_IDS), Review.state == "open"),
)
OPEN = select(Review).where(_CUSTOMER, Review.state == "open").order_by(Review.id).limit(1)
LATEST = (
    select(Review.id, Review.opened_on, Review.held_on, Review.answers, Review.kind, Review.recommendation)
    .where(_CUSTOMER, Review.state == "closed", Review.held_on <= bindparam("until"))
    .order_by(*_NEWEST_FIRST)
    .limit(bindparam("most"))
)
CLOSED = select(Review).where(_CUSTOMER, Review.state == "closed").order_by(*_NEWEST_FIRST).limit(bindparam("most"))
CLOSED_OF = (
    select(Review)
    .where(Review.customer_id.in_(bindparam("ids", expanding=True)), Review.state == "closed")
    .order_by(Review.held_on, Review.id)
)


class Standing(NamedTuple):
    """How much room for more business there is, and why. `by_rule` is what the rule says, `level` what counts."""

    customer_id: int
    level: str
    by_rule: str
    means: str
    said_on: date | None
    overruled: str | None
    reason: str
    shelf: Shelf
    next_on: date | None
    begun: bool  # a review is half done


def standings(customer_ids: Sequence[int]) -> dict[int, Standing]:
    """The level of each of these customers; a constant number of queries."""
    found = sdk.rows(SAID, {"ids": list(customer_ids)}).all()
    said = {row.customer_id: row for row in found if not row.is_begun}
    begun = {row.customer_id for row in found if row.is_begun}
    return {one: _standing(one, shelf, said.get(one), one in begun) for one, shelf in shelves(customer_ids).items()}


def standing(customer_id: int) -> Standing:
    """The level of one customer."""
    return standings([customer_id])[customer_id]


def _standing(customer_id: int, shelf: Shelf, said: Row[Any] | None, begun: bool) -> Standing:
    means = said.means if said else "unknown"
    by_rule = levels.level_of(shelf.bought, shelf.sold, means, ends_soon=shelf.ends_soon)
    overruled = said.overruled if said else None
    return Standing(
        customer_id=customer_id,
        level=overruled or by_rule,
        by_rule=by_rule,
        means=means,
        said_on=said.said_on if said else None,
        overruled=overruled,
        reason=said.overruled_reason if said else "",
        shelf=shelf,
        next_on=said.next_on if said else None,
        begun=begun,
    )


# ---- assess ----


def assess(customer_id: int, means: str, overruled: str | None = None, reason: str = "") -> Standing:
    """Write down whether a customer could buy more, and perhaps that we see the level differently (B1).

    :raises LoyalAppError: for an unknown answer or level, or when the rule is overruled without a reason.
    """
    sdk.customers.get(customer_id)
    if means not in levels.MEANS:
        raise sdk.LoyalAppError(_("Please choose yes, no, or don’t know."), field="means")
    if overruled and overruled not in levels.LEVELS:
        raise sdk.LoyalAppError(_("Please choose low, middle or high."), field="overruled")
    kept = sdk.plain(reason, keep_lines=True) if overruled else ""
    if overruled and not kept:
        raise sdk.LoyalAppError(_("Please write why you see it differently."), field="reason")
    said = _assessment(customer_id)
    said.means, said.said_on = means, sdk.today()
    said.overruled, said.overruled_reason = overruled or None, kept
    sdk.db.session.flush()
    set_next_day(customer_id)
    sdk.db.session.commit()
    return standing(customer_id)


def _assessment(customer_id: int) -> Assessment:
    """The row of a customer, locked so that two desks do not make it twice."""
    lock(customer_id)
    found = sdk.db.session.get(Assessment, customer_id)
    if found is None:
        found = Assessment(customer_id=customer_id, means="unknown", overruled_reason="")
        sdk.db.session.add(found)
    return found


def lock(customer_id: int) -> None:
    """Let one desk at a time work on a customer's review (SQLite lets only one write anyway)."""
    sdk.db.session.execute(select(sdk.Customer.id).where(sdk.Customer.id == customer_id).with_for_update())


def set_next_day(customer_id: int) -> None:
    """Reckon the day of the next review anew after the level may have changed (in the caller's transaction).

    It is counted from the last review really held (B2); where there was none, the first one comes within one rhythm,
    on a day that differs from customer to customer.
    """
    said = sdk.db.session.get(Assessment, customer_id)
    if said is None or open_review(customer_id) is not None:
        return
    level, last = standing(customer_id).level, last_held(customer_id)
    if last is not None and last.held_on is not None:
        said.next_on = levels.next_day(last.held_on, level, last.leaving)
    else:
        said.next_on = sdk.today() + timedelta(days=1 + customer_id % levels.RHYTHM[level])


def level_may_have_changed(customer_id: int) -> None:
    """Something was bought: the rhythm follows the new level."""
    set_next_day(customer_id)
    sdk.db.session.commit()


# ---- hold a review ----


def open_review(customer_id: int) -> Review | None:
    """The review of a customer that is half done."""
    found: Review | None = sdk.db.session.scalar(OPEN, {"customer_id": customer_id})
    return found


def last_held(customer_id: int) -> Review | None:
    """The newest review of a customer that was closed."""
    found: Review | None = sdk.db.session.scalar(CLOSED, {"customer_id": customer_id, "most": 1})
    return found


def get(review_id: int) -> Review:
    """One review.

    :raises NotFound: if it is not there any more.
    """
    found = sdk.db.session.get(Review, review_id)
    if found is None:
        raise sdk.NotFound(_("This review is not in the book any more."))
    return found


def write_down(customer_id: int, version: int = 0, **values: Any) -> Review:
    """Keep what was said so far; the review stays open and can be gone on with.

    :param version: of the review the user saw, 0 for none. `values`: `answers` (added to those already there),
        `leaving`, `channel`, `kind`, `recommendation`; what is left out stays as it is. A promise (`promised`,
        `promised_for`) goes to the promise book at once.
    :raises Conflict: if another desk wrote in this review meanwhile; nothing is overwritten.
    """
    promised = promised_in(values)
    review = _begun(customer_id, version)
    _fill(review, values)
    said = _assessment(customer_id)
    said.next_on = sdk.today() + timedelta(days=1)  # half done: Today asks to finish it
    sdk.db.session.commit()
    if promised:
        sdk.interactions.promise(customer_id, *promised)
    return review


def finish(customer_id: int, version: int = 0, in_spite: str = "", **values: Any) -> Review:
    """Close the review with its recommendation; it counts as held, and as a contact (B2, B5, E4).

    :raises LoyalAppError: without a recommendation or its kind, or the reason that `advice.reason` asks for.
    :raises Conflict: if another desk wrote in this review meanwhile.
    """
    promised, promised_for = promised_in(values) or ("", None)
    counts = sdk.interactions.is_unasked(customer_id)  # asked before anything is written
    advised = advice.verdict(customer_id, counts=counts)
    review = _begun(customer_id, version)
    _fill(review, values)
    if not review.recommendation:
        raise sdk.LoyalAppError(
            _("Every review ends with a recommendation. With nothing to sell, write one tip that helps them."),
            field="recommendation",
        )
    if review.kind not in KINDS:
        raise sdk.LoyalAppError(_("Please choose what it is: a tip, or something they could buy."), field="kind")
    why = advice.reason(advised, in_spite)
    _close(review)
    said = {"note": _("A review was held."), "in_spite": why, "promised": promised, "promised_for": promised_for}
    sdk.interactions.record(customer_id, channel=review.channel, unasked=counts, **said)
    return review


def _close(review: Review) -> None:
    said = _assessment(review.customer_id)
    sdk.db.session.flush()
    review.state, review.held_on = "closed", sdk.today()
    review.level = standing(review.customer_id).level
    review.next_on = levels.next_day(review.held_on, review.level, review.leaving)
    said.next_on, said.put_off_on = review.next_on, None


def _begun(customer_id: int, version: int) -> Review:
    sdk.customers.get(customer_id)
    lock(customer_id)
    review = open_review(customer_id)
    if (review.version if review else 0) != version:
        raise sdk.Conflict(
            _("Somebody else wrote in this review just now. Their words are here too. Please look, and press again.")
        )
    if review is None:
        review = Review(customer_id=customer_id, opened_on=sdk.today(), answers={}, recommendation="")
        review.level = standing(customer_id).level
        sdk.db.session.add(review)
    return review


def _fill(review: Review, values: dict[str, Any]) -> None:
    said = {key: text for key, text in values.get("answers", {}).items() if known(key)}
    words = {key: sdk.plain(text, keep_lines=True)[:LONGEST_ANSWER] for key, text in said.items()}
    review.answers = {**review.answers, **words}
    if "recommendation" in values:
        review.recommendation = sdk.plain(values["recommendation"] or "", keep_lines=True)
    for name, allowed in (("leaving", levels.LEAVING), ("channel", CHANNELS), ("kind", KINDS)):
        if values.get(name) in allowed:
            setattr(review, name, values[name])


# ---- put off ----


def put_off(customer_id: int, days: int = PUT_OFF_DAYS) -> None:
    """Not now: ask again in two weeks. The rhythm itself is reset only by a review really held (B2)."""
    sdk.customers.get(customer_id)
    said = _assessment(customer_id)
    said.put_off_on, said.next_on = sdk.today(), sdk.today() + timedelta(days=days)
    sdk.db.session.commit()


def take_up_again(customer_id: int, day: date) -> None:
    """The undo of that: due again since the day it was due."""
    said = sdk.db.session.get(Assessment, customer_id)
    if said is not None:
        said.put_off_on, said.next_on = None, day
        sdk.db.session.commit()


# ---- lists ----


def latest_of(customer_id: int, limit: int, until: date | None = None) -> Sequence[Row[Any]]:
    """The newest reviews of one customer that were held, up to a day."""
    return sdk.rows(LATEST, {"customer_id": customer_id, "most": limit, "until": until or date.max}).all()


def last_held_of(customer_ids: Sequence[int]) -> dict[int, Review]:
    """The newest closed review of each of these customers, in one query."""
    newest_last = sdk.db.session.scalars(CLOSED_OF, {"ids": list(customer_ids)})
    return {one.customer_id: one for one in newest_last}


def was_held_today(customer_id: int) -> bool:
    """Whether a review was closed today."""
    last = last_held(customer_id)
    return last is not None and last.held_on == sdk.today()
