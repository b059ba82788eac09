"""Two customers side by side: one question for each field in which they differ, and its answers in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from loyalapp.core.days import PartialDay
from loyalapp.core.formats import format_day, format_number
from loyalapp.core.i18n import isolate_text, lazy_gettext, message_language_names
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.merging import Difference, Value
from loyalapp.features.customers.models import Customer
from loyalapp.features.customers.words import CHANNEL_WORDS, KINDS, SIZE_WORDS, STAGE_WORDS
from loyalapp.features.staff import service as staff
from loyalapp.web.forms import Form, HiddenField, RadioField

WORDS = {
    "name": lazy_gettext("Name"),
    "name_ur": lazy_gettext("Name in Urdu letters"),
    "name_hi": lazy_gettext("Name in Hindi letters"),
    "name_en": lazy_gettext("Name in English letters"),
    "address_form": lazy_gettext("Form of address"),
    "kind": lazy_gettext("Person or firm"),
    "firm": lazy_gettext("Firm or shop"),
    "trade": lazy_gettext("Trade"),
    "size": lazy_gettext("Size"),
    "place": lazy_gettext("City or place"),
    "locality": lazy_gettext("Area or market"),
    "address": lazy_gettext("Address"),
    "email": lazy_gettext("E-mail"),
    "message_language": lazy_gettext("Language for messages"),
    "channel": lazy_gettext("How they like to be reached"),
    "hours": lazy_gettext("When they can be reached"),
    "birthday": lazy_gettext("Birthday"),
    "since": lazy_gettext("First deal with us"),
    "stage": lazy_gettext("Where we stand with them"),
    "salesman_id": lazy_gettext("Who looks after them"),
    "referred_by_id": lazy_gettext("Who sent them to us"),
    "contact_limit": lazy_gettext("Contacts this customer likes in a month"),
}


class JoinForm(Form):
    """What both can be asked about; the questions themselves are added for the two at hand."""

    seen = HiddenField()
    fields_asked: Sequence[str] = ()

    def chosen(self) -> dict[str, int]:
        """By field the id of the one whose value counts."""
        return {one: int(self[one].data) for one in self.fields_asked if self[one].data}

    def versions(self) -> dict[int, int]:
        """What was on the screen, by id."""
        parts = [one.partition(":") for one in str(self.seen.data or "").split(",")]
        return {int(one): int(seen) for one, _colon, seen in parts if _is_number(one) and _is_number(seen)}

    def show_anew(self, *two: Customer) -> None:
        """From now on the form speaks of the two as they are."""
        self.seen.data = ",".join(f"{one.id}:{one.version}" for one in two)

    def questions(self) -> list[Any]:
        """The fields to choose in."""
        return [self[one] for one in self.fields_asked]


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 10


def of(two: Sequence[Customer], differing: Sequence[Difference]) -> JoinForm:
    """The form for these two."""
    said = _Words(differing)
    asked = {
        one.field: RadioField(
            WORDS[one.field],
            choices=[(str(each.id), isolate_text(said(one.field, one.values[each.id]))) for each in two],
            default=str(one.better),
        )
        for one in differing
    }
    made: JoinForm = type("JoinForm", (JoinForm,), {**asked, "fields_asked": tuple(asked)})()
    if not made.is_submitted():
        made.show_anew(*two)
    return made


def say(differing: Sequence[Difference]) -> Any:
    """How a value that was not chosen stands in the notes: "City or place: Multan"."""
    said = _Words(differing)
    return lambda field, value: f"{WORDS[field]}: {said(field, value)}"


class _Words:
    """Values in words; the names of people are asked for once."""

    def __init__(self, differing: Sequence[Difference]) -> None:
        named = {one.field: {value[0] for value in one.values.values()} for one in differing}
        self._known: dict[str, Mapping[Any, Any]] = {
            "stage": STAGE_WORDS,
            "kind": dict(KINDS),
            "size": SIZE_WORDS,
            "channel": CHANNEL_WORDS,
            "message_language": message_language_names(),
            "salesman_id": staff.names(sorted(named.get("salesman_id", ()))),
            "referred_by_id": customers.names(sorted(named.get("referred_by_id", ()))),
        }

    def __call__(self, field: str, value: Value) -> str:
        if field == "birthday":
            return format_day(PartialDay(*value))
        if field == "since":
            return format_day(value[0])
        if field == "contact_limit":
            return format_number(value[0])
        return str(self._known.get(field, {}).get(value[0], value[0]))
