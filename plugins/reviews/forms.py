"""What is typed at the end of a review, when a talk is agreed on, and in the firm's own questions and tips."""

from typing import Any

from loyalapp import sdk

from . import levels, talks, words
from .ending import CHANNELS, KINDS, LONGEST_ANSWER

_ = sdk.texts("reviews").gettext
lazy = sdk.texts("reviews").lazy


class HoldForm(sdk.Form):
    """The end of a review: how they are, what was promised, what we recommend; the service checks what is missing."""

    mood = sdk.ChoiceField(lazy("How are they with us?"), validate_choice=False)
    channel = sdk.ChoiceField(lazy("How did you talk?"), validate_choice=False)
    kind = sdk.ChoiceField(lazy("What is it?"), validate_choice=False)
    recommendation = sdk.AreaField(lazy("What do you recommend to them?"), longest=LONGEST_ANSWER)
    reason = sdk.TextField(lazy("Why this?"), longest=500)
    in_spite = sdk.TextField(lazy("Why did you talk to them all the same?"), longest=200)
    held_on = sdk.DayField(lazy("On which day did you talk?"))
    promised = sdk.TextField(lazy("Did you promise something?"))
    promised_for = sdk.DayField(lazy("By which day?"))
    still = sdk.ChoiceField(lazy("Is your view of them still right?"), validate_choice=False)

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.still.choices = [("yes", _("Yes, still")), ("no", _("No, the rule is right"))]
        self.mood.choices = [(key, words.mood(key)) for key in levels.MOODS]
        self.channel.choices = [(key, words.channel(key)) for key in CHANNELS]
        self.kind.choices = [(key, words.kind(key)) for key in KINDS]


class AgreeForm(sdk.Form):
    """They said when: the day, the hour, and how we talk then."""

    day = sdk.DayField(lazy("On which day do we talk?"))
    hour = sdk.TimeField(lazy("At what time?"))
    channel = sdk.ChoiceField(lazy("How will you talk?"), validate_choice=False)
    note = sdk.TextField(lazy("What should be kept in mind for it?"), longest=talks.LONGEST_NOTE)
    in_spite = sdk.TextField(lazy("Why did you talk to them all the same?"), longest=200)

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.channel.choices = [(key, words.channel(key)) for key in talks.CHANNELS]


class LaterForm(sdk.Form):
    """Not now: when to ask again."""

    again_on = sdk.DayField(lazy("On which day shall we ask again?"))
    note = sdk.TextField(lazy("What did they say?"), longest=talks.LONGEST_NOTE, id="later-note")
    in_spite = sdk.TextField(lazy("Why did you talk to them all the same?"), longest=200, id="later-in-spite")


class OutcomeForm(sdk.Form):
    """What became of a recommendation."""

    outcome = sdk.ChoiceField(lazy("Did they take it up?"), validate_choice=False)
    note = sdk.AreaField(lazy("What do they say about it?"), longest=1000)

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.outcome.choices = [("taken", _("Yes")), ("later", _("Later")), ("not_taken", _("No"))]


class QuestionForm(sdk.Form):
    """A question of the firm's own, in as many languages as it likes."""

    version = sdk.HiddenField(default="0")
    area = sdk.ChoiceField(lazy("What is it about?"), validate_choice=False)
    words_ur = sdk.TextField(lazy("The question in Urdu"), tongue="ur")
    words_hi = sdk.TextField(lazy("The question in Hindi"), tongue="hi")
    words_en = sdk.TextField(lazy("The question in English"), tongue="en")
    words_ur_latn = sdk.TextField(lazy("The question in Urdu, in English letters"), tongue="ur-Latn")
    words_hi_latn = sdk.TextField(lazy("The question in Hindi, in English letters"), tongue="hi-Latn")
    direct = sdk.TextField(lazy("How should it not be asked?"))
    product_group = sdk.SelectField(lazy("Only of those who bought"), validate_choice=False)
    trade = sdk.TextField(lazy("Only of those with this trade"), longest=100)

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.area.choices = [(key, words.area(key)) for key in ("us", "needs", "others")]
        self.product_group.choices = groups()


class TipForm(sdk.Form):
    """A tip of the firm's own, in as many languages as it likes."""

    version = sdk.HiddenField(default="0")
    words_ur = sdk.AreaField(lazy("The tip in Urdu"), longest=300, tongue="ur")
    words_hi = sdk.AreaField(lazy("The tip in Hindi"), longest=300, tongue="hi")
    words_en = sdk.AreaField(lazy("The tip in English"), longest=300, tongue="en")
    words_ur_latn = sdk.AreaField(lazy("The tip in Urdu, in English letters"), longest=300, tongue="ur-Latn")
    words_hi_latn = sdk.AreaField(lazy("The tip in Hindi, in English letters"), longest=300, tongue="hi-Latn")
    product_group = sdk.SelectField(lazy("For those who bought"), validate_choice=False)

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.product_group.choices = groups()


def groups() -> list[tuple[str, str]]:
    """Everybody, and the groups of what we sell."""
    return [("", _("Everybody")), *((one, sdk.isolate_text(one)) for one in sdk.catalogue.groups() if one)]


def spoken_fields(form: Any) -> dict[str, str]:
    """The words of a form by message language."""
    return {one: getattr(form, field_of(one)).data or "" for one in sdk.MESSAGE_LANGUAGES}


def field_of(language: str) -> str:
    """The field in which a form has the words of a language."""
    return f"words_{language.lower().replace('-', '_')}"
