"""What stands on the pages about a problem: its effort in words, since when, how urgent, what happened."""

from datetime import datetime
from typing import Any

from loyalapp import sdk

from .path import Path
from .path import of as path_of

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
    return _("They told us %(when)s.", when=sdk.relative_day(opened_at))


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


def explained(times: int) -> str:
    """How often they had to say it all again; nothing where they had not."""
    shown = sdk.format_number(times)
    return _if(
        times,
        ngettext(
            "They had to explain it all again.", "They had to explain it all again %(count)s times.", times, count=shown
        ),
    )


def reopened(times: int) -> str:
    """How often it was not solved after all."""
    shown = sdk.format_number(times)
    return _if(
        times,
        ngettext(
            "Once it was not solved after all.", "%(count)s times it was not solved after all.", times, count=shown
        ),
    )


def promises(broken: int, moved: int) -> list[str]:
    """What became of our promises about it."""
    lost, later = sdk.format_number(broken), sdk.format_number(moved)
    return [
        _if(broken, ngettext("We did not keep a promise.", "We did not keep %(count)s promises.", broken, count=lost)),
        _if(
            moved,
            ngettext(
                "We moved a promise to another day.",
                "We moved promises to another day %(count)s times.",
                moved,
                count=later,
            ),
        ),
    ]


def waited(days: int) -> str:
    """How long they waited."""
    shown = sdk.format_number(days)
    return _if(
        days, ngettext("They waited %(count)s working day.", "They waited %(count)s working days.", days, count=shown)
    )


def _if(count: int, sentence: str) -> str:
    return sentence if count else ""


def cost(path: Path) -> list[str]:
    """What it cost the customer, as whole sentences in plain words (A1)."""
    told = [contacts(path.again + 1), explained(path.explained), reopened(path.reopened)]
    told += [*promises(path.broken, path.moved), handed_on(path.handed_on), waited(path.days)]
    return [one for one in told if one]


def effort(problem: Any) -> list[str]:
    """What a problem that is over cost the customer, and what they answered."""
    return [one for one in (*cost(path_of(problem)), ease(problem.ease)) if one]


def looks(kind: str) -> str:
    """How the path looks by our rule."""
    return {
        "easy": _("What we counted: little effort"),
        "so_so": _("What we counted: some effort"),
        "hard": _("What we counted: a lot of effort"),
    }[kind]


def differs(kind: str) -> str:
    """Where the customer and our count do not agree."""
    return {
        "harder": _("For them it was harder than what we counted. Something made it hard that we did not see."),
        "easier": _("For them it was easier than what we counted."),
    }.get(kind, "")


def points(count: int) -> str:
    """The sum of the rule."""
    return ngettext("%(count)s point", "%(count)s points", count, count=sdk.format_number(count))


def minutes(count: int) -> str:
    """How long it took us (A8)."""
    return ngettext(
        "%(count)s minute of our time", "%(count)s minutes of our time", count, count=sdk.format_number(count)
    )


def so_far(problem: Any) -> str:
    """Since when it is open, and what it has cost them beyond the first call."""
    again = contacts(problem.contacts) if problem.contacts > 1 else ""
    told = (since(problem.opened_at), again, explained(problem.explained), handed_on(problem.handed_on))
    return " ".join(one for one in told if one)


def to_do(problem: Any) -> str:
    """What there is to do: get it solved, or ask whether it is."""
    what = sdk.isolate_text(short(problem.what))
    if problem.state == "solved":
        return _("Call back and ask whether it works: “%(what)s”", what=what)
    return _("Get this solved: “%(what)s”", what=what)


def why(problem: Any) -> str:
    """Why it stands on Today: the same, and whether their work has stopped, or that they have still to be asked."""
    if problem.state == "solved":
        return f"{call_back(problem)} {so_far(problem)}"
    stopped = urgency("stopped") if problem.urgency == "stopped" else ""
    return f"{so_far(problem)} {stopped}".strip()


def call_back(problem: Any) -> str:
    """That we think it is solved, and how often nobody answered when we asked."""
    tries = sdk.format_number(problem.tries)
    called = _if(
        problem.tries,
        ngettext(
            "We called back once, and nobody answered.",
            "We called back %(count)s times, and nobody answered.",
            problem.tries,
            count=tries,
        ),
    )
    return " ".join(one for one in (_("We think it is solved; they have the last word."), called) if one)


def state(problem: Any) -> str:
    """How it stands, in two or three words."""
    return {
        "open": _("Still open"),
        "solved": _("Call them back"),
        "confirmed": _("Solved"),
        "not_confirmed": _("Not confirmed"),
    }[problem.state]


def list_name(name: str) -> str:
    """What one of the lists is called."""
    return {
        "open": _("Open"),
        "mine": _("Mine"),
        "call_back": _("Call back"),
        "solved": _("Solved"),
        "not_confirmed": _("Not confirmed"),
    }[name]


def step(kind: str, note: str) -> str:
    """One thing that happened."""
    if note and kind in ("handed_on", "answered", "taken_over", "promised"):
        who = sdk.isolate_text(note)
        return {
            "handed_on": _("Handed on to %(who)s", who=who),
            "answered": _("They answered: %(what)s", what=sdk.isolate_text(short(note))),
            "taken_over": _("%(who)s is responsible from here on", who=who),
            "promised": _("We promised: %(what)s", what=who),
        }[kind]
    return {
        "told": _("They told us about a problem"),
        "called": _("They had to contact us again"),
        "explained": _("They had to contact us again, and to explain it all again"),
        "handed_on": _("Handed on"),
        "answered": _("There was an answer"),
        "worked": _("We took care of it"),
        "visited": _("We went there"),
        "promised": _("We promised something"),
        "done": _("We think it is solved"),
        "tried": _("We called back, nobody answered"),
        "solved": _("Solved, says the customer"),
        "not_solved": _("Not solved after all"),
        "not_confirmed": _("Closed without their word: nobody answered three times"),
        "taken_over": _("Somebody else is responsible from here on"),
    }[kind]


def beside_step(one: Any) -> str:
    """What stands under a step on the customer's page: which thing, how easy it was, or what it was about."""
    if one.kind == "told":
        return str(one.item)
    return (ease(one.note) if one.kind == "solved" else "") or short(one.what)


# The dye and the sign of each step.
SIGNS = {
    "told": ("problem", "wrench"),
    "called": ("problem", "phone"),
    "explained": ("problem", "speak"),
    "handed_on": ("review", "people"),
    "answered": ("review", "people"),
    "worked": ("review", "pen"),
    "visited": ("review", "visit"),
    "promised": ("promise", "knot"),
    "done": ("review", "tick"),
    "tried": ("review", "phone"),
    "solved": ("done", "tick"),
    "not_solved": ("problem", "again"),
    "not_confirmed": ("review", "stop"),
    "taken_over": ("review", "person"),
}
