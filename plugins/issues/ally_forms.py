"""The forms about allies: who they are, what is handed to them, what they answered; and when the firm is open."""

from loyalapp import sdk

from . import allies, handing
from .models import DEPARTMENTS

_ = sdk.texts("issues").gettext
lazy = sdk.texts("issues").lazy


def department_name(department: str) -> str:
    """Where an ally works."""
    return {
        "support": _("Support"),
        "repair": _("Repair"),
        "supplier": _("Supplier"),
        "other": _("Elsewhere"),
    }.get(department, "")


class AllyForm(sdk.Form):
    """Somebody who can help; what they are good at is ticked beside."""

    name = sdk.TextField(lazy("What are they called?"), longest=allies.LONGEST["name"])
    department = sdk.ChoiceField(lazy("Where do they work?"), default=DEPARTMENTS[0])
    firm = sdk.TextField(lazy("At which firm?"), longest=allies.LONGEST["firm"])
    phone = sdk.TextField(lazy("Phone"), longest=60)
    whatsapp = sdk.TextField(lazy("WhatsApp"), longest=60)
    email = sdk.TextField(lazy("E-mail"), longest=allies.LONGEST["email"])
    language = sdk.SelectField(lazy("In which language do we write to them?"))
    note = sdk.AreaField(lazy("What is good to know"), longest=allies.LONGEST["note"])
    version = sdk.HiddenField()

    def __init__(self, *values: object, **named: object) -> None:
        super().__init__(*values, **named)
        self.department.choices = [(one, department_name(one)) for one in DEPARTMENTS]
        self.language.choices = [("", _("The language of this screen")), *sdk.message_language_names().items()]
        self.language.data = self.language.data or ""


class HandOverForm(sdk.Form):
    """To whom it goes, and what they are told besides what is known."""

    ally = sdk.TextField(lazy("Who can help?"), longest=20)
    tried = sdk.AreaField(lazy("What was tried already?"), longest=handing.LONGEST["tried"])
    note = sdk.AreaField(lazy("What do you ask of them?"), longest=handing.LONGEST["note"])
    answer_by = sdk.DayField(lazy("By which day should they answer?"))
    with_contact = sdk.TextField(lazy("They call or visit the customer"), longest=5)


class AnswerForm(sdk.Form):
    """What an ally said."""

    answer = sdk.AreaField(lazy("What did they say?"), longest=handing.LONGEST["answer"])


class NextAllyForm(sdk.Form):
    """Who goes on with it."""

    ally = sdk.SelectField(lazy("Who goes on with it?"))


class HoursForm(sdk.Form):
    """When the firm is open; days of the week and holidays are ticked beside."""

    opens = sdk.TimeField(lazy("We open at"))
    closes = sdk.TimeField(lazy("We close at"))
    own = sdk.AreaField(lazy("Days on which we are closed besides"), longest=10_000)
