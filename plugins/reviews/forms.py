"""What is typed while a review is held, and how an account is assessed."""

from typing import Any

from loyalapp import sdk

from . import levels, words
from .service import CHANNELS, KINDS, LONGEST_ANSWER

_ = sdk.texts("reviews").gettext
lazy = sdk.texts("reviews").lazy


class HoldForm(sdk.Form):
    """One question at a time, or the recommendation at the end; the service checks what is missing."""

    version = sdk.HiddenField(default="0")
    answer = sdk.AreaField(longest=LONGEST_ANSWER)
    leaving = sdk.ChoiceField(lazy("Does it sound as if they may leave?"), validate_choice=False)
    channel = sdk.ChoiceField(lazy("How did you talk?"), validate_choice=False)
    kind = sdk.ChoiceField(lazy("What is it?"), validate_choice=False)
    recommendation = sdk.AreaField(longest=LONGEST_ANSWER)
    in_spite = sdk.TextField(lazy("Why did you talk to them all the same?"), longest=200)
    promised = sdk.TextField(lazy("Did you promise something?"))
    promised_for = sdk.DayField(lazy("By which day?"))

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        leaving = {"no": _("No"), "little": _("A little"), "yes": _("Yes")}
        self.leaving.choices = [(key, leaving[key]) for key in levels.LEAVING]
        self.channel.choices = [(key, words.channel(key)) for key in CHANNELS]
        self.kind.choices = [(key, words.kind(key)) for key in KINDS]

    @property
    def seen_version(self) -> int:
        """The version of the review that was on the page."""
        text = self.version.data or "0"
        return int(text) if text.isdecimal() and len(text) < 10 else 0


class LevelForm(sdk.Form):
    """Could they buy more, and do you see the level differently?"""

    means = sdk.ChoiceField(lazy("Could they buy more?"), validate_choice=False)
    overruled = sdk.ChoiceField(lazy("Do you see it differently?"), validate_choice=False)
    reason = sdk.AreaField(lazy("Why do you see it differently?"), longest=1000)

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.means.choices = [(key, words.means(key)) for key in levels.MEANS]
        self.overruled.choices = [("", _("The rule is right")), *((key, words.level(key)) for key in levels.LEVELS)]
