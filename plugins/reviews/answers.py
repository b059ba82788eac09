"""What was said in a review, a row for each question, and what becomes of it: a need, a fact, a mention."""

import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from loyalapp import sdk

from . import mentions
from .models import ANSWER, SURE, Review
from .nothing import says_nothing

LONGEST = 4000
LONGEST_SHOP = 120
GIVES = ("", "need", "fact", "mention")
FACT_LONGEST = 1000

OF = select(ANSWER).where(ANSWER.c.review_id == bindparam("review_id")).order_by(ANSWER.c.id)
OF_MANY = select(ANSWER).where(ANSWER.c.review_id.in_(bindparam("ids", expanding=True))).order_by(ANSWER.c.id)
EARLIER = (
    select(ANSWER.c.question, ANSWER.c.asked, ANSWER.c.said, ANSWER.c.tick, Review.held_on)
    .join(Review, Review.id == ANSWER.c.review_id)
    .where(Review.customer_id == bindparam("customer_id"), Review.state == "closed", ~ANSWER.c.is_left_out)
    .order_by(Review.held_on, Review.id)
)


class Said(NamedTuple):
    """An answer as it comes from the page. `version`: of the row that was seen, 0 for none."""

    said: str = ""
    tick: str = ""
    keep_as: str = ""
    shop: str = ""
    sure: str = ""
    is_left_out: bool = False
    asked: str = ""
    version: int = 0


class Before(NamedTuple):
    """What was answered the last time, and on which day."""

    said: str
    tick: str
    held_on: date | None
    asked: str


def of(review_id: int) -> dict[str, Any]:
    """The answers of a review by question."""
    return {one.question: one for one in sdk.rows(OF, {"review_id": review_id})}


def of_many(review_ids: Sequence[int]) -> dict[int, list[Any]]:
    """The answers of several reviews, in one query."""
    found: dict[int, list[Any]] = {one: [] for one in review_ids}
    for row in sdk.rows(OF_MANY, {"ids": list(review_ids)}) if review_ids else ():
        found[row.review_id].append(row)
    return found


def earlier(customer_id: int) -> dict[str, Before]:
    """The newest answer to each question in the reviews that were held with a customer."""
    rows = sdk.rows(EARLIER, {"customer_id": customer_id})
    return {one.question: Before(one.said, one.tick, one.held_on, one.asked) for one in rows if one.said or one.tick}


def write(review_id: int, given: Mapping[str, Said]) -> list[str]:
    """Write answers down in the caller's transaction; answers the questions that another desk changed meanwhile.

    These are left as they are. What is the same as what stands there already is no change.
    """
    known, clashes = of(review_id), []
    for question, one in given.items():
        row, values = known.get(question), _values(one)
        if row is not None and all(getattr(row, name) == value for name, value in values.items() if name != "asked"):
            continue
        if (row.version if row else 0) != one.version:
            clashes.append(question)
        elif row is None:
            if one.said or one.tick or one.is_left_out:
                sdk.db.session.execute(insert(ANSWER).values(review_id=review_id, question=question, **values))
        else:
            changed = update(ANSWER).where(ANSWER.c.id == row.id)
            more = {"version": row.version + 1, "changed_at": sdk.now()}
            sdk.db.session.execute(changed.values(**values, **more))
    return clashes


def _values(one: Said) -> dict[str, Any]:
    said = sdk.plain(one.said, keep_lines=True)[:LONGEST]
    return {
        "said": said,
        "tick": sdk.plain(one.tick)[:20],
        "keep_as": one.keep_as if one.keep_as in GIVES else "",
        "shop": sdk.plain(one.shop)[:LONGEST_SHOP],
        "sure": one.sure if one.sure in SURE else "",
        "is_left_out": one.is_left_out and not said and not one.tick,
        "asked": one.asked[:500],
    }


# ---- what becomes of them ----


def carry_over(review: Review) -> None:
    """Make of each answer what it is besides, or correct what was made of it; in the caller's transaction."""
    for row in of(review.id).values():
        kind, number, sign = [*row.became.split(":"), "", ""][:3]
        wanted = _wanted(row)
        if kind and kind != wanted:
            _undo(kind, int(number), sign)
        became = _correct(review, row, kind, int(number), sign) if kind and kind == wanted else ""
        if wanted and not became:
            became = _make(review, row, wanted)
        if became != row.became:
            sdk.db.session.execute(update(ANSWER).where(ANSWER.c.id == row.id).values(became=became))


def _wanted(row: Any) -> str:
    """What an answer is besides: one that says nothing is no need and no fact, and names no shop by itself."""
    if row.keep_as == "mention" and row.shop:
        return "mention"
    return "" if says_nothing(row.said) else str(row.keep_as)


def _make(review: Review, row: Any, kind: str) -> str:
    if kind == "need":
        return f"need:{sdk.needs.write(review.customer_id, row.said, None).id}"
    if kind == "fact":
        fact = sdk.customers.add_fact(review.customer_id, row.said[:FACT_LONGEST], sdk.customers.FROM_A_CONTACT)
        sdk.db.session.flush()
        return f"fact:{fact.id}:{_sign(fact)}"
    sure = row.sure or "said"
    return f"mention:{mentions.write(review.customer_id, row.said, shop=row.shop, sure=sure, review_id=review.id)}"


def _correct(review: Review, row: Any, kind: str, number: int, sign: str) -> str:
    """What was made of an answer says now what the answer says; "" where it is to be made anew.

    What somebody struck out is not written down again, and a fact that was changed by hand since is left as it is.
    """
    if kind == "mention":
        return row.became if mentions.change(number, row.said, shop=row.shop, sure=row.sure or "said") else ""
    found = _made(kind, number)
    text = row.said[:FACT_LONGEST]
    if found is None or found.customer_id != review.customer_id or found.text == text:
        return str(row.became)
    if kind == "need":
        found.text = text
    elif not sign or sign == _sign(found):
        rules = {"may_use": found.may_use, "do_not_mention": found.do_not_mention}
        sdk.customers.change_fact(found, text, found.source, learned_on=found.learned_on, **rules)
        return f"fact:{number}:{_sign(found)}"
    return str(row.became)


def _made(kind: str, number: int) -> Any:
    """The need or the fact that was made of an answer; None where it is gone."""
    return sdk.db.session.get(sdk.Need, number) if kind == "need" else sdk.db.session.get(sdk.Fact, number)


def _sign(fact: Any) -> str:
    """What a fact says, in short, so that a change by hand is seen later."""
    parts = (fact.text, fact.source, fact.may_use, fact.do_not_mention)
    return f"{zlib.crc32(repr(parts).encode()):08x}"


def _undo(kind: str, number: int, sign: str) -> None:
    """The answer is no need, no fact or no mention after all; a fact that was changed by hand since stays."""
    if kind == "mention":
        mentions.remove(number)
        return
    found = _made(kind, number)
    if kind == "fact" and found is not None and _sign(found) == sign:
        sdk.customers.drop_fact(found)
    elif kind == "need" and found is not None:
        sdk.db.session.delete(found)
        sdk.db.session.flush()
