"""What customers said about other shops: a log of signals, each with how sure we are of it (B3, B7)."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from loyalapp import sdk

from . import planning
from .models import MENTION, SURE

_ = sdk.texts("reviews").gettext

RECENT = timedelta(days=180)
LONGEST = {"shop": 120, "words": 1000}
LINE = (MENTION.c.id, MENTION.c.customer_id, MENTION.c.shop, MENTION.c.words, MENTION.c.sure, MENTION.c.heard_on)
_NEWEST = (MENTION.c.heard_on.desc(), MENTION.c.id.desc())
OF = (
    select(*LINE, MENTION.c.review_id)
    .where(MENTION.c.customer_id == bindparam("customer_id"), MENTION.c.heard_on <= bindparam("until"))
    .order_by(*_NEWEST)
    .limit(bindparam("most"))
)
COUNTS = (
    select(MENTION.c.customer_id, func.count().label("count"))
    .where(MENTION.c.customer_id.in_(bindparam("ids", expanding=True)), MENTION.c.heard_on >= bindparam("since"))
    .group_by(MENTION.c.customer_id)
)
NEWEST = (
    select(*LINE)
    .join(sdk.Customer, sdk.Customer.id == MENTION.c.customer_id)
    .where(sdk.customers.OURS)
    .order_by(*_NEWEST)
    .limit(bindparam("most"))
)


def write(customer_id: int, words: str, *, shop: str = "", sure: str = "said", review_id: int | None = None) -> int:
    """Write a mention down in the caller's transaction; answers its number.

    :param sure: one of `SURE`; anything else is the most careful of them, a guess.
    """
    values = {**_values(words, shop, sure), "customer_id": customer_id, "review_id": review_id}
    new = insert(MENTION).values(**values, heard_on=sdk.today(), staff_member_id=sdk.staff.at_desk())
    made: Any = sdk.db.session.execute(new)
    planning.heard(customer_id)
    return int(made.inserted_primary_key[0])


def change(mention_id: int, words: str, *, shop: str, sure: str) -> bool:
    """Correct one in the caller's transaction; whether it is there."""
    changed = update(MENTION).where(MENTION.c.id == mention_id).values(**_values(words, shop, sure))
    done: Any = sdk.db.session.execute(changed)
    return bool(done.rowcount)


def remove(mention_id: int) -> None:
    """It was none, in the caller's transaction."""
    sdk.db.session.execute(delete(MENTION).where(MENTION.c.id == mention_id))


def _values(words: str, shop: str, sure: str) -> dict[str, str]:
    return {
        "words": sdk.plain(words, keep_lines=True)[: LONGEST["words"]],
        "shop": sdk.plain(shop)[: LONGEST["shop"]],
        "sure": sure if sure in SURE else "guess",
    }


def of(customer_id: int, limit: int, until: date | None = None) -> Sequence[Any]:
    """What one customer said about other shops, the newest first."""
    return sdk.rows(OF, {"customer_id": customer_id, "most": limit, "until": until or date.max}).all()


def recent(customer_ids: Collection[int], days: int = RECENT.days) -> dict[int, int]:
    """How many signals each of these customers gave in the last `days`; who gave none is left out."""
    facts = {"ids": list(customer_ids), "since": sdk.today() - timedelta(days=days)}
    return {row.customer_id: int(row[1]) for row in sdk.rows(COUNTS, facts)} if facts["ids"] else {}


def newest(limit: int) -> Sequence[Any]:
    """The newest signals of all customers."""
    return sdk.rows(NEWEST, {"most": limit}).all()
