"""Puts back of a customer's row what a step changed, where something else of it was changed since.

What was changed since stays. Columns whose names begin with the same word (`birth_month`, `birth_day`) say one thing
together, and go back or stay together.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, func, literal, or_, select, update

from loyalapp.features.bring_back import images
from loyalapp.features.bring_back.marks import ROW, Marks

Values = Mapping[str, ColumnElement[Any]]
Conditions = dict[str, ColumnElement[bool]]


def noted(marks: Marks, table: Table) -> ColumnElement[Any]:
    """What is kept of a row when the step is done: its fingerprint, and of a changed customer the values too."""
    names = marks.step.columns[table.name]
    told = images.fingerprint(marks.link, table, names)
    if table.name != images.OWNER:
        return told
    values = images.left(marks.link, [table.c[one] for one in names])
    return told.op("||")(case((ROW.c.before.is_not(None), values), else_=literal("")))


def reset(marks: Marks, table: Table, kept: Values, possible: Sequence[ColumnElement[bool]]) -> None:
    """Put back what the step changed of rows that were changed since, and note those where both changed the same.

    :param kept: the values before the step. :param possible: whether they can stand in the table.
    """
    left = _left_behind(marks, table, kept)
    since, by_both = _changed_since(table, kept, left)
    changed = and_(marks.changed(table), ~marks.untouched(table))
    can = and_(func.length(ROW.c.after) > images.FINGERPRINT, *possible)
    asked = select(ROW.c.row_id, ROW.c.customer_id, can, by_both).select_from(marks.with_rows(table))
    found = marks.link.execute(asked.where(changed)).all()
    marks.left += [(table.name, row_id, whose) for row_id, whose, can_be, by_both in found if by_both or not can_be]
    mixed = {whose for _row_id, whose, can_be, _by_both in found if can_be}
    if mixed:
        marks.mixed |= mixed
        values = {one: case((since[_word(one)], table.c[one]), else_=kept[one]) for one in left}
        back = update(table).values({**values, "version": table.c.version + 1})
        marks.link.execute(back.where(marks.same(table), changed, can))


def _left_behind(marks: Marks, table: Table, kept: Values) -> Values:
    """The values that the step left behind, but for those that are made anew from others."""
    array = func.nullif(func.substr(ROW.c.after, images.FINGERPRINT + 1), "")
    mine = [(place, one) for place, one in marks.columns(table) if one.name in kept and not images.is_made(one.name)]
    return {one.name: images.value(marks.link, array, place, one) for place, one in mine}


def _changed_since(table: Table, kept: Values, left: Values) -> tuple[Conditions, ColumnElement[bool]]:
    """By word whether it was changed since the step, and whether any of those was changed by the step too."""
    names: dict[str, list[str]] = {}
    for one in left:
        names.setdefault(_word(one), []).append(one)
    since = {word: or_(*(table.c[one].is_distinct_from(left[one]) for one in some)) for word, some in names.items()}
    by_step = {word: or_(*(kept[one].is_distinct_from(left[one]) for one in some)) for word, some in names.items()}
    return since, or_(*(and_(since[word], by_step[word]) for word in names))


def _word(column: str) -> str:
    return column.partition("_")[0]
