"""Adds to customers we have what a list says about them, and keeps what was there before, so that it can be undone."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.customers import search_index
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports import listed
from loyalapp.features.imports.merging import COLUMNS, LISTS, Values, additions
from loyalapp.features.imports.stored import load

ROWS_AT_ONCE = 1_000


class Filler:
    """Fills what is empty. The stored values are read again: what somebody wrote meanwhile is kept.

    `step`: the step of "bring back" that keeps what was there before.
    """

    def __init__(
        self,
        session: Session,
        labels: Mapping[str, str],
        step: int,
        moment: datetime,
        progress: Callable[[int], None],
    ) -> None:
        self.session, self.step, self.moment, self.progress = session, step, moment, progress
        self._labels = labels
        self._fills: Mapping[int, list[Values]] = {}
        self._bulks = listed.bulks(session)
        self._last = {what: self._last_id(what) for what in LISTS}

    def fill(self, fills: Mapping[int, list[Values]]) -> None:
        """What the list says about these customers, in the caller's transaction."""
        ids, self._fills = list(fills), fills
        bring_back.keep(self.step, Customer.__tablename__, ids, self.session)
        for start in range(0, len(ids), ROWS_AT_ONCE):
            some = ids[start : start + ROWS_AT_ONCE]
            self._fill(some)
            self.progress(len(some))
        self._note_added(ids)
        search_index.refresh(ids, self.session)

    def _fill(self, ids: list[int]) -> None:
        rows, added = [], {what: [] for what in LISTS}  # type: ignore[var-annotated] -- rows of several tables
        for one, values in load(self.session, ids).items():
            for what, more in self._add(one, values).items():
                added[what] += listed.rows_of(one, what, more)
            rows.append({"one": one, "updated_at": self.moment, **{column: values[column] for column in COLUMNS}})
        self._update(rows)
        for what, entries in added.items():
            self._bulks[what].insert(entries)

    def _add(self, one: int, values: Values) -> dict[str, list[Any]]:
        """Add what the list says; the answer is what is new in the lists of the customer."""
        had = {what: len(values[what]) for what in LISTS}
        for more in self._fills[one]:
            values.update(additions(values, more, self._labels))
        return {what: values[what][had[what] :] for what in LISTS}

    def _update(self, rows: list[dict[str, Any]]) -> None:
        if rows:
            table: Any = Customer.__table__
            names = [name for name in rows[0] if name != "one"]
            values = {name: bindparam(name) for name in names} | {"version": table.c.version + 1}
            self.session.connection().execute(update(table).where(table.c.id == bindparam("one")).values(values), rows)

    def _last_id(self, what: str) -> int:
        model = listed.MODELS[what][0]
        return int(self.session.scalar(select(func.coalesce(func.max(model.id), 0))) or 0)

    def _note_added(self, ids: Sequence[int]) -> None:
        """Numbers, tags, people and days that came go again when the import is undone."""
        for what, last in self._last.items():
            model = listed.MODELS[what][0]
            for start in range(0, len(ids), ROWS_AT_ONCE):
                some = ids[start : start + ROWS_AT_ONCE]
                new = self.session.scalars(select(model.id).where(model.id > last, model.customer_id.in_(some))).all()
                bring_back.added(self.step, model.__tablename__, new, self.session)
