"""The words of one card, as the salesman writes them."""

from typing import Any

from loyalapp import sdk

from . import looks
from .occasions import ALL, DESIGNS, name
from .service import LONGEST, Draft

lazy = sdk.texts("greetings").lazy


class GiveForm(sdk.Form):
    """Where the contact rules advised against it, a greeting is written down with its reason."""

    in_spite = sdk.TextField(lazy("Why did you greet them all the same?"), longest=200)


class CardForm(sdk.Form):
    """A card for one person. What is hidden was chosen by button; what is typed is checked by the service."""

    occasion = sdk.SelectField(lazy("Occasion"))
    language = sdk.SelectField(lazy("Language of the card"))
    design = sdk.HiddenField()
    years = sdk.HiddenField()
    since = sdk.HiddenField()
    greet = sdk.TextField(lazy("Large words"), longest=LONGEST["greet"])
    address = sdk.TextField(lazy("Form of address"), longest=LONGEST["address"])
    wish = sdk.AreaField(lazy("Wish"), longest=LONGEST["wish"])
    own_line = sdk.AreaField(lazy("One line only this person would get"), longest=LONGEST["own_line"])
    sender = sdk.TextField(lazy("Your name"), longest=LONGEST["sender"])
    place = sdk.TextField(lazy("Firm and place"), longest=LONGEST["place"])

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        languages = sdk.message_language_names()
        self.occasion.choices = [(key, name(key)) for key in ALL]
        self.language.choices = [(key, languages[key]) for key in sdk.MESSAGE_LANGUAGES]

    def show(self, shown: Draft) -> None:
        """Fill the fields from a draft, also after something was typed."""
        for field in self:
            if field.name in shown._fields:
                field.data = str(getattr(shown, field.name))
                field.raw_data = None

    def drafted(self) -> Draft:
        """What stands in the fields."""
        typed = {key: value or "" for key, value in self.typed().items()}
        years = typed["years"]
        typed["years"] = int(years) if years.isdecimal() and len(years) < 4 else 0
        typed["occasion"] = typed["occasion"] if typed["occasion"] in ALL else "other"
        typed["language"] = typed["language"] if typed["language"] in sdk.MESSAGE_LANGUAGES else "en"
        typed["design"] = typed["design"] if looks.is_known(typed["design"]) else DESIGNS[0]
        return Draft(**typed)
