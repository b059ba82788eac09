"""Lists inside a form, line by line, and the words that every form speaks."""

from collections.abc import Iterator
from typing import Any

import wtforms
from flask import current_app
from wtforms.utils import unset_value
from wtforms.validators import Length

from loyalapp.core.i18n import lazy_gettext

# The sentence of WTForms (of a plural the first form), and ours; WTForms puts its values into ours.
OURS = {
    "Not a valid choice.": lazy_gettext("Please choose one of the list."),
    "Invalid Choice: could not coerce.": lazy_gettext("Please choose one of the list."),
    "Not a valid integer value.": lazy_gettext("Please write a whole number, like 12."),
    "This field is required.": lazy_gettext("Please fill this in too."),
    "Number must be between %(min)s and %(max)s.": lazy_gettext("Please write a number from %(min)s to %(max)s."),
    "Field cannot be longer than %(max)d character.": lazy_gettext(
        "This is very long. Please shorten it to %(most)s letters.", most="%(max)d"
    ),
}


class FormWords:
    """WTForms' own messages in our languages: it formats later than Flask-Babel, so the words go in unformatted."""

    def gettext(self, text: str) -> str:
        """One message: in our own words, or as its language has it."""
        if text in OURS:
            return str(OURS[text])
        return current_app.extensions["babel"].instance.domain_instance.get_translations().ugettext(text)

    def ngettext(self, one: str, many: str, num: int) -> str:
        """A message with a plural."""
        if one in OURS:
            return str(OURS[one])
        return current_app.extensions["babel"].instance.domain_instance.get_translations().ungettext(one, many, num)


FORM_WORDS = FormWords()


class NotTooLong(Length):
    """Says that a text is too long; a browser that knew the limit would silently cut off what is pasted."""

    def __init__(self, most: int) -> None:
        super().__init__(max=most)
        self.field_flags = {}


MOST = 100


class Row(wtforms.Form):
    """One line of a list inside a form."""

    class Meta(wtforms.Form.Meta):
        """Our words instead of WTForms' own."""

        def get_translations(self, form: Any) -> FormWords:  # noqa: ARG002 -- WTForms calls it so
            """Words for the messages of validators."""
            return FORM_WORDS


class RowsField(wtforms.FieldList):
    """Several lines of the same fields; `spare` empty ones at the end wait to be filled in. Works without script.

    A button of the name `more` with the field's name as value asks for another line, see `Form.wants_more`.
    """

    def __init__(self, label: Any, row: type[Row], *, spare: int = 1, **options: Any) -> None:
        self.spare = spare
        super().__init__(wtforms.FormField(row), label, **options)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(formdata, data, extra_filters)
        if not formdata or not self.entries:
            self.add_spare()

    def add_spare(self) -> None:
        """Some more empty lines."""
        for _number in range(self.spare):
            self.append_entry()

    def lengthen(self, count: int) -> None:
        """Empty lines at the end, so that there are as many."""
        for _number in range(len(self.entries), min(count, MOST)):
            self.append_entry()

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").partition("-")[0]
            if name.startswith(f"{prefix}-") and number.isascii() and number.isdecimal() and len(number) < 5:
                yield int(number)
