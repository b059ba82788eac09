"""Finds customers by any spelling of a name, by place or by phone: FTS5 on SQLite, a table of words on PostgreSQL.

The keys (`norm`: one spelling per script; `skeleton`: consonants, the same in all scripts) come from
`core.textkeys`. True hits by spelling come before those by sound.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session, scoped_session

from loyalapp.core.db import db
from loyalapp.core.textkeys import joined, norm, skeleton, to_ascii

AnySession = Session | scoped_session[Any]
LONGEST_QUERY = 200
MOST_WORDS = 8
BATCH = 400


def find_ids(query: str, limit: int) -> list[int]:
    """Ids of customers that answer to the query, best first."""
    query = query[:LONGEST_QUERY]
    asked = _asked(query)
    found: dict[int, None] = {}
    for column, words in asked:
        if words and len(found) < limit:
            found.update(dict.fromkeys(_matching(column, words, limit)))
    return list(found)[:limit]


def _asked(query: str) -> list[tuple[str, list[str]]]:
    digits = "".join(one for one in to_ascii(query) if one.isdigit())
    letters = any(one.isalpha() for one in query)
    asked: list[tuple[str, list[str]]] = []
    if len(digits) >= 3 and not letters:
        asked.append(("phones", [digits.removeprefix("0092").removeprefix("0091")]))
    asked.append(("norm", norm(query).split()[:MOST_WORDS]))
    sounds = skeleton(query).split()[:MOST_WORDS]
    if sum(map(len, sounds)) >= 2:
        asked += [("skeleton", sounds), ("skeleton", [joined(query)])]  # one script joins what another writes apart
    return asked


def _matching(column: str, words: Sequence[str], limit: int) -> Iterable[int]:
    if _on_sqlite(db.session):
        quoted = " ".join('"{}"*'.format(word.replace('"', '""')) for word in words)
        rows = db.session.execute(
            text("SELECT rowid FROM customer_index WHERE customer_index MATCH :match LIMIT :limit"),
            {"match": f"{column} : ({quoted})", "limit": limit},
        )
        return [row[0] for row in rows]
    parts = [f"SELECT customer_id FROM customer_word WHERE part = :part AND word LIKE :w{i}" for i in range(len(words))]  # noqa: S608 -- numbered names of ours
    values: dict[str, Any] = {f"w{i}": _like(word) for i, word in enumerate(words)}
    rows = db.session.execute(
        text(" INTERSECT ".join(parts) + " LIMIT :limit"), {**values, "part": column, "limit": limit}
    )
    return [row[0] for row in rows]


def _like(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _on_sqlite(session: AnySession) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def index(session: AnySession, ids: Sequence[int], *, fresh: bool = False) -> None:
    """Bring the index in line with the customers' stored keys, in the caller's transaction.

    :param fresh: the customers are new, so that there is nothing to take out first (faster at an import).
    """
    for start in range(0, len(ids), BATCH):
        some = [int(one) for one in ids[start : start + BATCH]]
        if not fresh:
            _take_out(session, some)
        _put_in(session, ",".join(map(str, some)))


def index_import(session: AnySession, import_id: int) -> None:
    """Index everything a list has brought in with one statement: a trigger per row would be three times slower."""
    if _on_sqlite(session):
        session.execute(
            text(
                "INSERT INTO customer_index (rowid, norm, skeleton, phones)"
                " SELECT id, search_norm, search_skeleton, search_phones FROM customer WHERE import_id = :import_id"
            ),
            {"import_id": import_id},
        )
        return
    ids = session.execute(
        text("SELECT id FROM customer WHERE import_id = :import_id"), {"import_id": import_id}
    ).scalars()
    index(session, list(ids), fresh=True)


def _take_out(session: AnySession, ids: Sequence[int]) -> None:
    listed = ",".join(map(str, ids))
    if _on_sqlite(session):
        session.execute(text(f"DELETE FROM customer_index WHERE rowid IN ({listed})"))  # noqa: S608 -- whole numbers only
    else:
        session.execute(text(f"DELETE FROM customer_word WHERE customer_id IN ({listed})"))  # noqa: S608 -- whole numbers only


def _put_in(session: AnySession, listed: str) -> None:
    alive = f"FROM customer WHERE removed_at IS NULL AND id IN ({listed})"
    if _on_sqlite(session):
        session.execute(
            text(
                "INSERT INTO customer_index (rowid, norm, skeleton, phones)"
                f" SELECT id, search_norm, search_skeleton, search_phones {alive}"
            )
        )
        return
    for part in ("norm", "skeleton", "phones"):
        session.execute(
            text(
                f"INSERT INTO customer_word (customer_id, part, word) SELECT DISTINCT id, '{part}',"
                f" regexp_split_to_table(search_{part}, ' +') {alive} AND search_{part} <> ''"
            )
        )
