"""Keeps the index of the search in line with the customers: FTS5 on SQLite, a table of words on PostgreSQL.

It is made from the customers' stored keys (`customers.keys`). Whoever changes names, numbers, people or notes past the
service, or takes customers out of the list or back, calls `refresh` (or `index`, where the keys are right already) in
the same transaction, so that the search never knows anybody who is gone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.orm import Session, scoped_session

from loyalapp.core.db import db
from loyalapp.features.customers.finding import Found, find, find_ids, look_up
from loyalapp.features.customers.keys import keys_of
from loyalapp.features.customers.models import Customer, Fact, Person, Phone

__all__ = ["ALL_ANEW", "Found", "find", "find_ids", "index", "index_import", "look_up", "refresh", "take_out"]

AnySession = Session | scoped_session[Any]
BATCH = 400
MANY = 5_000
PARTS = {"name": "norm", "around": "around", "more": "more", "sound": "skeleton"}  # of the index, from which key column
ALIVE = "FROM customer WHERE removed_at IS NULL AND merged_into_id IS NULL AND erased_at IS NULL"
_KEYS = f"INSERT INTO customer_index (rowid, {', '.join(PARTS)}) SELECT id, " + ", ".join(
    f"search_{key}" for key in PARTS.values()
)
_NUMBERS = "INSERT INTO customer_index_numbers (rowid, digits) SELECT id, search_phones"
ALL_ANEW = (f"{_KEYS} {ALIVE}", f"{_NUMBERS} {ALIVE} AND search_phones <> ''")  # into an empty index on SQLite

_FACES = select(
    Customer.id,
    Customer.name,
    Customer.name_ur,
    Customer.name_hi,
    Customer.name_en,
    Customer.firm,
    Customer.place,
    Customer.locality,
    Customer.trade,
    Customer.notes,
    Customer.address,
    Customer.email,
)
_PHONES = select(Phone.customer_id, Phone.number).order_by(Phone.id)
_PEOPLE = select(Person.customer_id, Person.name, Person.number).order_by(Person.id)
_FACTS = select(Fact.customer_id, Fact.text).where(Fact.do_not_mention.is_(False)).order_by(Fact.id)


def index(session: AnySession, ids: Sequence[int], *, fresh: bool = False) -> None:
    """Bring the index in line with the customers' stored keys, in the caller's transaction.

    :param fresh: the customers are new, so that there is nothing to take out first (faster at an import).
    """
    for some in _batches(ids):
        listed = ",".join(map(str, some))
        if not fresh:
            _take_out(session, listed)
        _put_in(session, f"{ALIVE} AND id IN ({listed})")


def index_import(session: AnySession, import_id: int, ids: range | None = None) -> None:
    """Index everything a list has brought in at once: a trigger for each row would be three times slower.

    :param ids: only these, where a long list is written in parts.
    """
    part = f" AND id BETWEEN {ids.start} AND {ids.stop - 1}" if ids else ""
    _put_in(session, f"{ALIVE} AND import_id = {int(import_id)}{part}")


def take_out(session: AnySession, ids: Sequence[int]) -> None:
    """The search forgets customers who go for good, in the caller's transaction."""
    for start in range(0, len(ids), MANY):
        _take_out(session, ",".join(str(int(one)) for one in ids[start : start + MANY]))


def refresh(ids: Iterable[int], session: AnySession | None = None) -> None:
    """Make keys and index of these customers anew from what is stored, in the caller's transaction.

    For deeds past the service: merging, erasing, bulk changes, bringing back, people and facts on their own.
    """
    session = session or db.session
    session.flush()
    ids = list(ids)
    for some in _batches(ids):
        changes = [{"one": one, **keys} for one, keys in _keys_anew(session, some)]
        if changes:
            _store(session, changes)
    index(session, ids)


def _batches(ids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), BATCH):
        yield [int(one) for one in ids[start : start + BATCH]]


def _keys_anew(session: AnySession, ids: list[int]) -> Iterator[tuple[int, dict[str, str]]]:
    numbers = _by_customer(session, _PHONES, Phone.customer_id, ids)
    people = _by_customer(session, _PEOPLE, Person.customer_id, ids)
    facts = _by_customer(session, _FACTS, Fact.customer_id, ids)
    for row in session.execute(_FACES.where(Customer.id.in_(ids))):
        within = people[row.id]
        yield (
            row.id,
            keys_of(
                [row.name, row.name_ur, row.name_hi, row.name_en, *(one.name for one in within)],
                [row.firm, row.place, row.locality, row.trade],
                [one.number for one in (*numbers[row.id], *within) if one.number],
                [row.notes, row.address, row.email, *(one.text for one in facts[row.id])],
            ),
        )


def _by_customer(session: AnySession, query: Any, owner: Any, ids: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query.where(owner.in_(ids))):
        found[row.customer_id].append(row)
    return found


def _store(session: AnySession, changes: list[dict[str, Any]]) -> None:
    """Past the ORM: keys are no change that somebody's form could miss, so that the version stays."""
    table: Any = Customer.__table__
    names = [name for name in changes[0] if name != "one"]
    values = {"updated_at": table.c.updated_at, **{name: bindparam(name) for name in names}}
    session.connection().execute(update(table).where(table.c.id == bindparam("one")).values(values), changes)
    changed = {one["one"] for one in changes}
    for customer in list(session.identity_map.values()):
        if isinstance(customer, Customer) and customer.id in changed:
            session.expire(customer, names)


def _on_sqlite(session: AnySession) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _take_out(session: AnySession, listed: str) -> None:
    """What the index knows of these customers; `listed`: whole numbers, or a question of ours for them."""
    if _on_sqlite(session):
        session.execute(text(f"DELETE FROM customer_index WHERE rowid IN ({listed})"))  # noqa: S608 -- see above
        session.execute(text(f"DELETE FROM customer_index_numbers WHERE rowid IN ({listed})"))  # noqa: S608 -- see above
    else:
        session.execute(text(f"DELETE FROM customer_word WHERE customer_id IN ({listed})"))  # noqa: S608 -- see above


def _put_in(session: AnySession, whom: str) -> None:
    if _on_sqlite(session):
        session.execute(text(f"{_KEYS} {whom}"))
        session.execute(text(f"{_NUMBERS} {whom} AND search_phones <> ''"))
        return
    for part, key in PARTS.items():
        session.execute(
            text(
                f"INSERT INTO customer_word (customer_id, part, word) SELECT DISTINCT id, '{part}',"
                f" regexp_split_to_table(search_{key}, ' +') {whom} AND search_{key} <> ''"
            )
        )
