"""What stands on the pages about a problem: its effort in words, since when, how urgent, what happened."""

from datetime import datetime
from typing import Any

from loyalapp import sdk

_ = sdk.texts("issues").gettext
ngettext = sdk.texts("issues").ngettext

SHORT = 140


def short(words: str) -> str:
    """The beginning of the customer's words, in one line, cut between words where there are any."""
    line = " ".join(words.split())
    if len(line) <= SHORT:
        return line
    whole = line[: SHORT - 1].rpartition(" ")[0] if " " in line[: SHORT - 1] else line[: SHORT - 2]
    return f"{whole} …"


def urgency(kind: str) -> str:
    """Whether they can work."""
    return {
        "stopped": _("Their work has stopped."),
        "trouble": _("They can work, but with trouble."),
        "no_hurry": _("There is no hurry."),
    }.get(kind, "")


def urgencies() -> list[tuple[str, str]]:
    """The answers to "Can they work?"."""
    return [
        ("stopped", _("No, work has stopped")),
        ("trouble", _("Yes, but with trouble")),
        ("no_hurry", _("No hurry")),
    ]


def since(opened_at: datetime) -> str:
    """When they told us."""
    return _("They told us %(when)s.", when=sdk.relative_day(sdk.local(opened_at).date()))


def contacts(times: int) -> str:
    """How often they had to contact us."""
    return ngettext(
        "They had to contact us once.", "They had to contact us %(count)s times.", times, count=sdk.format_number(times)
    )


def handed_on(times: int) -> str:
    """How often it was handed on; nothing where it was not."""
    if not times:
        return ""
    shown = sdk.format_number(times)
    return ngettext("It was handed on once.", "It was handed on %(count)s times.", times, count=shown)


def ease(answer: str | None) -> str:
    """What the customer answered when asked how easy it was."""
    return {
        "easy": _("It was easy for them."),
        "so_so": _("It was so-so for them."),
        "hard": _("It was hard for them."),
    }.get(answer or "", "")


def answers() -> list[tuple[str, str]]:
    """The three answers, in the reader's language."""
    return [("easy", _("Easy")), ("so_so", _("So-so")), ("hard", _("Hard"))]


def effort(problem: Any) -> list[str]:
    """The customer's effort so far, as whole sentences (A1)."""
    return [one for one in (contacts(problem.contacts), handed_on(problem.handed_on), ease(problem.ease)) if one]


def so_far(problem: Any) -> str:
    """Since when it is open, and what it has cost them beyond the first call."""
    again = contacts(problem.contacts) if problem.contacts > 1 else ""
    return " ".join(one for one in (since(problem.opened_at), again, handed_on(problem.handed_on)) if one)


def why(problem: Any) -> str:
    """Why it stands on Today: the same, and whether their work has stopped."""
    stopped = urgency("stopped") if problem.urgency == "stopped" else ""
    return f"{so_far(problem)} {stopped}".strip()


def step(kind: str, note: str) -> str:
    """One thing that happened."""
    if kind == "handed_on" and note:
        return _("Handed on to %(who)s", who=sdk.isolate_text(note))
    return {
        "told": _("They told us about a problem"),
        "called": _("They had to contact us again"),
        "handed_on": _("Handed on"),
        "worked": _("We took care of it"),
        "solved": _("Solved, says the customer"),
        "not_solved": _("Not solved after all"),
    }[kind]


def beside_step(one: Any) -> str:
    """What stands under a step on the customer's page: which thing, how easy it was, or what it was about."""
    if one.kind == "told":
        return str(one.item)
    return ease(one.note) or short(one.what)


# The dye and the sign of each step.
SIGNS = {
    "told": ("problem", "wrench"),
    "called": ("problem", "phone"),
    "handed_on": ("review", "people"),
    "worked": ("review", "pen"),
    "solved": ("done", "tick"),
    "not_solved": ("problem", "again"),
}
