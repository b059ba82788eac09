"""The contact rules (practice E4): whether, how and when a customer may be contacted, and why better not."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, NamedTuple

from loyalapp.core.clock import local, now, today
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.formats import format_day, format_number, format_time
from loyalapp.core.i18n import _, current_language, isolate_text, ngettext
from loyalapp.core.textkeys import plain
from loyalapp.features.customers.words import CHANNEL_WORDS
from loyalapp.features.interactions import promises, standings
from loyalapp.features.interactions.standings import Standing
from loyalapp.features.settings import service as settings
from loyalapp.plugin_system.calls import ask

unasked_counts, unanswered = standings.unasked_counts, standings.unanswered
# Why somebody is contacted. The first three use up nothing: the customer waits for us.
PURPOSES = ("problem", "promise", "asked", "greeting", "offer", "review", "checkin", "contact")
ASKED_FOR = frozenset({"problem", "promise", "asked"})
WAIT_FOR_PROBLEM = frozenset({"greeting", "offer"})
SILENT_WAYS = frozenset({"email", "counter"})  # disturb nobody at night


class Verdict(NamedTuple):
    """Whether one customer may be contacted. `why`: what speaks against it, in whole sentences, the gravest first.

    `kinds` says the same in codes: `no_contact`, `paused`, `problem`, `refused`, `full`, `silent`, `quiet`. `hints`:
    what is good to know and holds nothing back. `used` of `limit` unasked contacts were made in 30 days.
    """

    used: int
    limit: int
    why: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def is_fine(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.kinds

    @property
    def wants_reason(self) -> bool:
        """Whether such a contact is written down only with a reason; the hour alone asks for none."""
        return bool(set(self.kinds) - {"quiet"})


def may_contact(
    customer_ids: Iterable[int], purpose: str = "contact", channel: str | None = None, at: datetime | None = None
) -> dict[int, Verdict]:
    """Whether each of these customers may be contacted, in a constant number of queries (E4).

    :param purpose: one of `PURPOSES`: `problem`, `promise`, `asked` use up nothing, and solving a problem is never
        held back; `greeting` and `offer` wait while a problem is open.
    :param channel: how (`call`, `whatsapp`, `visit`, `counter`, `sms`, `email`), where that is known already.
    :param at: when; now if not given.
    """
    when = at or now()
    return {number: judge(one, purpose, channel, when) for number, one in standings.of(customer_ids).items()}


def purpose_of(customer_id: int) -> str:
    """What a contact with them is about by what waits: their open problem, a promise that is due, or nothing yet."""
    if ask("customers_with_open_problem", customer_ids=[customer_id]):
        return "problem"
    is_due = any(one.is_told and one.due_on <= today() for one in promises.promises_of(customer_id))
    return "promise" if is_due else "contact"


def advice(customer_id: int, channel: str | None = None) -> Verdict | None:
    """What the rules say before a contact that we begin now; None for somebody who is in no list."""
    return may_contact([customer_id], purpose_of(customer_id), channel).get(customer_id)


def check(customer_id: int, started_by: str, in_spite: str | None) -> None:
    """A contact of ours that the rules advised against is written down with its reason.

    :raises LoyalAppError: if there is none.
    """
    if started_by == "us" and not plain(in_spite or ""):
        said = advice(customer_id)
        if said and said.wants_reason:
            raise LoyalAppError(_("Please write why you contacted them all the same."), field="in_spite")


# ---- the rule itself, without a query ----


def judge(one: Standing, purpose: str, channel: str | None, at: datetime) -> Verdict:
    """What speaks against a contact, and what is good to know."""
    found = against(one, purpose)
    if (until := quiet_until(at)) and channel not in SILENT_WAYS:
        found.append(("quiet", _("Nobody is called at this hour. Please wait until %(time)s.", time=until)))
    hints = list(_hints(one.wishes, channel))
    if purpose == "problem":  # solving a problem is never held back
        hints, found = [*(sentence for _kind, sentence in found), *hints], []
    return Verdict(
        one.used,
        one.limit,
        tuple(sentence for _kind, sentence in found),
        tuple(kind for kind, _sentence in found),
        tuple(hints),
    )


def against(one: Standing, purpose: str) -> list[tuple[str, str]]:
    """What speaks against a contact at any hour, the gravest first: in a code, and in a sentence."""
    return [*_wishes_against(one.wishes, purpose), *_reasons_to_wait(one, purpose)]


def _wishes_against(wishes: Any, purpose: str) -> Iterable[tuple[str, str]]:
    """What they told us themselves; when they ask for us, only they decide."""
    if purpose == "asked":
        return
    if wishes.no_contact:
        yield "no_contact", _("They asked us not to contact them.")
    if is_paused(wishes):
        yield "paused", paused_sentence(wishes)


def is_paused(wishes: Any, day: date | None = None) -> bool:
    """Whether contacts rest on a day, today if none is given."""
    return bool(wishes.paused_until and (day or today()) < wishes.paused_until)


def paused_sentence(wishes: Any) -> str:
    """Until when contacts rest, and why."""
    until = isolate_text(format_day(wishes.paused_until))
    if wishes.pause_why:
        return _("Contacts rest until %(day)s: %(why)s.", day=until, why=isolate_text(wishes.pause_why))
    return _("Contacts rest until %(day)s.", day=until)


def _reasons_to_wait(one: Standing, purpose: str) -> Iterable[tuple[str, str]]:
    if purpose in ASKED_FOR:
        return
    if one.has_problem and purpose in WAIT_FOR_PROBLEM:
        yield "problem", _("It waits until the problem is solved.")
    if purpose in one.refused:
        yield "refused", _("They do not want greetings.") if purpose == "greeting" else _("They do not want offers.")
    if one.used >= one.limit:
        yield "full", _full(one)
    if one.stop_after and one.tries >= one.stop_after:
        yield (
            "silent",
            ngettext(
                "There was no answer to %(count)s try. Please wait until they call.",
                "There was no answer to %(count)s tries. Please wait until they call.",
                one.tries,
                count=format_number(one.tries),
            ),
        )


def _full(one: Standing) -> str:
    if not one.limit:
        return _("They like no unasked contacts at all.")
    return ngettext(
        "We contacted them unasked %(count)s time in 30 days. That is enough.",
        "We contacted them unasked %(count)s times in 30 days. That is enough.",
        one.used,
        count=format_number(one.used),
    )


def _hints(wishes: Any, channel: str | None) -> Iterable[str]:
    is_other = channel and wishes.channel and channel not in (wishes.channel, "counter")
    ways = (str(CHANNEL_WORDS[wishes.channel]) if is_other else "", wishes.hours)
    how = ("، " if current_language() == "ur" else ", ").join(isolate_text(one) for one in ways if one)
    if how:
        yield _("They like to be reached: %(how)s.", how=how)


def quiet_until(at: datetime | None = None) -> str | None:
    """Until which time of the firm's wall clock nobody is called; None outside of these hours."""
    firm = settings.firm()
    begin, end, hour = firm.quiet_from, firm.quiet_to, f"{local(at or now()):%H:%M}"
    if not begin or not end or begin == end:
        return None
    is_quiet = begin <= hour < end if begin < end else hour >= begin or hour < end
    return isolate_text(format_time(time.fromisoformat(end))) if is_quiet else None
