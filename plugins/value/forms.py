"""The two questions with their answers, and an extra that was given."""

from typing import Any

from loyalapp import sdk

from .service import LONGEST
from .words import EXTRAS, extra_sort

_ = sdk.texts("value").gettext
lazy = sdk.texts("value").lazy


class VoiceForm(sdk.Form):
    """What they said, in their own words. The labels are the questions, filled in by the page."""

    likes = sdk.AreaField(longest=LONGEST)
    stays = sdk.AreaField(longest=LONGEST)
    may_name = sdk.ChoiceField(lazy("May we name them with these words?"), validate_choice=False)
    said_on = sdk.DayField(lazy("When did they say it?"))

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.may_name.choices = [("no", _("Not asked, or no")), ("yes", _("Yes, they said so"))]


class ExtraForm(sdk.Form):
    """Something beyond the goods that was really given."""

    extra = sdk.ChoiceField(lazy("What sort of extra was it?"), validate_choice=False)
    words = sdk.AreaField(lazy("What was done for them?"), longest=LONGEST)
    said_on = sdk.DayField(lazy("On which day?"))

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.extra.choices = [(key, extra_sort(key)) for key in EXTRAS]
