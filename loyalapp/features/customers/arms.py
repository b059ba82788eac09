"""The arms of a search as one question to the database, for FTS5 on SQLite and for the table of words on PostgreSQL.

An arm finds customers in one way. All arms stand in one statement, one after the other; SQLite walks them only as far
as rows are taken from it, so that an arm that is not needed costs nothing. The text of a statement depends on the kinds
of its arms alone and is remembered.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, TextClause, text

from loyalapp.core.db import db, has_read, of_page, reading

LAST = "\U0010fffd"  # comes after whatever is written
EVERYBODY = 10**9
SHOWN = "c.id, c.name, c.firm, c.locality, c.place, f.arm"
HERE = "c.removed_at IS NULL AND c.merged_into_id IS NULL AND c.erased_at IS NULL"
LISTED = "removed_at IS NULL AND stage IN ('prospect', 'customer', 'former')"  # as the index of the list says it


class Hit(NamedTuple):
    """A customer, and the number of the arm that found it; as a row of PostgreSQL's answer is."""

    id: int
    name: str
    firm: str | None
    locality: str | None
    place: str | None
    arm: int


class Ask(NamedTuple):
    """Words of which one must stand in one of these parts of the index; `begun`: it may go on."""

    parts: tuple[str, ...]
    words: tuple[str, ...]
    begun: bool = False


class Arm(NamedTuple):
    """One way to find: by `key` or `index` (all of several wishes, each one of some asks), by how a number `begins`
    or what it `holds` (three digits each, and the whole), or by `tag`.

    `alike`: what it finds only sounds a little like what was typed.
    """

    kind: str
    what: Any
    alike: bool = False


def on_sqlite() -> bool:
    """Which of the two it is."""
    return bool(db.engine.dialect.name == "sqlite")


def walk(arms: Sequence[Arm], most: int) -> Iterator[Any]:
    """What the arms find, in their order, with repetitions; to be left as soon as enough is found."""
    if not arms:
        return
    facts = {**_facts(arms), "most": 2 * most}
    if on_sqlite():
        with _driver() as link:
            yield from map(Hit._make, link.execute(_walk_on_sqlite(tuple(one.kind for one in arms)), facts))
    else:
        yield from _ask(_walk_in_office(arms), facts)


def count(arms: Sequence[Arm]) -> int:
    """How many customers all arms find together."""
    found = " UNION ".join(_texts(arms, "id"))
    question = text(f"SELECT count(*) FROM ({found}) f JOIN customer c ON c.id = f.id WHERE {HERE}")  # noqa: S608 -- our own words
    return int(_ask(question, {**_facts(arms), "most": EVERYBODY}).scalar() or 0)


def words_between(ranges: Sequence[tuple[str, str]], most: int) -> Iterator[tuple[int, str]]:
    """The words of the index within each range: the number of the range, and the word."""
    if ranges:
        facts: dict[str, Any] = {"most": most}
        for number, (low, high) in enumerate(ranges):
            facts |= {f"a{number}": low, f"b{number}": high}
        yield from _ask(_words_text(len(ranges), on_sqlite()), facts)


@contextmanager
def _driver() -> Iterator[Any]:
    """The driver's own connection: at every key, SQLAlchemy would take longer than the answer.

    Where a page has read nothing so far, it is one from the pool, without a transaction.
    """
    if reading.get() and not has_read():
        link = db.engine.raw_connection()
        try:
            yield link.driver_connection
        finally:
            link.close()
    else:
        yield _link().connection.driver_connection


def _link() -> Connection:
    if reading.get():
        return of_page()[0]
    db.session.flush()
    return db.session.connection()


def _ask(question: TextClause, facts: dict[str, Any]) -> Any:
    return _link().execute(question, facts)


# ---- statements; # is the number of the arm ----

_LITE = {
    "key": f"SELECT # AS arm, id FROM (SELECT id FROM customer WHERE {LISTED} AND sort_key >= :a# AND sort_key < :b#"  # noqa: S608 -- our own words
    " ORDER BY sort_key, id LIMIT :most)",
    "index": "SELECT # AS arm, rowid AS id FROM customer_index WHERE customer_index MATCH :a#",
    "begins": "SELECT # AS arm, customer_id AS id FROM customer_phone WHERE number >= :a# AND number < :b#",
    "holds": "SELECT # AS arm, n.rowid AS id FROM customer_index_numbers n CROSS JOIN customer k ON k.id = n.rowid"
    " WHERE customer_index_numbers MATCH :a# AND instr(k.search_phones || ' ', :b#) > 0",
    "tag": "SELECT # AS arm, customer_id AS id FROM customer_tag WHERE tag_key >= :a# AND tag_key < :b#",
}
# ~>=~ and ~<~ go by code points, whatever the alphabet of the database is, and by the index of the words.
_OFFICE = {
    "key": f"SELECT id, sort_key AS rank FROM customer WHERE {LISTED} AND sort_key >= :a# AND sort_key < :b#",  # noqa: S608 -- our own words
    "begins": "SELECT customer_id AS id, number AS rank FROM customer_phone WHERE number ~>=~ :a# AND number ~<~ :b#",
    "holds": "SELECT id, '' AS rank FROM customer WHERE strpos(search_phones || ' ', :b#) > 0",
    "tag": "SELECT customer_id AS id, tag_key AS rank FROM customer_tag WHERE tag_key ~>=~ :a# AND tag_key ~<~ :b#",
}


@lru_cache(256)
def _walk_on_sqlite(kinds: tuple[str, ...]) -> str:
    arms = " UNION ALL ".join(_LITE[kind].replace("#", str(number)) for number, kind in enumerate(kinds))
    return f"SELECT {SHOWN} FROM ({arms}) f CROSS JOIN customer c ON c.id = f.id WHERE {HERE}"  # noqa: S608 -- our own words


def _walk_in_office(arms: Sequence[Arm]) -> TextClause:
    found = " UNION ALL ".join(
        f"(SELECT {number} AS arm, id, row_number() OVER (ORDER BY rank, id) AS nth FROM ({arm}) a{number}"  # noqa: S608 -- our own words
        " ORDER BY rank, id LIMIT :most)"
        for number, arm in enumerate(_texts(arms, "id, rank"))
    )
    return text(f"SELECT {SHOWN} FROM ({found}) f JOIN customer c ON c.id = f.id WHERE {HERE} ORDER BY f.arm, f.nth")  # noqa: S608 -- our own words


def _texts(arms: Sequence[Arm], columns: str) -> list[str]:
    lite = on_sqlite()
    return [
        f"SELECT {columns} FROM ({_text(arm, lite).replace('#', str(number))}) t{number}"  # noqa: S608 -- our own words
        for number, arm in enumerate(arms)
    ]


def _text(arm: Arm, lite: bool) -> str:
    if lite or arm.kind != "index":
        return (_LITE if lite else _OFFICE)[arm.kind]
    wishes = [
        " OR ".join(_one_office(ask).replace("$", f"{wish}_{number}") for number, ask in enumerate(asks))
        for wish, asks in enumerate(arm.what)
    ]
    found = " INTERSECT ".join(f"SELECT DISTINCT customer_id FROM customer_word WHERE {wish}" for wish in wishes)  # noqa: S608 -- our own words
    return f"SELECT customer_id AS id, '' AS rank FROM ({found}) w#"  # noqa: S608 -- our own words


def _one_office(ask: Ask) -> str:
    word = "word ~>=~ :a#_$ AND word ~<~ :b#_$" if ask.begun else "word = ANY(:a#_$)"
    return f"(part = ANY(:p#_$) AND {word})"


@lru_cache(16)
def _words_text(ranges: int, lite: bool) -> TextClause:
    words = (
        "SELECT term AS word FROM customer_index_terms WHERE term >= :a# AND term < :b# LIMIT :most"
        if lite
        else "SELECT DISTINCT word FROM customer_word"
        " WHERE part = 'sound' AND word ~>=~ :a# AND word ~<~ :b# LIMIT :most"
    )
    each = (f"SELECT #, word FROM ({words}) w#".replace("#", str(one)) for one in range(ranges))  # noqa: S608 -- our own words
    return text(" UNION ALL ".join(each))


# ---- what they are asked with ----


def _facts(arms: Sequence[Arm]) -> dict[str, Any]:
    lite = on_sqlite()
    facts: dict[str, Any] = {}
    for number, arm in enumerate(arms):
        if arm.kind == "index":
            facts |= {f"a{number}": _match(arm.what)} if lite else _words(number, arm.what)
        else:
            facts |= {f"a{number}": arm.what[0], f"b{number}": arm.what[1]}
    return facts


def _match(wishes: Sequence[Sequence[Ask]]) -> str:
    """A wish for FTS5: {name around} : ("ali"*)."""
    return " AND ".join("(" + " OR ".join(map(_one_match, asks)) + ")" for asks in wishes)


def _one_match(ask: Ask) -> str:
    star = "*" if ask.begun else ""
    words = " OR ".join('"{}"{}'.format(word.replace('"', '""'), star) for word in ask.words)
    return f"{{{' '.join(ask.parts)}}} : ({words})"


def _words(arm: int, wishes: Sequence[Sequence[Ask]]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for wish, asks in enumerate(wishes):
        for number, ask in enumerate(asks):
            name = f"{arm}_{wish}_{number}"
            facts[f"p{name}"] = list(ask.parts)
            facts[f"a{name}"] = ask.words[0] if ask.begun else list(ask.words)
            if ask.begun:
                facts[f"b{name}"] = ask.words[0] + LAST
    return facts
