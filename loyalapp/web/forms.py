"""Forms: WTForms with our words, and fields that take what people really type."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode

import wtforms
from flask import current_app, render_template, request
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import TextInput

from loyalapp.core import money
from loyalapp.core.clock import today
from loyalapp.core.days import PartialDay, parse_day, parse_time
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import gettext
from loyalapp.core.soon import YEARS_AHEAD, soon
from loyalapp.core.textkeys import plain, to_ascii
from loyalapp.web.rows import FORM_WORDS, FormWords, NotTooLong, Row, RowsField

T = TypeVar("T")
LONGEST_TEXT = 20_000

__all__ = [
    "AreaField",
    "ChoiceField",
    "DayField",
    "Form",
    "HiddenField",
    "InputRequired",
    "MoneyField",
    "NumberField",
    "Optional",
    "PartialDayField",
    "PinField",
    "RadioField",
    "Row",
    "RowsField",
    "SelectField",
    "SoonField",
    "TextField",
    "TickField",
    "TimeField",
]


class Form(FlaskForm):
    """A form that keeps what was typed and says in one sentence what to mend."""

    class Meta(FlaskForm.Meta):
        """Our words instead of WTForms' own."""

        def get_translations(self, form: Any) -> FormWords:  # noqa: ARG002 -- WTForms calls it so
            """Words for the messages of validators."""
            return FORM_WORDS

    def attempt(self, verb: Callable[..., T], *args: Any, **values: Any) -> T | None:
        """Call a service; a mistake the user can mend is written beside its field instead of being raised."""
        try:
            return verb(*args, **values)
        except LoyalAppError as error:
            db.session.rollback()
            self.complain(error)
            return None

    def complain(self, error: LoyalAppError) -> None:
        """Write the sentence beside its field, or at the head of the form."""
        place = self._place(error.field or "")
        if place is None:
            self.form_errors.append(str(error))
            return
        place.errors = [*place.errors, str(error)]
        lines = self._fields[(error.field or "").partition("-")[0]]
        if lines is not place:
            lines.errors = [line.errors for line in lines]

    def _place(self, name: str) -> Any:
        """The field of this name, also one in a line of a list: `people-1-name`."""
        whole, _dash, rest = name.partition("-")
        number, _dash, inner = rest.partition("-")
        found = self._fields.get(whole)
        if not rest or not isinstance(found, RowsField):
            return found
        lines = found.entries
        return lines[int(number)].form._fields.get(inner) if number.isdecimal() and int(number) < len(lines) else None

    def wants_more(self) -> bool:
        """Whether the button for another line was pressed; the line is then there, and what was typed too."""
        wanted = self._fields.get(request.form.get("more", ""))
        if not isinstance(wanted, RowsField):
            return False
        wanted.add_spare()
        return True

    def lengthen(self) -> None:
        """As many lines in each list as the address says, so that a page with more lines can be opened again."""
        for name, field in self._fields.items():
            if isinstance(field, RowsField):
                field.lengthen(request.args.get(name, 0, int))

    def longer(self, wanted: str) -> str:
        """The address of the page with more lines in one of its lists."""
        lists = {name: field for name, field in self._fields.items() if isinstance(field, RowsField)}
        counts = {name: len(field) + field.spare * (name == wanted) for name, field in lists.items()}
        return f"?{urlencode(counts)}"

    def page(self, template: str, **values: Any) -> tuple[str, int]:
        """The page with this form; status 422 while there is something to mend."""
        return render_template(template, form=self, **values), 422 if self.errors else 200

    def typed(self) -> dict[str, Any]:
        """The values by field, without the token."""
        return {name: value for name, value in self.data.items() if name != "csrf_token"}


def _clean(value: str | None, *, keep_lines: bool = False) -> str:
    return plain(value, keep_lines=keep_lines) if value else ""


def _latin(value: str | None) -> str:
    return to_ascii(value).strip() if value else ""


def _needed(required: Any) -> Any:
    """Whether something has to be written: no, yes (True), or yes with a sentence of its own."""
    return InputRequired(None if required is True else required) if required else Optional()


class _Written(Field):
    """What both kinds of text share. `tongue`: the language that is written here, where it is always the same."""

    longest, clean = 300, staticmethod(_clean)

    def __init__(
        self, label: Any = "", *, required: Any = None, longest: int | None = None, tongue: str = "", **options: Any
    ) -> None:
        validators = [_needed(required), NotTooLong(longest or self.longest)]
        if tongue:
            options["render_kw"] = {"lang": tongue}
        super().__init__(label, validators, filters=[self.clean], **options)


class TextField(_Written, StringField):
    """One line of text; what is invisible or harmful is taken out."""


class PinField(wtforms.PasswordField):
    """Figures that nobody beside the screen can read; they are never shown again."""


class AreaField(_Written, TextAreaField):
    """Free text that grows as one writes."""

    longest, clean = LONGEST_TEXT, partial(_clean, keep_lines=True)


def _choices(pairs: Any) -> list[SelectChoice] | None:
    """Of pairs, or what answers them: value and label; a third part are attributes, as the language of a name."""
    return None if pairs is None else [SelectChoice(*parts) for parts in (pairs() if callable(pairs) else pairs)]


class TickField(wtforms.BooleanField):
    """Something that is so or not."""


class SelectField(wtforms.SelectField):
    """One of several, folded up; choices are pairs of value and label."""

    def __init__(self, label: Any = "", validators: Any = None, *, choices: Any = None, **options: Any) -> None:
        super().__init__(label, validators, choices=_choices(choices), **options)

    @property
    def choices(self) -> Any:
        return super().choices

    @choices.setter
    def choices(self, pairs: Any) -> None:
        self._choices, self._choices_stale = _choices(pairs), False


class RadioField(SelectField, wtforms.RadioField):
    """One of several, all in sight; choices are pairs of value and label."""

    widget = wtforms.RadioField.widget


class ChoiceField(RadioField):
    """A few large tiles, one of which is chosen."""


class TypedField(Field):
    """A field whose text is read by a rule; a text that cannot be read stays as it was typed."""

    widget = TextInput()

    def __init__(self, label: Any = "", *, required: Any = None, **options: Any) -> None:
        self.required = required
        self.raw = ""
        super().__init__(label, [_needed(required)], **options)

    def _value(self) -> str:
        return self.raw or (self.show(self.data) if self.data is not None else "")

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw = valuelist[0].strip() if valuelist else ""
        self.data = self.read(_latin(self.raw)) if self.raw else None

    def show(self, value: Any) -> str:
        """A value as it is offered for changing."""
        return str(value)

    def read(self, text: str) -> Any:
        """The value of a text in ASCII digits; raises ValueError with a sentence."""
        return text


class NumberField(TypedField):
    """A whole number in any digits; a box that a browser calls a number takes only its own."""

    def __init__(self, label: Any = "", *, least: int, most: int, complaint: Any, **options: Any) -> None:
        self.least, self.most, self.complaint = least, most, complaint
        super().__init__(label, **options)

    def read(self, text: str) -> int:
        number = int(text) if text.isdecimal() and len(text) < 10 else None
        if number is None or not self.least <= number <= self.most:
            raise ValueError(str(self.complaint))
        return number


class PartialDayField(TypedField):
    """A day with or without its year, in any order and any digits (birthdays)."""

    def show(self, value: PartialDay) -> str:
        day = f"{value.day:02d}/{value.month:02d}"
        return f"{day}/{value.year}" if value.year else day

    def read(self, text: str) -> PartialDay:
        try:
            return parse_day(text)
        except ValueError as error:
            raise ValueError(gettext("Please write the day like 25/12/1990 or 25 December.")) from error


class DayField(TypedField):
    """A whole date, also one that is still to come."""

    def show(self, value: date) -> str:
        return value.strftime("%d/%m/%Y")

    def read(self, text: str) -> date:
        try:
            found = parse_day(text, latest_year=today().year + YEARS_AHEAD)
            return date(found.year or 0, found.month, found.day)
        except ValueError as error:
            raise ValueError(gettext("Please write the day like 25/12/2026.")) from error


class TimeField(TypedField):
    """A time of day; the value is a text such as "09:30", which sorts as it is, "" for none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = self.data or ""

    def read(self, text: str) -> str:
        try:
            return parse_time(text)
        except ValueError as error:
            raise ValueError(gettext("Please write the time like 9:00 or 21:30.")) from error


class SoonField(DayField):
    """A day to come by a short word: "tomorrow", "3", "fri", "کل", or a whole date."""

    def read(self, text: str) -> date:
        try:
            return soon(text, today())
        except ValueError as error:
            like = gettext("Please write the day like “tomorrow”, “3” for in three days, or 25/12.")
            raise ValueError(like) from error


class MoneyField(TypedField):
    """An amount in the firm's currency; the value is whole minor units."""

    def show(self, value: int) -> str:
        amount = money.Money(value, current_app.config["FIRM"].currency).major
        return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:f}"

    def read(self, text: str) -> int:
        try:
            return money.parse(text, current_app.config["FIRM"].currency)
        except ValueError as error:
            raise ValueError(gettext("Please write the amount in figures, like 12,500.")) from error
