"""What may be typed about a customer: the first screen asks four things, the rest is folded away."""

from collections.abc import Sequence
from typing import Any

from loyalapp.core import phones
from loyalapp.core.i18n import _, lazy_gettext
from loyalapp.features.customers.facts import SOURCES
from loyalapp.features.customers.models import OUTSIDE, STAGES, Customer
from loyalapp.features.customers.words import CHANNELS, KINDS, SIZES, SOURCE_WORDS, STAGE_WORDS, WORTHS, named
from loyalapp.web.forms import (
    AreaField,
    DayField,
    Form,
    HiddenField,
    NumberField,
    PartialDayField,
    RadioField,
    Row,
    RowsField,
    SelectField,
    TextField,
    TickField,
)

MESSAGE_LANGUAGES = [
    ("", lazy_gettext("Not asked yet")),
    ("ur", "اردو"),
    ("hi", "हिन्दी"),
    ("en", "English"),
    ("ur-Latn", lazy_gettext("Urdu in English letters")),
    ("hi-Latn", lazy_gettext("Hindi in English letters")),
]
EMPTY_IS_NONE = ("message_language", "size", "channel")
BIRTHDAY_OF_FIRM = "birthday_of_firm"
# Which part of the page a field stands in, so that a part with something to mend is open.
PARTS = {
    "who": ("kind", "address_form", "firm", "trade", "size", "name_ur", "name_hi", "name_en"),
    "reach": ("phones", "channel", "hours", "contact_limit", "stop_after", "email", "locality", "address"),
    "people": ("people",),
    "dates": ("birthday", "since", "firm_birthday", "days"),
    "ours": ("stage", "salesman_id", "tags", "referred_by", "referred_by_id", "do_not_mention", "notes"),
    "worth": ("worth", "worth_why"),
}


class PhoneRow(Row):
    """One number."""

    number = TextField(lazy_gettext("Number"), longest=200)
    label = TextField(lazy_gettext("Whose or where"), longest=200)
    on_whatsapp = TickField(lazy_gettext("On WhatsApp"), default=True)


class PersonRow(Row):
    """Somebody inside the firm."""

    name = TextField(lazy_gettext("Name"), longest=200)
    role = TextField(lazy_gettext("What they do there"))
    number = TextField(lazy_gettext("Number"), longest=60)
    note = TextField(lazy_gettext("Note"))


class DayRow(Row):
    """A day of their own."""

    what = TextField(lazy_gettext("What is on this day?"))
    day = PartialDayField(lazy_gettext("Day"))


class CustomerForm(Form):
    """One customer. Only the name is required (D2)."""

    name = TextField(
        lazy_gettext("What is the customer called?"),
        longest=200,
        required=lazy_gettext("Please write a name. Everything else can wait."),
    )
    phones = RowsField(lazy_gettext("Phones"), PhoneRow)
    place = TextField(lazy_gettext("City or place"))
    message_language = SelectField(lazy_gettext("Language for messages"), choices=MESSAGE_LANGUAGES, default="")
    kind = RadioField(lazy_gettext("Is this a person or a firm?"), choices=KINDS, default="person")
    address_form = TextField(lazy_gettext("How do you address them?"), longest=60)
    firm = TextField(lazy_gettext("Firm or shop"))
    trade = TextField(lazy_gettext("What is their trade?"))
    size = SelectField(lazy_gettext("How large is their business?"), choices=SIZES, default="")
    name_ur = TextField(lazy_gettext("Name in Urdu letters"), longest=200, tongue="ur")
    name_hi = TextField(lazy_gettext("Name in Hindi letters"), longest=200, tongue="hi")
    name_en = TextField(lazy_gettext("Name in English letters"), longest=200, tongue="en")
    channel = SelectField(lazy_gettext("How do they like to be reached?"), choices=CHANNELS, default="")
    hours = TextField(lazy_gettext("At what time?"))
    contact_limit = NumberField(
        lazy_gettext("Contacts this customer likes in a month"),
        least=0,
        most=31,
        complaint=lazy_gettext("Please write a number from 0 to 31."),
    )
    stop_after = NumberField(
        lazy_gettext("After how many tries without an answer do we stop?"),
        least=0,
        most=20,
        complaint=lazy_gettext("Please write a number from 0 to 20."),
    )
    email = TextField(lazy_gettext("E-mail"))
    locality = TextField(lazy_gettext("Area or market"))
    address = TextField(lazy_gettext("Address"), longest=500)
    people = RowsField(lazy_gettext("People there"), PersonRow, spare=2)
    birthday = PartialDayField(lazy_gettext("Birthday"))
    since = DayField(lazy_gettext("First deal with us"))
    firm_birthday = PartialDayField(lazy_gettext("Day the firm was founded"))
    days = RowsField(lazy_gettext("Other days that matter to them"), DayRow, spare=2)
    stage = SelectField(lazy_gettext("Where do we stand with them?"), default="customer")
    salesman_id = SelectField(lazy_gettext("Who of us looks after them?"), default="")
    tags = TextField(lazy_gettext("Tags"), longest=2000)
    referred_by = TextField(lazy_gettext("Who sent them to us?"), longest=200)
    referred_by_id = SelectField(lazy_gettext("Who sent them to us?"), validate_choice=False)
    worth = SelectField(lazy_gettext("What can working together bring?"), choices=WORTHS, default="")
    worth_why = AreaField(lazy_gettext("Because"), longest=1000)
    do_not_mention = AreaField(lazy_gettext("Please do not mention"), longest=1000)
    notes = AreaField(lazy_gettext("Notes"))
    version = HiddenField()

    def offer(self, customer: Customer | None, members: Sequence[tuple[int, str]]) -> "CustomerForm":
        """Fill the choices that depend on the customer and on who works here."""
        known = customer.stage if customer else None
        stages = [
            one for one in (*STAGES[1::-1], STAGES[2], OUTSIDE[1], OUTSIDE[0]) if one != "unsorted" or one == known
        ]
        self.stage.choices = [(one, STAGE_WORDS[one]) for one in stages]
        self.salesman_id.choices = [("", _("Nobody yet")), *named(members)]
        return self

    def values(self) -> dict[str, Any]:
        """The columns of a customer, and what hangs on it."""
        typed = self.typed()
        birthday, founded = typed.pop("birthday"), typed.pop("firm_birthday")
        for name in ("version", "referred_by"):
            typed.pop(name)
        for name in EMPTY_IS_NONE:
            typed[name] = typed[name] or None
        own = [{"what": row["what"], **_parted(row["day"])} for row in typed["days"]]
        firm = [{"kind": BIRTHDAY_OF_FIRM, **_parted(founded)}] if founded else []
        return {
            **typed,
            **{f"birth_{part}": value for part, value in _parted(birthday).items()},
            "salesman_id": _number(typed["salesman_id"]),
            "referred_by_id": _number(typed["referred_by_id"]),
            "worth": _number(typed["worth"]),
            "tags": (typed["tags"] or "").replace("،", ",").replace(";", ",").replace("؛", ",").split(","),
            "days": [*own, *firm],
        }

    def open_parts(self) -> set[str]:
        """The parts in which something is to be mended."""
        return {part for part, names in PARTS.items() if any(self[name].errors for name in names)}

    def seen_version(self) -> int:
        """The version that was on the screen when the change was written; 0 is never the right one."""
        return _number(self.version.data) or 0

    @classmethod
    def of(cls, customer: Customer) -> "CustomerForm":
        """The form filled with a customer; in a POST what was typed wins."""
        shown = {name: getattr(customer, name) for name in customer.__mapper__.columns.keys()}  # noqa: SIM118 -- not a dict
        founded = next((one for one in customer.days if one.kind == BIRTHDAY_OF_FIRM), None)
        return cls(
            data={
                **shown,
                **{name: shown[name] or "" for name in EMPTY_IS_NONE},
                "salesman_id": str(customer.salesman_id or ""),
                "referred_by_id": str(customer.referred_by_id or ""),
                "worth": str(customer.worth or ""),
                "birthday": customer.birthday,
                "firm_birthday": founded and founded.when,
                "phones": [
                    {"number": phones.shown(one.number), "label": one.label, "on_whatsapp": one.on_whatsapp}
                    for one in customer.phones
                ],
                "people": [
                    {
                        "name": one.name,
                        "role": one.role,
                        "note": one.note,
                        "number": phones.shown(one.number) if one.number else "",
                    }
                    for one in customer.people
                ],
                "days": [{"what": one.what, "day": one.when} for one in customer.days if one is not founded],
                "tags": ", ".join(one.tag for one in customer.tags),
            }
        )


def _parted(day: Any) -> dict[str, int | None]:
    """A day as columns."""
    return {part: getattr(day, part) if day else None for part in ("year", "month", "day")}


def _number(text: Any) -> int | None:
    """The number of a row that a hidden field or a choice sends back."""
    said = str(text or "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None


class FactForm(Form):
    """Something learned about a customer, from where, when, and what it may be used for (D2, D4)."""

    text = AreaField(
        lazy_gettext("What did you learn?"), longest=1000, required=lazy_gettext("Please write what you learned.")
    )
    source = SelectField(lazy_gettext("From where do we know it?"), default="told")
    learned_on = DayField(lazy_gettext("Since when?"))
    may_use = TickField(lazy_gettext("It may stand on a card or in an offer"), default=True)
    do_not_mention = TickField(lazy_gettext("Please do not mention it"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = self.source.object_data
        choices = [("", _("Not written down")), *((one, SOURCE_WORDS[one]) for one in SOURCES)]
        if known and known not in SOURCE_WORDS:
            choices.append((known, known))
        self.source.choices = choices


class AnswerForm(Form):
    """The answer to one question about what we do not know yet: a form with the one field that was asked."""

    def answer(self, question: str) -> dict[str, Any] | None:
        """The answer as columns of the customer; None while nothing was written, which is said beside the field."""
        said = self[question].data
        if not said:
            if not self[question].errors:
                self[question].errors = [_("Please write the answer first.")]
            return None
        if question == "birthday":
            return {f"birth_{part}": value for part, value in _parted(said).items()}
        if question == "people":
            return {"people": [{"name": said, "role": _("Purchase")}]}
        return {question: [said] if question == "phones" else said}


_ASKED = {
    "phones": TextField(longest=200),
    "address_form": TextField(longest=60),
    "people": TextField(longest=200),
    "place": TextField(),
    "message_language": SelectField(choices=MESSAGE_LANGUAGES),
    "trade": TextField(),
    "channel": SelectField(choices=CHANNELS),
    "hours": TextField(),
    "size": SelectField(choices=SIZES),
    "birthday": PartialDayField(),
    "locality": TextField(),
}
ANSWERS = {question: type(f"{question}_answer", (AnswerForm,), {question: field}) for question, field in _ASKED.items()}
