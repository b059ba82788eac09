"""A problem in seconds: what is wrong, which thing, can they work, and perhaps a promise."""

from loyalapp import sdk

from .service import LONGEST

lazy = sdk.texts("issues").lazy


class ProblemForm(sdk.Form):
    """Four short things while the customer is on the phone. What is tapped is checked by the service."""

    what = sdk.AreaField(lazy("What is wrong?"), longest=LONGEST["what"])
    thing = sdk.TextField(lazy("Which thing?"), longest=20)
    item = sdk.TextField(lazy("Something else"), longest=LONGEST["item"])
    urgency = sdk.TextField(lazy("Can they work?"), longest=20)
    promised = sdk.TextField(lazy("What did you promise?"))
    promised_for = sdk.DayField(lazy("By which day?"))


class NextStepForm(sdk.Form):
    """On which day the next step is."""

    next_step_on = sdk.DayField(lazy("The next step is on"), required=lazy("Please write a day."))


class HandOnForm(sdk.Form):
    """To whom it goes; the name may be left out."""

    to = sdk.TextField(lazy("Handed on to whom?"), longest=LONGEST["to"])
