"""What the list asks the database: a page of a run of sort keys, by keyset, with any filters.

The unfiltered questions are put together once, since that takes longer than their answer.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select, tuple_

from loyalapp.core.textkeys import norm
from loyalapp.features.customers import questions
from loyalapp.features.customers.models import OUTSIDE, Customer, Tag
from loyalapp.features.lists.filters import NOBODY, Filters

_KEY, _NUMBER, _SIZE = bindparam("key"), bindparam("number"), bindparam("size")
_HERE, _CURSOR = tuple_(Customer.sort_key, Customer.id), tuple_(_KEY, _NUMBER)
_LISTED = (*questions.LISTED, Customer.sort_key)


def conditions(
    filters: Filters, found: Sequence[int] | None = None, spelt: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> list[ColumnElement[bool]]:
    """Who is on the list.

    :param found: the ids that the search found for `q`; None where nothing was searched for.
    :param spelt: how the chosen place and trade are written in our list: لاہور and Lahore are one place.
    """
    chosen: list[ColumnElement[bool]] = [_stage(filters.stage)]
    same = [(name, getattr(filters, name)) for name in ("kind", "size")]
    chosen += [getattr(Customer, name) == value for name, value in same if value]
    chosen += [getattr(Customer, name).in_(spellings) for name, spellings in spelt.items()]
    if filters.tag:
        chosen.append(exists().where(Tag.customer_id == Customer.id, Tag.tag_key == norm(filters.tag)))
    if filters.salesman == NOBODY:
        chosen.append(Customer.salesman_id.is_(None))
    elif filters.salesman:
        chosen.append(Customer.salesman_id == int(filters.salesman))
    if found is not None:
        chosen.append(Customer.id.in_(found))
    return chosen


def _stage(stage: str) -> ColumnElement[bool]:
    """The list itself is of those who are ours; the others are on it only where they are asked for."""
    if stage in OUTSIDE:
        return (Customer.removed_at.is_(None)) & (Customer.stage == stage)
    return questions.OURS & (Customer.stage == stage) if stage else questions.OURS


def onward(chosen: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """The next rows of a run of sort keys: after `key` and `number`, before `end`."""
    run = (_HERE > _CURSOR, Customer.sort_key < bindparam("end"))
    return select(*_LISTED).where(*chosen, *run).order_by(Customer.sort_key, Customer.id).limit(_SIZE)


def back(chosen: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """The rows before `key` and `number`, not before `start`, the nearest first."""
    run = (_HERE < _CURSOR, Customer.sort_key >= bindparam("start"))
    return select(*_LISTED).where(*chosen, *run).order_by(Customer.sort_key.desc(), Customer.id.desc()).limit(_SIZE)


def newest(chosen: Sequence[ColumnElement[bool]], *, backwards: bool) -> Select[Any]:
    """The newest first, by their number."""
    if backwards:
        return select(*_LISTED).where(*chosen, Customer.id > _NUMBER).order_by(Customer.id).limit(_SIZE)
    return select(*_LISTED).where(*chosen, Customer.id < _NUMBER).order_by(Customer.id.desc()).limit(_SIZE)


def written(name: str) -> Select[Any]:
    """What stands in a column of our customers, what stands there most often first."""
    column = getattr(Customer, name)
    return (
        select(column).where(questions.OURS, column.is_not(None)).group_by(column).order_by(func.count().desc(), column)
    )


def ids(chosen: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """The ids of everybody on the list."""
    return select(Customer.id).where(*chosen).order_by(Customer.id)


def count(chosen: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """How many are on the list."""
    return select(func.count()).select_from(Customer).where(*chosen)


EVERYBODY = conditions(Filters())
ONWARD, BACK = onward(EVERYBODY), back(EVERYBODY)
