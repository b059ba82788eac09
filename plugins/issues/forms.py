"""A problem in seconds: what is wrong, which thing, can they work, and perhaps a promise; and what comes afterwards."""

from typing import Any

from loyalapp import sdk

from . import path
from .recording import LONGEST

lazy = sdk.texts("issues").lazy


class ProblemForm(sdk.Form):
    """Four short things while the customer is on the phone. What is tapped is checked by the service."""

    what = sdk.AreaField(lazy("What is wrong?"), longest=LONGEST["what"])
    thing = sdk.TextField(lazy("Which thing?"), longest=20)
    item = sdk.TextField(lazy("Something else"), longest=LONGEST["item"])
    urgency = sdk.TextField(lazy("Can they work?"), longest=20)
    kind = sdk.TextField(lazy("Kind of problem"), longest=20)
    promised = sdk.TextField(lazy("What did you promise?"), longest=LONGEST["promised"])
    promised_for = sdk.DayField(lazy("By which day?"))


class UnknownForm(ProblemForm):
    """The same for somebody we do not know yet."""

    number = sdk.TextField(lazy("The number that is calling"), longest=60)
    name = sdk.TextField(lazy("Name, if they said it"), longest=LONGEST["name"])


class ChangeForm(sdk.Form):
    """What was written down, and who is responsible."""

    what = sdk.AreaField(lazy("What is wrong?"), longest=LONGEST["what"])
    thing = sdk.SelectField(lazy("Which thing?"), choices=[])
    item = sdk.TextField(lazy("What is the thing called?"), longest=LONGEST["item"])
    urgency = sdk.ChoiceField(lazy("Can they work?"), choices=[])
    whose = sdk.SelectField(lazy("Who is responsible?"), choices=[])
    version = sdk.HiddenField()


class NextStepForm(sdk.Form):
    """On which day the next step is."""

    next_step_on = sdk.DayField(lazy("The next step is on"), required=lazy("Please write a day."))


class PromiseForm(sdk.Form):
    """What was promised meanwhile."""

    promised = sdk.TextField(lazy("What did you promise?"), longest=LONGEST["promised"])
    promised_for = sdk.DayField(lazy("By which day?"), required=lazy("Please write a day."))


class MinutesForm(sdk.Form):
    """How long it took us."""

    minutes = sdk.NumberField(
        lazy("How many minutes did it take us?"),
        least=0,
        most=24 * 60,
        complaint=lazy("Please write the minutes as a number, like 30."),
    )


class ReferralForm(sdk.Form):
    """Whom they named; both may be left out, where they named nobody."""

    name = sdk.TextField(lazy("Whom did they name?"), longest=LONGEST["name"])
    number = sdk.TextField(lazy("Number"), longest=60)


def _number(label: Any) -> sdk.NumberField:
    complaint = lazy("Please write a number from 0 to 50.")
    return sdk.NumberField(label, least=0, most=path.MOST, complaint=complaint, required=complaint)


class RuleForm(sdk.Form):
    """How much each part of the way weighs, and where easy and so-so end."""

    again = _number(lazy("Each time they had to contact us again"))
    explained = _number(lazy("Each time they had to explain it all again"))
    reopened = _number(lazy("Each time it was not solved after all"))
    broken = _number(lazy("Each promise we did not keep"))
    moved = _number(lazy("Each time we moved a promise to another day"))
    handed_on = _number(lazy("Each time it was handed on"))
    days = _number(lazy("Each working day they waited"))
    easy = _number(lazy("It looks easy up to so many points"))
    so_so = _number(lazy("It looks so-so up to so many points"))
