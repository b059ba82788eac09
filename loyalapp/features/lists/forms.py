"""Whom the list shall show, what is done with many, and in which form the list is written to a file."""

from typing import Any

from loyalapp.core.i18n import _, lazy_gettext
from loyalapp.features.customers.words import KINDS, SIZE_WORDS, STAGE_WORDS, named
from loyalapp.features.lists.filters import NEWEST, NOBODY, Filters
from loyalapp.web.forms import Form, RadioField, SelectField, TextField

FORMATS = [
    ("xlsx", lazy_gettext("For Excel and other spreadsheets (xlsx)")),
    ("csv", lazy_gettext("For any program that takes lists (csv)")),
    ("vcf", lazy_gettext("For the phone book of a phone (vcf)")),
]
ANY = ("", lazy_gettext("All"))


class FilterForm(Form):
    """Whom the list shall show; every field that stays empty leaves nobody out."""

    q = TextField(lazy_gettext("Name, number or place"), longest=200, id="find")  # "q" is the box of every page
    stage = SelectField(lazy_gettext("Prospects, customers or former ones"), choices=[])
    tag = TextField(lazy_gettext("Tag"), longest=60)
    place = TextField(lazy_gettext("Place"), longest=200)
    trade = TextField(lazy_gettext("Trade"), longest=200)
    salesman = SelectField(lazy_gettext("Who looks after them"), choices=[])
    kind = SelectField(lazy_gettext("Person or firm"), choices=[])
    size = SelectField(lazy_gettext("How large"), choices=[])
    sort = SelectField(lazy_gettext("Order"), choices=[])

    class Meta(Form.Meta):
        """Choosing changes nothing, so that the address alone says it."""

        csrf = False

    @classmethod
    def of(cls, filters: Filters, members: list[tuple[int, str]]) -> "FilterForm":
        """The form with what is chosen now.

        :param members: id and name of those who work here.
        """
        form = cls(formdata=None, data=filters.words())
        form.stage.choices = [("", _("All of ours")), *STAGE_WORDS.items()]
        form.salesman.choices = [ANY, (NOBODY, _("Nobody yet")), *named(members)]
        form.kind.choices, form.size.choices = [ANY, *KINDS], [ANY, *_named(SIZE_WORDS)]
        form.sort.choices = [("", _("By name")), (NEWEST, _("The newest first"))]
        return form


def _named(words: dict[str, Any]) -> list[tuple[str, Any]]:
    return [one for one in words.items() if one[0]]


class ManyForm(Form):
    """What is done with all who are ticked."""

    new_tag = TextField(lazy_gettext("Tag"), longest=60)
    new_salesman = SelectField(lazy_gettext("Who shall look after them?"), choices=[], validate_choice=False)


class SaveForm(Form):
    """A name for the list."""

    name = TextField(lazy_gettext("What shall this list be called?"), longest=60)


class FileForm(Form):
    """Which kind of file."""

    form = RadioField(lazy_gettext("What is the file for?"), choices=FORMATS, default="xlsx")


def chosen_words(filters: Filters, members: dict[int, str]) -> list[tuple[str, str]]:
    """What is chosen, as pairs of the field's name and what stands in it, in the reader's words."""
    labels: dict[str, dict[str, Any]] = {
        "stage": STAGE_WORDS,
        "kind": dict(KINDS),
        "size": SIZE_WORDS,
        "sort": {NEWEST: _("The newest first")},
        "salesman": {NOBODY: _("Nobody looks after them"), **{str(one): name for one, name in members.items()}},
    }
    return [(name, str(labels.get(name, {}).get(value, value))) for name, value in filters.words().items()]
