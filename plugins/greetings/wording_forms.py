"""A wording of one's own, as it is written and tried with a real customer."""

from typing import Any

from loyalapp import sdk

from . import occasions, templating, words

lazy = sdk.texts("greetings").lazy


class WordingForm(sdk.Form):
    """A wording; what is typed is checked by the service, in plain words."""

    text = sdk.AreaField(lazy("The wording"), longest=templating.LONGEST, render_kw={"data-braces": True})
    occasion = sdk.SelectField(lazy("For which day?"))
    language = sdk.SelectField(lazy("Language of the card"))
    tone = sdk.SelectField(lazy("The tone"))
    who = sdk.TextField(lazy("Try it with"), longest=80)
    version = sdk.HiddenField()

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        languages = sdk.message_language_names()
        self.occasion.choices = [("", lazy("Every day")), *((key, occasions.option(key)) for key in occasions.ALL)]
        self.language.choices = [(key, languages[key]) for key in sdk.MESSAGE_LANGUAGES]
        self.tone.choices = list(words.tones().items())

    def values(self) -> dict[str, Any]:
        """What is to be kept."""
        typed = self.typed()
        number = str(typed["version"] or "")
        kept = {key: str(typed[key] or "") for key in ("text", "occasion", "language", "tone")}
        return {**kept, "version": int(number) if number.isdecimal() and len(number) < 9 else None}
