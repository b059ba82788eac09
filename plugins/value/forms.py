"""The two questions with their answers, an extra that was given, what others may be told, our guess, sorts."""

from typing import Any

from loyalapp import sdk

from . import guessing, sorts, words
from .service import LONGEST, LONGEST_WORD, MOST_MINUTES

_ = sdk.texts("value").gettext
lazy = sdk.texts("value").lazy


def _quoting_choices() -> list[tuple[str, str]]:
    return [
        ("", _("Nobody asked them yet")),
        ("name", _("Yes, with the name")),
        ("kind", _("Yes, but only what kind of customer")),
        ("no", _("No, not at all")),
    ]


class VoiceForm(sdk.Form):
    """What they said, in their own words. The labels are the questions, filled in by the page."""

    likes = sdk.AreaField(longest=LONGEST)
    stays = sdk.AreaField(longest=LONGEST)
    who = sdk.TextField(lazy("Who said it, if not they themselves?"), longest=LONGEST_WORD)
    own_theme = sdk.TextField(lazy("Something else, in a word or two"), longest=LONGEST_WORD)
    quoting = sdk.ChoiceField(lazy("May we tell others these words?"), validate_choice=False)
    said_on = sdk.DayField(lazy("When did they say it?"))

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.quoting.choices = _quoting_choices()


class SaidForm(sdk.Form):
    """Words that are in the book, put right, with what others may be told of them."""

    seen = sdk.HiddenField()
    words = sdk.AreaField(lazy("In their own words"), longest=LONGEST)
    who = sdk.TextField(lazy("Who said it, if not they themselves?"), longest=LONGEST_WORD)
    said_on = sdk.DayField(lazy("When did they say it?"))
    quoting = sdk.ChoiceField(lazy("May we tell others these words?"), validate_choice=False)

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.quoting.choices = _quoting_choices()


class ExtraForm(sdk.Form):
    """Something beyond the goods that was really given. `seen`: what stood in a line that is put right.

    `now`: its sort, which stays with what was given also where it is offered no more.
    """

    seen = sdk.HiddenField()
    extra = sdk.ChoiceField(lazy("What sort of extra was it?"), validate_choice=False)
    words = sdk.AreaField(lazy("What was done for them?"), longest=LONGEST)
    saved_minor = sdk.MoneyField(lazy("How much money did it save them, if you know?"))
    saved_minutes = sdk.NumberField(
        lazy("How many minutes did it save them, if you know?"),
        least=0,
        most=MOST_MINUTES,
        complaint=lazy("Please write the minutes in figures, like 90."),
    )
    said_on = sdk.DayField(lazy("On which day?"))

    def __init__(self, now: str | None = None, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        sort_keys = dict.fromkeys((*sorts.offered(), *filter(None, [now])))
        self.extra.choices = [(key, sdk.isolate_text(words.extra_sort(key))) for key in sort_keys]


class GuessForm(sdk.Form):
    """Something that we believe customers value, or that only we offer."""

    kind = sdk.HiddenField()
    theme = sdk.SelectField(lazy("What do you believe they value?"), validate_choice=False)
    words = sdk.TextField(lazy("In your own words"), longest=guessing.LONGEST)

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.theme.choices = [("", _("Something else")), *((key, words.theme(key)) for key in words.themes())]


class SortForm(sdk.Form):
    """A sort of extras of our own."""

    name = sdk.TextField(lazy("What do you call it?"), longest=sorts.LONGEST)


class KindForm(sdk.Form):
    """For what kind of customers."""

    trade = sdk.SelectField(lazy("Which trade?"), validate_choice=False)
    size = sdk.SelectField(lazy("How large?"), validate_choice=False)

    def __init__(self, trades: list[str], *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        named = [(one, one, {"lang": sdk.address.script_of(one)}) for one in trades]
        self.trade.choices = [("", _("Any trade")), *named]
        self.size.choices = [("", _("Any size")), *((one, words.size(one)) for one in ("small", "middle", "large"))]
