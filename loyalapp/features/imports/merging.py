"""A row as the values of a customer, and what it adds to a customer we have.

Empty fields are filled, nothing is overwritten. What differs from what we have is written into the notes as "column:
value", so that it is not lost.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from loyalapp.core.textkeys import norm
from loyalapp.features.customers.address import script_of
from loyalapp.features.imports.rows import Who, as_text

SCRIPTS = {"ur": "name_ur", "hi": "name_hi", "en": "name_en"}
FIELDS = (
    ("address_form", "title"),
    ("firm", "firm"),
    ("trade", "trade"),
    ("place", "place"),
    ("locality", "locality"),
    ("address", "address"),
    ("email", "email"),
    ("message_language", "language"),
    ("size", "size"),
    ("channel", "channel"),
    ("hours", "hours"),
    ("salesman_id", "salesman"),
)
COLUMNS = (
    "name", "name_ur", "name_hi", "name_en", "address_form", "firm", "trade", "place", "locality", "address", "email",
    "message_language", "size", "channel", "hours", "salesman_id", "kind", "stage", "birth_year", "birth_month",
    "birth_day", "since", "since_month", "since_day", "notes",
)  # fmt: skip
KEYS = ("search_norm", "search_around", "search_more", "search_skeleton", "search_phones", "sort_key", "sound_key")
# What hangs on a customer: numbers in E.164, tags, people [name, role, number], days [what, kind, year, month, day].
LISTS = ("phones", "tags", "people", "days")
# A list can take somebody up these steps, never down; who was called a former customer or not ours stays so.
STEPS = {"unsorted": 0, "prospect": 1, "customer": 2, "former": 3, "not_ours": 3}
Values = dict[str, Any]


def values_of(row: Who, stage: str) -> Values:
    """The columns of a new customer and what hangs on it; see `COLUMNS` and `LISTS`."""
    year, month, day = row.birth or (None, None, None)
    since = row.since
    values: Values = {
        "name": row.name, "name_ur": None, "name_hi": None, "name_en": None, "address_form": row.form, "firm": row.firm,
        "trade": row.trade, "place": row.place, "locality": row.locality, "address": row.address, "email": row.email,
        "message_language": row.language, "size": row.size, "channel": row.channel, "hours": row.hours,
        "salesman_id": row.salesman, "kind": row.kind, "stage": stage, "birth_year": year, "birth_month": month,
        "birth_day": day, "since": since, "since_month": since and since.month, "since_day": since and since.day,
        "notes": "\n".join(row.notes), "phones": row.phones, "tags": row.tags, "people": row.people, "days": row.days,
    }  # fmt: skip
    for other in row.other_names:
        _add_name(values, values, other, "")
    return values


def additions(old: Values, new: Values, labels: Mapping[str, str]) -> Values:
    """What `new` adds to `old`: only the columns that change, all of them with their new value. Empty if nothing does.

    :param labels: the title of the list's column for each meaning, for what goes into the notes.
    """
    changes: Values = {}
    kept: list[str] = []
    for column, meaning in FIELDS:
        if (value := new[column]) is not None:
            if not old[column]:
                changes[column] = value
            elif norm(str(value)) != norm(str(old[column])):
                kept.append(_line(labels, meaning, _spoken(column, value, labels)))
    _add_name(changes, old, new["name"], _line(labels, "name", new["name"]), kept)
    for column in SCRIPTS.values():
        if new[column] and not old[column] and not changes.get(column):
            changes[column] = new[column]
    _add_birthday(changes, old, new, labels, kept)
    _add_since(changes, old, new, labels, kept)
    if STEPS.get(new["stage"], 0) > STEPS.get(old["stage"], 0):
        changes["stage"] = new["stage"]
    _add_lists(changes, old, new)
    if notes := _longer(old["notes"], [*([new["notes"]] if new["notes"] else []), *kept]):
        changes["notes"] = notes
    return changes


def _add_lists(changes: Values, old: Values, new: Values) -> None:
    """Numbers, tags, people and days that are not there yet, at the end of those that are."""
    for what in LISTS:
        known = {_known_by(what, one) for one in old[what]}
        more = {_known_by(what, one): one for one in new[what]}
        if added := [one for key, one in more.items() if key not in known]:
            changes[what] = [*old[what], *added]


def _known_by(what: str, one: Any) -> Any:
    if what == "phones":
        return one
    if what == "tags":
        return norm(one)
    return norm(one[0]) if what == "people" else (norm(one[0]), *one[3:])


def _spoken(column: str, value: Any, labels: Mapping[str, str]) -> str:
    """One of few values in the words of the reader's language."""
    return labels.get(f"{column}-{value}", str(value))


def _line(labels: Mapping[str, str], meaning: str, value: str) -> str:
    return f"{labels.get(meaning, meaning)}: {value}"


def _add_name(changes: Values, old: Values, name: str, line: str, kept: list[str] | None = None) -> None:
    """Another script's spelling has a place of its own; another name in the same script is kept as a note."""
    key = norm(name)
    if not key or key in {norm(old[column] or "") for column in ("name", *SCRIPTS.values())}:
        return
    script = script_of(name)
    if script != script_of(old["name"]) and not old[SCRIPTS[script]]:
        changes[SCRIPTS[script]] = name
    elif any(map(str.isalpha, name)):
        if kept is None:
            changes["notes"] = "\n".join(filter(None, [changes.get("notes"), name]))
        else:
            kept.append(line)


def _add_birthday(changes: Values, old: Values, new: Values, labels: Mapping[str, str], kept: list[str]) -> None:
    if not new["birth_month"]:
        return
    if not old["birth_month"]:
        changes.update(birth_year=new["birth_year"], birth_month=new["birth_month"], birth_day=new["birth_day"])
        return
    same_day = (old["birth_month"], old["birth_day"]) == (new["birth_month"], new["birth_day"])
    if same_day and new["birth_year"] and not old["birth_year"]:
        changes["birth_year"] = new["birth_year"]
    elif not same_day or (new["birth_year"] and new["birth_year"] != old["birth_year"]):
        year = f"-{new['birth_year']}" if new["birth_year"] else ""
        kept.append(_line(labels, "birthday", f"{new['birth_day']:02}-{new['birth_month']:02}{year}"))


def _add_since(changes: Values, old: Values, new: Values, labels: Mapping[str, str], kept: list[str]) -> None:
    since: date | None = new["since"]
    if since and not old["since"]:
        changes.update(since=since, since_month=since.month, since_day=since.day)
    elif since and since != old["since"]:
        kept.append(_line(labels, "since", as_text(since)))


def _longer(notes: str, more: list[str]) -> str:
    """The notes with the lines they lack; "" if they lack none."""
    known = notes.splitlines()
    lines = [line for text in more for line in text.splitlines() if line not in known]
    return "\n".join(filter(None, [notes, *dict.fromkeys(lines)])) if lines else ""
