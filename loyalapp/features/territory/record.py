"""Who did what, the newest first, each in one plain sentence; it counts nothing and compares nobody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from loyalapp.core.clock import local
from loyalapp.core.db import rows
from loyalapp.core.formats import format_moment, format_number, relative_day
from loyalapp.core.i18n import _, current_language, isolate_text, ngettext
from loyalapp.features.customers import service as customers
from loyalapp.features.staff import service as staff
from loyalapp.features.staff.models import Deed

PAGE = 50
DEEDS = select(Deed.id, Deed.happened_at, Deed.staff_member_id, Deed.what, Deed.customer_id, Deed.facts)


@dataclass(frozen=True)
class Line:
    """One deed: who did it (empty where nobody sat down), when, what, and with which customer."""

    who: str
    at: datetime
    when: str
    sentence: str
    customer_id: int | None


def lines(before: int | None = None) -> tuple[list[Line], int | None]:
    """A page of deeds, and before which number the next page goes on; None where there is none."""
    query = DEEDS.where(Deed.id < before) if before is not None else DEEDS
    found = rows(query.order_by(Deed.id.desc()).limit(PAGE + 1)).all()
    shown = found[:PAGE]
    people = staff.names({one.staff_member_id for one in shown} - {None})
    named = customers.names(sorted({one.customer_id for one in shown} - {None}))
    made = [_line(one, people, named) for one in shown]
    return made, shown[-1].id if len(found) > PAGE else None


def _line(deed: Any, people: Mapping[int, str], named: Mapping[int, str]) -> Line:
    at, name = local(deed.happened_at), named.get(deed.customer_id, "")
    comma = "، " if current_language() == "ur" else ", "
    when = comma.join([relative_day(at.date()), format_moment(deed.happened_at, "time")])
    sentence = said(deed.what, name, deed.facts or {})
    return Line(people.get(deed.staff_member_id, ""), at, when, sentence, deed.customer_id if name else None)


def said(what: str, name: str, facts: Mapping[str, Any]) -> str:
    """The sentence of a deed; one of a newer program says no more than that something was changed."""
    if what in _WITH_CUSTOMER:
        return _WITH_CUSTOMER[what](isolate_text(name or _("a customer who is gone")))
    if what in _WITH_FACTS:
        return _WITH_FACTS[what](facts)
    return _("Something was changed.")


def _text(facts: Mapping[str, Any], key: str) -> str:
    return isolate_text(str(facts.get(key, "")))


def _hand_over(facts: Mapping[str, Any]) -> str:
    count = int(facts.get("count", 0))
    return ngettext(
        "%(count)s customer of %(whose)s went over to %(whom)s.",
        "%(count)s customers of %(whose)s went over to %(whom)s.",
        count,
        count=format_number(count),
        whose=_text(facts, "whose"),
        whom=_text(facts, "whom"),
    )


def _export(facts: Mapping[str, Any]) -> str:
    count = int(facts.get("count", 0))
    return ngettext(
        "%(count)s customer was written to a file (%(form)s).",
        "%(count)s customers were written to a file (%(form)s).",
        count,
        count=format_number(count),
        form=_text(facts, "form"),
    )


def _bulk(facts: Mapping[str, Any]) -> str:
    count = int(facts.get("count", 0))
    return ngettext(
        "%(count)s customer was changed in one step.",
        "%(count)s customers were changed in one step.",
        count,
        count=format_number(count),
    )


def _import(facts: Mapping[str, Any]) -> str:
    count = int(facts.get("count", 0))
    return ngettext(
        "The list %(file)s was brought in; %(count)s customer is new.",
        "The list %(file)s was brought in; %(count)s customers are new.",
        count,
        count=format_number(count),
        file=_text(facts, "file"),
    )


def _restore(facts: Mapping[str, Any]) -> str:
    if not facts.get("whom"):
        return _("An older backup was brought back.")
    return _("An older backup was brought back by %(whom)s.", whom=_text(facts, "whom"))


_WITH_CUSTOMER: dict[str, Callable[[str], str]] = {
    "contact": lambda name: _("A contact with %(name)s was written down.", name=name),
    "sale": lambda name: _("A sale to %(name)s was written down.", name=name),
    "promise": lambda name: _("A promise to %(name)s was written down.", name=name),
    "reach": lambda name: _("How and when to reach %(name)s was changed.", name=name),
    "sheet": lambda name: _("The data of %(name)s was written to a file.", name=name),
}
_WITH_FACTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "hand_over": _hand_over,
    "export": _export,
    "bulk": _bulk,
    "import": _import,
    "import_undone": lambda facts: _("The list %(file)s was undone.", file=_text(facts, "file")),
    "erasure": lambda _facts: _("The data of a customer was erased, as they wished."),
    "restore": _restore,
    "settings": lambda _facts: _("The settings of the firm were changed."),
    "plugin_installed": lambda facts: _("The plugin %(plugin)s was installed.", plugin=_text(facts, "plugin")),
    "plugin_removed": lambda facts: _("The plugin %(plugin)s was removed.", plugin=_text(facts, "plugin")),
    "pin_set": lambda facts: _("%(whom)s has a new PIN.", whom=_text(facts, "whom")),
    "pin_gone": lambda facts: _("%(whom)s has no PIN any more.", whom=_text(facts, "whom")),
    "pin_wrong": lambda facts: _("The PIN of %(whom)s was written wrong three times.", whom=_text(facts, "whom")),
    "encrypted": lambda _facts: _("The data is to be encrypted from now on."),
    "decrypted": lambda _facts: _("The encryption of the data is to end."),
    "key_kept": lambda _facts: _("Something else opens the encrypted data at a start."),
    "left": lambda facts: _("%(whom)s does not work here any more.", whom=_text(facts, "whom")),
}
KINDS: Sequence[str] = (*_WITH_CUSTOMER, *_WITH_FACTS)
