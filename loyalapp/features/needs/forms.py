"""What a customer needs, and what was offered for it."""

from loyalapp.core.i18n import isolate_text, lazy_gettext
from loyalapp.features.catalogue import product_groups
from loyalapp.web.forms import AreaField, Form, RadioField, SelectField, TextField


class NeedForm(Form):
    """In the customer's own words."""

    need = AreaField(
        lazy_gettext("What do they need?"),
        longest=1000,
        required=lazy_gettext("Please write what they need, in their own words."),
        render_kw={"autofocus": True},
    )
    product_group = SelectField(lazy_gettext("Which of our things could answer it?"), validate_choice=False)

    def __init__(self, *given: object, **values: object) -> None:
        super().__init__(*given, **values)
        known = [*product_groups.names(), self.product_group.data or ""]
        groups = sorted({one for one in known if one})
        self.product_group.choices = [
            ("", lazy_gettext("We do not know yet")),
            *((one, isolate_text(one)) for one in groups),
        ]


class OfferForm(Form):
    """For which need, and what."""

    need_id = RadioField(lazy_gettext("Which need does it answer?"), validate_choice=False)
    what = TextField(lazy_gettext("What did you offer?"), required=lazy_gettext("Please write what you offered."))

    def offer(self, needs: object) -> "OfferForm":
        """The needs that can be answered, and none of them."""
        self.need_id.choices = [
            *((str(one.id), isolate_text(one.text)) for one in needs),
            ("", lazy_gettext("None yet: they did not ask for anything")),
        ]
        return self

    def chosen(self) -> int | None:
        """The need, None where there is none."""
        text = str(self.need_id.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
