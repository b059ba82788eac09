"""What was done, and what became of bringing it back, in plain sentences of the reader's language.

Facts of a step: `what` and `name` of a deletion, `winner` and `loser` of a merge, `file`, `new`, `changed` and `sales`
of an import, `what`, `count` and `value` of a change of many.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from loyalapp.core.formats import format_moment, format_number, relative_day
from loyalapp.core.i18n import _, current_language, isolate_text, ngettext
from loyalapp.features.bring_back.models import UndoStep
from loyalapp.features.bring_back.service import Outcome

NAMED = 3


def did(kind: str, facts: Mapping[str, Any]) -> str:
    """What somebody did."""
    return _SENTENCES[kind](facts)


def _deletion(facts: Mapping[str, Any]) -> str:
    name = isolate_text(facts.get("name", ""))
    sentences = {
        "contact": _("You removed a contact with %(name)s.", name=name),
        "purchase": _("You removed a sale to %(name)s.", name=name),
        "promise": _("You removed a promise to %(name)s.", name=name),
        "need": _("You removed something that %(name)s needs.", name=name),
        "offer": _("You removed an offer to %(name)s.", name=name),
        "said": _("You removed something that %(name)s said.", name=name),
        "extra": _("You removed an extra that %(name)s was given.", name=name),
        "fact": _("You removed something we knew about %(name)s.", name=name),
        "consent": _("You removed an answer that %(name)s gave us about what we may do.", name=name),
    }
    return sentences.get(facts.get("what", ""), _("You removed %(name)s.", name=name))


def _merge(facts: Mapping[str, Any]) -> str:
    return _(
        "You made one customer of %(winner)s and %(loser)s.",
        winner=isolate_text(facts.get("winner", "")),
        loser=isolate_text(facts.get("loser", "")),
    )


def _import(facts: Mapping[str, Any]) -> str:
    counted = [
        ngettext("%(count)s new", "%(count)s new", facts.get("new", 0), count=format_number(facts.get("new", 0))),
        ngettext(
            "%(count)s changed",
            "%(count)s changed",
            facts.get("changed", 0),
            count=format_number(facts.get("changed", 0)),
        ),
    ]
    if sales := facts.get("sales", 0):
        counted.append(ngettext("%(count)s sale", "%(count)s sales", sales, count=format_number(sales)))
    return _(
        "You brought in %(file)s: %(counted)s.", file=isolate_text(facts.get("file", "")), counted=_joined(counted)
    )


def _bulk(facts: Mapping[str, Any]) -> str:
    count, value = facts.get("count", 0), isolate_text(facts.get("value", ""))
    number = format_number(count)
    what = facts.get("what", "")
    if what == "tag":
        return ngettext(
            "You gave %(count)s customer the tag %(value)s.",
            "You gave %(count)s customers the tag %(value)s.",
            count,
            count=number,
            value=value,
        )
    if what == "untag":
        return ngettext(
            "You took the tag %(value)s from %(count)s customer.",
            "You took the tag %(value)s from %(count)s customers.",
            count,
            count=number,
            value=value,
        )
    if what == "salesman":
        return ngettext(
            "You handed %(count)s customer over to %(value)s.",
            "You handed %(count)s customers over to %(value)s.",
            count,
            count=number,
            value=value,
        )
    if what == "remove":
        return ngettext("You removed %(count)s customer.", "You removed %(count)s customers.", count, count=number)
    if what == "sort":
        return ngettext(
            "You sorted %(count)s contact of a phone book.",
            "You sorted %(count)s contacts of a phone book.",
            count,
            count=number,
        )
    return ngettext("You changed %(count)s customer.", "You changed %(count)s customers.", count, count=number)


_SENTENCES = {"deletion": _deletion, "merge": _merge, "import": _import, "bulk": _bulk}


def when(step: UndoStep) -> str:
    """When it was, said as people say it: "3 hours ago, 3:15 pm"."""
    return _joined([relative_day(step.happened_at), format_moment(step.happened_at, "time")])


def became(outcome: Outcome) -> str:
    """What became of bringing a step back."""
    done = _("The list is undone.") if outcome.kind == "import" else _("Brought back.")
    return " ".join(filter(None, [done, _changed_since(outcome), outcome.sentence]))


def _changed_since(outcome: Outcome) -> str:
    if not outcome.left:
        return ""
    named = _joined([isolate_text(one) for one in outcome.names[:NAMED]])
    more = len(outcome.names) - NAMED
    if not named:
        return _("What was changed since is left as it is now.")
    if more > 0:
        return ngettext(
            "Changed since, and left as it is now: %(names)s and %(count)s more.",
            "Changed since, and left as it is now: %(names)s and %(count)s more.",
            more,
            names=named,
            count=format_number(more),
        )
    return _("Changed since, and left as it is now: %(names)s.", names=named)


def _joined(words: Sequence[str]) -> str:
    return ("، " if current_language() == "ur" else ", ").join(words)
