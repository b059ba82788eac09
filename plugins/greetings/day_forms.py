"""Days as they are typed."""

from loyalapp import sdk

from .own import LONGEST_NAME

lazy = sdk.texts("greetings").lazy


class OwnDayForm(sdk.Form):
    """A day of the firm's own: every year, or once where its year is written."""

    name = sdk.TextField(lazy("What day is it?"), longest=LONGEST_NAME)
    day = sdk.PartialDayField(lazy("When?"))


class ConfirmForm(sdk.Form):
    """On which day a festival is."""

    day = sdk.DayField(lazy("On which day is it?"))


class ReplyForm(sdk.Form):
    """What a customer answered to a greeting."""

    note = sdk.TextField(lazy("In their words"), longest=300)
