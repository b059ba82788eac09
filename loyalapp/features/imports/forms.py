"""Forms of imports: choosing a file or pasting cells, and settling what a list means."""

from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField
from wtforms import TextAreaField

from loyalapp.core.i18n import lazy_gettext
from loyalapp.features.imports import plain_text, reading
from loyalapp.features.imports.choices import APART, JOIN, NO, YES, Choices
from loyalapp.features.imports.columns import DATED, MEANINGS
from loyalapp.features.imports.reading import SourceList
from loyalapp.features.imports.sentences import LABELS
from loyalapp.web.forms import ChoiceField, Form, SelectField

ENCODING_NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1256": "Windows-1256 (عربی، اردو)",
    "cp1252": "Windows-1252 (English)",
}
ORDERS = [("dmy", lazy_gettext("Day first, like 25/12")), ("mdy", lazy_gettext("Month first, like 12/25"))]


class FileForm(Form):
    """One file, or cells copied out of a spreadsheet (as they are: a tab parts two of them)."""

    file = FileField(lazy_gettext("Choose a file"))
    pasted = TextAreaField(lazy_gettext("Or paste rows copied from a spreadsheet"))


class ColumnsForm(Form):
    """How the whole list is to be read; the meaning of each column is asked beside it."""

    kind = SelectField(
        lazy_gettext("What is this list?"),
        choices=[("contacts", lazy_gettext("People and firms")), ("sales", lazy_gettext("Sales"))],
    )
    stage = SelectField(
        lazy_gettext("Who are they?"),
        choices=[
            ("customer", lazy_gettext("Our customers")),
            ("prospect", lazy_gettext("Not customers yet")),
            ("unsorted", lazy_gettext("Mixed, like a phone book: I sort them afterwards")),
        ],
    )
    order = SelectField(lazy_gettext("How are days written?"), choices=ORDERS)
    region = SelectField(
        lazy_gettext("Where are numbers without a country code from?"),
        choices=[("PK", lazy_gettext("Pakistan")), ("IN", lazy_gettext("India"))],
    )
    same_name = SelectField(
        lazy_gettext("A buyer has a name you know, but another number. Who is it?"),
        choices=[
            (APART, lazy_gettext("Somebody else: add a new customer")),
            (JOIN, lazy_gettext("The same person: add the number")),
        ],
    )
    sheet = SelectField(lazy_gettext("Which sheet?"), validate_choice=False)
    encoding = SelectField(
        lazy_gettext("Can you read the examples above? If not, please try another:"), validate_choice=False
    )

    @classmethod
    def of(cls, source: SourceList, choices: Choices, typed: Mapping[str, Any]) -> "ColumnsForm":
        """The form with what is chosen now; questions that make no sense for this list are left out.

        :param typed: what the user has just chosen, where the page had to be shown once more.
        """
        form = cls(formdata=None)
        chosen = {name: getattr(choices, name) for name in ("kind", "stage", "order", "region", "same_name")}
        found = source.shape.encoding if source.shape else ""
        form.sheet.choices = [(str(index), name) for index, name in enumerate(source.sheets)]
        form.encoding.choices = list(({found: found} | ENCODING_NAMES).items()) if found else []
        for name, value in {**chosen, "sheet": str(source.sheet), "encoding": found, **typed}.items():
            if name in form:
                form[name].data = value
        form._leave_out(source, choices)
        return form

    def _leave_out(self, source: SourceList, choices: Choices) -> None:
        meanings = {column.meaning for column in choices.columns}
        if len(source.sheets) < 2:
            del self.sheet
        if source.form == reading.SHEET or (source.shape and source.shape.encoding in plain_text.CERTAIN):
            del self.encoding
        if source.form == reading.CARDS:
            del self.kind
        if choices.kind != "sales":
            del self.same_name
        if not meanings & DATED or source.guess.unsure_of:  # then it is asked above
            del self.order
        if "phone" not in meanings:
            del self.region


class QuestionsForm(Form):
    """What a list does not say about itself; asked once, and remembered for lists like it."""

    old_font = ChoiceField(
        lazy_gettext("Is this Hindi, written in an old font?"),
        choices=[
            (YES, lazy_gettext("Yes, read it as Hindi")),
            (NO, lazy_gettext("No, leave it as it is")),
        ],
    )
    order = ChoiceField(lazy_gettext("How are days written in this list?"), choices=ORDERS)

    @classmethod
    def of(cls, source: SourceList, choices: Choices, typed: Mapping[str, Any]) -> "QuestionsForm":
        """The questions of this list, with the answers that were given."""
        form = cls(formdata=None)
        for name in ("old_font", "order"):
            answered = None if name in choices.questions else getattr(choices, name)
            form[name].data = typed.get(name, answered)
        if not source.old_font.columns:
            del form.old_font
        if not source.guess.unsure_of:
            del form.order
        return form


def meanings_of(kind: str) -> list[tuple[str, str]]:
    """What a column of such a list can mean, for a select."""
    return [(meaning, str(LABELS[meaning])) for meaning in MEANINGS[kind]]
