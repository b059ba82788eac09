"""What hangs on two customers who become one: numbers, people, days and facts that both have stand there once."""

from collections.abc import Hashable, Iterable
from typing import Any

from loyalapp.core.textkeys import norm
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.customers.models import Customer, CustomerDay, Fact, Person, Phone


def join(step: int, winner: Customer, loser: Customer) -> None:
    """Take out what the other one has too, and add to the winner's what only the other one knows; in the step.

    Tags need nothing: the same tag has one place at a customer, and finds it taken.
    """
    _once(step, "customer_phone", winner.phones, loser.phones, _number, ("label",))
    _once(step, "customer_person", winner.people, loser.people, _person, ("role", "number", "note"))
    _once(step, "customer_date", winner.days, loser.days, _day, ("year",))
    _once(step, "customer_fact", winner.facts, loser.facts, _fact, ("source",))


def _once(step: int, table: str, mine: list[Any], theirs: list[Any], told_by: Any, fillable: Iterable[str]) -> None:
    there: dict[Hashable, Any] = {told_by(one): one for one in reversed(mine)}
    twice = [one for one in theirs if told_by(one) in there]
    pairs = [(there[told_by(one)], one) for one in twice if _agree(there[told_by(one)], one, fillable)]
    if not pairs:
        return
    bring_back.keep(step, table, [one.id for pair in pairs for one in pair])
    for kept, double in pairs:
        _complete(kept, double, fillable)
        theirs.remove(double)


def _agree(kept: Any, double: Any, fillable: Iterable[str]) -> bool:
    """Whether the double says nothing that the other one contradicts; else both stay."""
    values = [(getattr(kept, one), getattr(double, one)) for one in fillable]
    return all(not mine or not theirs or norm(str(mine)) == norm(str(theirs)) for mine, theirs in values)


def _complete(kept: Any, double: Any, fillable: Iterable[str]) -> None:
    for one in fillable:
        if not getattr(kept, one):
            setattr(kept, one, getattr(double, one))
    if isinstance(kept, Phone):
        kept.on_whatsapp = kept.on_whatsapp or double.on_whatsapp
    elif isinstance(kept, Fact):  # who wants more care gets it
        kept.do_not_mention = kept.do_not_mention or double.do_not_mention
        kept.may_use = kept.may_use and double.may_use
        kept.learned_on = min(kept.learned_on, double.learned_on)


def _number(phone: Phone) -> Hashable:
    return phone.number


def _person(person: Person) -> Hashable:
    return norm(person.name)


def _day(day: CustomerDay) -> Hashable:
    return day.kind, norm(day.what), day.month, day.day


def _fact(fact: Fact) -> Hashable:
    return norm(fact.text)
