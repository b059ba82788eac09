"""A row as the values of a customer, and what it adds to a customer we have.

Empty fields are filled, nothing is overwritten. What differs from what we have is written into the notes as "column:
value", so that it is not lost.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from loyalapp.core.textkeys import norm
from loyalapp.features.customers.address import script_of
from loyalapp.features.customers.keys import keys_of
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
)
COLUMNS = (
    "name", "name_ur", "name_hi", "name_en", "address_form", "firm", "trade", "place", "locality", "address", "email",
    "message_language", "kind", "stage", "birth_year", "birth_month", "birth_day", "since", "notes",
)  # fmt: skip
KEYS = ("search_norm", "search_skeleton", "search_phones", "sort_key")
MEANT = {"birthday": ("birth_year", "birth_month", "birth_day"), "since": ("since",)}
ALWAYS = ("name", "address_form", "firm", "kind", "stage", "notes")
Values = dict[str, Any]


def used_columns(meanings: set[str], names: int) -> tuple[str, ...]:
    """The columns that a list of these meanings can fill; the others need not be written for everybody who is new."""
    used = {*ALWAYS, *(column for column, meaning in FIELDS if meaning in meanings)}
    used.update(column for meaning, columns in MEANT.items() if meaning in meanings for column in columns)
    if names > 1:
        used.update(SCRIPTS.values())
    return tuple(column for column in COLUMNS if column in used)


def keys(values: Values) -> dict[str, str]:
    """What a customer with these values is found and sorted by."""
    names = (values["name"], values["name_ur"], values["name_hi"], values["name_en"])
    return keys_of(names, (values["firm"], values["place"], values["locality"]), values["phones"])


def values_of(row: Who, stage: str) -> Values:
    """The columns of a new customer; `since` is a date, `phones` a list of E.164 numbers."""
    year, month, day = row.birth or (None, None, None)
    values: Values = {
        "name": row.name, "name_ur": None, "name_hi": None, "name_en": None, "address_form": row.form, "firm": row.firm,
        "trade": row.trade, "place": row.place, "locality": row.locality, "address": row.address, "email": row.email,
        "message_language": row.language, "kind": row.kind, "stage": stage, "birth_year": year, "birth_month": month,
        "birth_day": day, "since": row.since, "notes": "\n".join(row.notes), "phones": row.phones,
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
        if value := new[column]:
            if not old[column]:
                changes[column] = value
            elif norm(value) != norm(old[column]):
                kept.append(_line(labels, meaning, value))
    _add_name(changes, old, new["name"], _line(labels, "name", new["name"]), kept)
    for column in SCRIPTS.values():
        if new[column] and not old[column] and not changes.get(column):
            changes[column] = new[column]
    _add_birthday(changes, old, new, labels, kept)
    _add_since(changes, old, new, labels, kept)
    if old["stage"] == "prospect" and new["stage"] == "customer":
        changes["stage"] = "customer"
    if more := [number for number in new["phones"] if number not in old["phones"]]:
        changes["phones"] = [*old["phones"], *more]
    if notes := _longer(old["notes"], [*([new["notes"]] if new["notes"] else []), *kept]):
        changes["notes"] = notes
    return changes


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
        changes["since"] = since
    elif since and since != old["since"]:
        kept.append(_line(labels, "since", as_text(since)))


def _longer(notes: str, more: list[str]) -> str:
    """The notes with the lines they lack; "" if they lack none."""
    known = notes.splitlines()
    lines = [line for text in more for line in text.splitlines() if line not in known]
    return "\n".join(filter(None, [notes, *dict.fromkeys(lines)])) if lines else ""
