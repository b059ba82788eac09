"""The words of one card, as the salesman writes them."""

from typing import Any

from loyalapp import sdk

from . import looks, ours
from .occasions import ALL, option
from .service import LONGEST, SHAPES, Draft

lazy = sdk.texts("greetings").lazy
_ = sdk.texts("greetings").gettext


class GiveForm(sdk.Form):
    """Where the contact rules advised against it, a greeting is written down with its reason."""

    in_spite = sdk.TextField(lazy("Why did you greet them all the same?"), longest=200)


class PictureForm(sdk.Form):
    """Only its token: the picture comes beside it."""


class LetterForm(sdk.Form):
    """A card by e-mail: to whom, and the reason where the contact rules advised against it."""

    address = sdk.TextField(lazy("Their e-mail address"), longest=254)
    in_spite = sdk.TextField(lazy("Why did you greet them all the same?"), longest=200)


class AccountForm(sdk.Form):
    """The firm's account for e-mail; what is typed is checked by the service."""

    address = sdk.TextField(lazy("Your e-mail address"), longest=254)
    name = sdk.TextField(lazy("The name people see"), longest=80)
    host = sdk.TextField(lazy("Mail server"), longest=253)
    port = sdk.TextField(lazy("Port"), longest=5)
    security = sdk.SelectField(lazy("Security"))
    user = sdk.TextField(lazy("User name"), longest=254)
    password = sdk.SecretField(lazy("Password"))

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.security.choices = [
            ("starttls", _("The usual way: %(word)s, port %(port)s", word=_called("STARTTLS"), port=587)),
            ("ssl", _("Secured from the start: %(word)s, port %(port)s", word=_called("SSL"), port=465)),
            ("none", _("None: only for a server in your own house")),
        ]


def _called(word: str) -> str:
    """A word of mail providers, as it stands in their instructions."""
    return str(sdk.isolate_text(word))


class CardForm(sdk.Form):
    """A card for one person. What is hidden was chosen by button; what is typed is checked by the service."""

    occasion = sdk.SelectField(lazy("Occasion"))
    language = sdk.SelectField(lazy("Language of the card"))
    design = sdk.HiddenField()
    shape = sdk.HiddenField()
    tone = sdk.HiddenField()
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
        self._offer_occasion(self.occasion.data or "")
        self.language.choices = [(key, languages[key]) for key in sdk.MESSAGE_LANGUAGES]

    def _offer_occasion(self, chosen: str) -> None:
        """The occasions we greet on, and the one of this card where it is another."""
        keys = list(ALL)
        keys += [chosen] if chosen in ALL and chosen not in keys else []
        self.occasion.choices = [(key, option(key)) for key in keys]

    def show(self, shown: Draft) -> None:
        """Fill the fields from a draft, also after something was typed."""
        self._offer_occasion(shown.occasion)
        for field in self:
            if field.name in shown._fields:
                field.data = str(getattr(shown, field.name))
                field.raw_data = None

    def drafted(self) -> Draft:
        """What stands in the fields."""
        typed: dict[str, Any] = {key: value or "" for key, value in self.typed().items()}
        years = typed["years"]
        typed["years"] = int(years) if years.isdecimal() and len(years) < 4 else 0
        typed["occasion"] = typed["occasion"] if typed["occasion"] in ALL else "other"
        typed["language"] = typed["language"] if typed["language"] in sdk.MESSAGE_LANGUAGES else "en"
        typed["shape"] = typed["shape"] if typed["shape"] in SHAPES else SHAPES[0]
        typed["design"] = typed["design"] if looks.is_known(typed["design"]) else ours.DESIGNS[0]
        return Draft(**typed)
