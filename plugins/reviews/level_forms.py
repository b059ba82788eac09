"""How an account is assessed, and how often accounts are reviewed."""

from typing import Any
from zlib import crc32

from loyalapp import sdk

from . import levels, places, rhythm, rhythm_words, words
from .assessing import LONGEST_REASON

_ = sdk.texts("reviews").gettext
lazy = sdk.texts("reviews").lazy
FEW_GROUPS = 15  # where every article is a kind of its own there is no rhythm by kind


class LevelForm(sdk.Form):
    """Could they buy more, do you see the level differently, and how often do we review them?"""

    means = sdk.ChoiceField(lazy("Could they buy more?"), validate_choice=False)
    overruled = sdk.ChoiceField(lazy("Do you see it differently?"), validate_choice=False)
    reason = sdk.AreaField(lazy("Why do you see it differently?"), longest=LONGEST_REASON)
    own_days = sdk.SelectField(lazy("How often do we review them?"), validate_choice=False)

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.means.choices = [(key, words.means(key)) for key in levels.MEANS]
        self.overruled.choices = [("", _("The rule is right")), *((key, words.level(key)) for key in levels.LEVELS)]
        self.own_days.choices = [("", _("As the level says")), *_steps()]

    @property
    def chosen_days(self) -> int | None:
        """The rhythm of this customer alone; None for none."""
        text = self.own_days.data or ""
        return int(text) if text.isdecimal() and len(text) < 4 else None


def _steps(days: int | None = None) -> list[tuple[str, str]]:
    """The rhythms to choose from, and the one that is kept, if it is another."""
    steps = sorted({*rhythm.STEPS, *([days] if days else [])})
    return [(str(one), rhythm_words.often(one)) for one in steps]


def group_field(group: str) -> str:
    """The name of the field of a product group."""
    return f"group_{crc32(group.encode()):08x}"


def groups() -> list[str]:
    """The product groups that may have a rhythm of their own."""
    known = list(sdk.catalogue.groups())
    return known if len(known) <= FEW_GROUPS else []


def people() -> list[tuple[int, str]]:
    """Whose number of reviews a day is asked: each of us, where we are several."""
    active = list(sdk.staff.active())
    return active if len(active) > 1 else []


def rhythm_form(said: rhythm.Rhythm) -> Any:
    """The form of the rhythm: a field for each level, group, and one of us."""
    fields: dict[str, Any] = {}
    typed: dict[str, Any] = {"number": said.number}
    for one in reversed(levels.LEVELS):
        kept = said.levels[one]
        fields[f"level_{one}"] = sdk.SelectField(words.level(one), choices=_steps(kept))
        typed[f"level_{one}"] = str(kept)
    for group in groups():
        name, days = group_field(group), said.groups.get(group)
        choices = [("", _("As the level says")), *_steps(days)]
        fields[name] = sdk.SelectField(sdk.isolate_text(sdk.catalogue.group_label(group)), choices=choices)
        typed[name] = str(days or "")
    fields["number"] = _number(_("How many reviews does a day hold?"))
    for person, name in people():
        fields[f"number_{person}"] = _number(sdk.isolate_text(name))
        typed[f"number_{person}"] = said.numbers.get(person)
    return type("RhythmForm", (sdk.Form,), fields)(data=typed)


def _number(label: str) -> Any:
    return sdk.NumberField(
        label, least=0, most=rhythm.MOST_A_DAY, complaint=lazy("Please write a number from 0 to 40.")
    )


def chosen(form: Any, closed: tuple[int, ...], before: rhythm.Rhythm) -> rhythm.Rhythm:
    """What the form says; what it did not ask stays."""
    shown, staff = groups(), [person for person, _name in people()]
    kept_groups = {one: days for one, days in before.groups.items() if one not in shown}
    kept_numbers = {one: number for one, number in before.numbers.items() if one not in staff}
    said = {one: form[group_field(one)].data for one in shown}
    numbers = {one: form[f"number_{one}"].data for one in staff}
    return rhythm.Rhythm(
        {one: int(form[f"level_{one}"].data) for one in levels.LEVELS},
        kept_groups | {one: int(days) for one, days in said.items() if days},
        kept_numbers | {one: number for one, number in numbers.items() if number is not None},
        rhythm.PER_DAY if form.number.data is None else form.number.data,
        closed,
    )


def pool_names() -> dict[int, str]:
    """Everybody whose accounts are looked at apart; empty where one looks after all."""
    names = dict(sdk.staff.active())
    return {one: rhythm_words.pool(one, names) for one in places.pools()} if len(places.pools()) > 1 else {}
