"""Forms of imports: choosing a file, and settling what a list means."""

from flask_wtf.file import FileField

from loyalapp.core.i18n import lazy_gettext
from loyalapp.features.imports import plain_text, reading
from loyalapp.features.imports.choices import APART, JOIN, Choices
from loyalapp.features.imports.columns import MEANINGS
from loyalapp.features.imports.reading import SourceList
from loyalapp.features.imports.sentences import LABELS
from loyalapp.web.forms import Form, SelectField

ENCODING_NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1256": "Windows-1256 (عربی، اردو)",
    "cp1252": "Windows-1252 (English)",
}


class FileForm(Form):
    """One file."""

    file = FileField(lazy_gettext("Choose a file"))


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
            ("prospect", lazy_gettext("Not customers yet, or mixed")),
        ],
    )
    order = SelectField(
        lazy_gettext("How are days written?"),
        choices=[("dmy", lazy_gettext("Day first, like 25/12")), ("mdy", lazy_gettext("Month first, like 12/25"))],
    )
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
    def of(cls, source: SourceList, choices: Choices) -> "ColumnsForm":
        """The form with what is chosen now; questions that make no sense for this list are left out."""
        form = cls(formdata=None, kind=choices.kind, stage=choices.stage, order=choices.order, region=choices.region)
        form.same_name.data = choices.same_name
        form.sheet.choices = [(str(index), name) for index, name in enumerate(source.sheets)]
        form.sheet.data = str(source.sheet)
        found = source.shape.encoding if source.shape else ""
        form.encoding.choices = list(({found: found} | ENCODING_NAMES).items()) if found else []
        form.encoding.data = found
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
        if not meanings & {"birthday", "since", "date"}:
            del self.order
        if "phone" not in meanings:
            del self.region


def meanings_of(kind: str) -> list[tuple[str, str]]:
    """What a column of such a list can mean, for a select."""
    return [(meaning, str(LABELS[meaning])) for meaning in MEANINGS[kind]]
