"""What can be done with reviews: keep what is said, close one with a recommendation; the lists of them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.orm.exc import StaleDataError

from loyalapp import sdk

from . import advice, answers, assessing, planning, talks
from . import standings as standings_of
from .answers import Said
from .ending import KINDS, Ending, wanted
from .models import Review
from .nothing import says_nothing
from .promised import promised_in
from .talk_day import day_of_talk, moment_of

_ = sdk.texts("reviews").gettext

FOLLOW_UP = timedelta(days=30)  # after so many days we ask what became of a recommendation

# Questions of every customer's page are put together once: that takes longer than their answer.
_CUSTOMER = Review.customer_id == bindparam("customer_id")
_NEWEST_FIRST = (Review.held_on.desc(), Review.id.desc())
OPEN = select(Review).where(_CUSTOMER, Review.state == "open").order_by(Review.id).limit(1)
LATEST = (
    select(Review.id, Review.opened_on, Review.held_on, Review.kind, Review.recommendation, Review.mood, Review.outcome)
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


# What is said of accounts and when they come lies in modules of its own.
standing, standings = standings_of.standing, standings_of.standings
assess = assessing.assess
put_off, take_up_again, set_next_day = planning.put_off, planning.take_up_again, planning.set_next_day
level_may_have_changed = planning.level_may_have_changed
Standing = standings_of.Standing


class Kept(NamedTuple):
    """The review, and the questions of which another desk wrote something else meanwhile ("" for its end)."""

    review: Review
    clashes: Sequence[str]


# ---- one review ----


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
    found = sdk.db.session.get(Review, review_id) if 0 < review_id < 2**31 else None
    if found is None:
        raise sdk.NotFound(_("This review is not in the book any more."))
    return found


# ---- hold a review ----


def keep(customer_id: int, version: int, given: Mapping[str, Said], ending: Ending | None = None) -> Kept:
    """Keep what stands on the page now, at every pause of whoever types; nothing is made of it yet.

    :param version: of the review that was seen, 0 for none. What another desk wrote meanwhile is not overwritten.
    :raises Conflict: if the review that was seen was finished or put aside meanwhile.
    """
    review = _begun(customer_id, version)
    clashes = answers.write(review.id, given)
    if ending is not None and _differs(review, ending):
        if review.version != version and version:
            clashes.append("")
        else:
            _fill(review, ending)
    sdk.db.session.flush()
    sdk.db.session.execute(
        update(Review)
        .where(Review.id == review.id)
        .values(changed_at=sdk.now())
        .execution_options(synchronize_session=False)
    )
    try:
        sdk.db.session.commit()
    except StaleDataError as error:
        sdk.db.session.rollback()
        raise _clash() from error
    return Kept(review, clashes)


def write_down(customer_id: int, version: int = 0, answers: Mapping[str, Any] | None = None, **values: Any) -> Review:
    """Keep what was said, and make of it what it is besides: needs, facts, mentions of other shops, a promise.

    :param answers: by question, words or `Said`. `values`: those of `Ending`.
    :raises Conflict: if another desk wrote something else in the same places; nothing of theirs is overwritten.
    :raises LoyalAppError: for a promise without its words or its day.
    """
    review = _kept(customer_id, version, answers, values)
    _make_of_it(review, promised_in(review))
    return review


def _kept(customer_id: int, version: int, said: Mapping[str, Any] | None, values: Mapping[str, Any]) -> Review:
    known = open_review(customer_id)
    rows = answers.of(known.id) if known else {}
    given = {key: one if isinstance(one, Said) else _as_said(one, rows.get(key)) for key, one in (said or {}).items()}
    ending = Ending(**{name: value for name, value in values.items() if name in Ending._fields})
    kept = keep(customer_id, version, given, ending)
    if kept.clashes:
        raise _clash()
    return kept.review


def _as_said(text: str, row: Any) -> Said:
    return Said(said=text, is_left_out=not text, version=row.version if row else 0)


def _clash() -> sdk.Conflict:
    return sdk.Conflict(
        _("Somebody else wrote in this review just now. Their words are here too. Please look, and press again.")
    )


def _make_of_it(review: Review, promised: Any) -> None:
    """Needs, facts and mentions, and the promise: it leaves the page in the moment in which it is in the book."""
    answers.carry_over(review)
    if promised:
        review.promised, review.promised_for = "", None
        sdk.interactions.promise(review.customer_id, *promised)
    sdk.db.session.commit()


def finish(customer_id: int, version: int = 0, in_spite: str = "", **values: Any) -> Review:
    """Close the review with its recommendation; it counts as held, and as a contact (B2, B5, E4).

    :param values: as for `write_down`; all of it is kept, also where the review cannot be closed yet.
    :raises LoyalAppError: without a recommendation or its kind, or the reason that `advice.reason` asks for.
    :raises Conflict: if another desk wrote in this review meanwhile.
    """
    counts = _counts(customer_id)  # asked before anything is written
    advised = advice.verdict(customer_id, counts=counts)
    if not any(values.values()) and open_review(customer_id) is None:
        raise _needs_advice()  # nothing was said, so no review is begun by this
    review = _kept(customer_id, version, values.get("answers"), values)
    promised = promised_in(review)
    _check_end(review)
    held_on = day_of_talk(review)
    why = advice.reason(advised, in_spite)
    _make_of_it(review, promised)  # only now: a page that comes back would promise it again
    _close(review, held_on)
    told = {one.question: one.said for one in answers.of(review.id).values() if one.question.startswith("asked:")}
    number, channel = review.id, review.channel
    offered = (review.recommendation, review.need_id) if review.kind != "tip" and review.need_id else None
    more: dict[str, Any] = {"note": _("A review was held."), "in_spite": why, "happened_at": moment_of(held_on)}
    sdk.interactions.record(customer_id, channel=channel, unasked=counts, **more)
    if offered:
        sdk.needs.offer(customer_id, *offered)
    theirs = {key.partition(":")[2]: words for key, words in told.items() if not says_nothing(words)}
    sdk.tell("review_was_held", customer_id=customer_id, review_id=number, answers=theirs)
    return get(number)


def _counts(customer_id: int) -> bool:
    """Whether it counts against the limit: not if they said themselves when we may talk."""
    agreed = talks.open_of(customer_id)
    return not (agreed and agreed.state == talks.AGREED) and sdk.interactions.is_unasked(customer_id)


def _needs_advice() -> sdk.LoyalAppError:
    words = _("Every review ends with a recommendation. With nothing to sell, write one tip that helps them.")
    return sdk.LoyalAppError(words, field="recommendation")


def _check_end(review: Review) -> None:
    if not review.recommendation:
        raise _needs_advice()
    if review.kind not in KINDS:
        raise sdk.LoyalAppError(_("Please choose what it is: a tip, or something they could buy."), field="kind")


def _close(review: Review, held_on: date) -> None:
    review.state, review.held_on = "closed", held_on
    review.outcome, review.ask_on = "", sdk.today() + FOLLOW_UP
    review.staff_member_id = sdk.staff.at_desk() or review.staff_member_id
    sdk.db.session.flush()
    review.level = standing(review.customer_id).level
    review.next_on = planning.after_review(review)
    talks.settle(review.customer_id)


def _begun(customer_id: int, version: int) -> Review:
    sdk.customers.get(customer_id)
    planning.lock(customer_id)
    review = open_review(customer_id)
    if review is None and version:
        raise sdk.Conflict(_("This review was finished or put aside at another desk. Please open the customer anew."))
    if review is None:
        review = Review(customer_id=customer_id, opened_on=sdk.today(), recommendation="")
        review.level, review.staff_member_id = standing(customer_id).level, sdk.staff.at_desk()
        sdk.db.session.add(review)
        planning.row_of(customer_id).next_on = sdk.today()  # Today asks to finish it
        sdk.db.session.flush()
    return review


def _differs(review: Review, ending: Ending) -> bool:
    return bool(wanted(review, ending))


def _fill(review: Review, ending: Ending) -> None:
    changed = wanted(review, ending)
    for name, value in changed.items():
        setattr(review, name, value)
    if changed.get("reason") == "":
        review.need_id = review.owned_item_id = review.product_group = None


def choose(customer_id: int, version: int, one: Any) -> Review:
    """Take one of the suggestions as the recommendation, with its reason; it can still be changed."""
    review = _begun(customer_id, version)
    review.kind, review.recommendation, review.reason = one.kind, sdk.plain(one.text), sdk.plain(one.why)
    review.need_id, review.owned_item_id, review.product_group = one.need_id, one.owned_item_id, one.product_group
    sdk.db.session.commit()
    return review


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
