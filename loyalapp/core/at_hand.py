"""Questions that are asked again and again go to SQLite by a short way: their SQL and the order of values are kept.

On SQLAlchemy's own way each takes six times as long as its answer, and a customer's page asks two dozen of them. A
question for which the short way does not do, or that fails on it, goes the long way, which also tells what is wrong.
"""

from collections.abc import Callable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import CompoundSelect, Executable, Result, Select, SelectBase
from sqlalchemy.engine import Connection, Dialect, IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.types import TypeEngine

LENGTHS_KEPT = 32  # of lists of values, each of which makes another SQL
Change = Callable[[Any], Any] | None
_NEW: Any = object()
_ready: WeakKeyDictionary[Executable, "Ready | None"] = WeakKeyDictionary()


class Ready:
    """One question for one database: its SQL, the names of its values in order, and how they and its answers change."""

    def __init__(self, question: SelectBase, dialect: Dialect) -> None:
        compiled: Any = question.compile(dialect=dialect)
        self.dialect, self._sql = dialect, str(compiled)
        self._names: list[str] = compiled.positiontup or []
        binds = {name: compiled.binds[name] for name in self._names}
        self.is_short = not compiled.literal_execute_params and "~~" not in self._sql
        self.is_short = self.is_short and not any(one.callable for one in binds.values())
        self._lists = [name for name in self._names if binds[name].expanding]
        self._known = {name: one.value for name, one in binds.items() if not one.required}
        self._given = {name: _of(one.type, dialect).bind_processor(dialect) for name, one in binds.items()}
        found = compiled._result_columns  # noqa: SLF001 -- the names and types that its own results go by
        changes = [_of(one.type, dialect).result_processor(dialect, None) for one in found]
        self._changes = [(place, change) for place, change in enumerate(changes) if change]
        self._columns = SimpleResultMetaData([one.keyname for one in found])
        self._by_lengths: dict[tuple[int, ...], str] = {}

    def answer(self, link: Connection, facts: Mapping[str, Any]) -> Result[*tuple[Any, ...]]:
        """The rows.

        :raises KeyError: where a value is missing.
        :raises Exception: whatever the driver raises.
        """
        facts = {**self._known, **facts}
        values: list[Any] = []
        for name in self._names:
            change, value = self._given[name], facts[name]
            if name in self._lists:
                values += [change(one) for one in value] if change else value
            else:
                values.append(change(value) if change else value)
        raw: Any = link.connection.driver_connection
        found = raw.execute(self._sql_for(facts) if self._lists else self._sql, values).fetchall()
        return IteratorResult(self._columns, iter(map(self._changed, found) if self._changes else found))

    def _changed(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, change in self._changes:
            values[place] = change(values[place])
        return tuple(values)

    def _sql_for(self, facts: Mapping[str, Any]) -> str:
        lengths = tuple(len(facts[name]) for name in self._lists)
        known = self._by_lengths.get(lengths)
        if known is None:
            if 0 in lengths:
                raise KeyError("a list without values")
            known = self._sql
            for name, length in zip(self._lists, lengths, strict=True):
                known = known.replace(f"__[POSTCOMPILE_{name}]", ", ".join("?" * length))
            if len(self._by_lengths) >= LENGTHS_KEPT:
                self._by_lengths.clear()
            self._by_lengths[lengths] = known
        return known


def _of(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)


def plain(question: Any) -> Any:
    """A copy of a question for plain columns that is put together past the ORM: the same SQL, a third sooner."""
    if not isinstance(question, Select | CompoundSelect):
        return question
    copy: Any = question.execution_options()
    copy._propagate_attrs = {}  # noqa: SLF001 -- it names whoever puts the question together
    if isinstance(copy, CompoundSelect):
        copy.selects = [plain(one) for one in copy.selects]
    return copy


def by_short_way(question: Executable, link: Connection) -> Ready | None:
    """The question made ready, if the short way does for it; not at the first time, as it may never come again."""
    if link.dialect.name != "sqlite" or not isinstance(question, SelectBase):
        return None
    watched: Any = link.engine.dispatch
    if watched.before_cursor_execute or watched.after_cursor_execute:
        return None  # somebody counts them
    known = _ready.get(question, _NEW)
    if known is _NEW:
        _ready[question] = None
        return None
    if known is None or known.dialect is not link.dialect:
        known = _ready[question] = Ready(plain(question), link.dialect)
    return known if known.is_short else None
