"""The made-up customers of the example data, with days relative to today, in three scripts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from loyalapp.core.clock import now, today
from loyalapp.core.db import db
from loyalapp.core.textkeys import norm
from loyalapp.features.catalogue import product_groups
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.catalogue.models import OwnedItem, Purchase
from loyalapp.features.customers import search_index
from loyalapp.features.customers.models import Customer, CustomerDay, Fact, Phone, Tag
from loyalapp.features.customers.models import Person as Insider
from loyalapp.features.customers.service import set_keys
from loyalapp.features.interactions.models import Interaction, Need, Offer, Promise, PromiseMove
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff
from loyalapp.plugin_system.answers import Example
from loyalapp.plugin_system.calls import tell


@dataclass(frozen=True)
class Person:
    """One made-up customer. Days are counted from today: `birthday_in` 3 is in three days, `since_ago` 400 was then.

    `reached`: how and when; `insiders`: name and role; `days`: what, kind, in how many days; `sent_by`: a nick;
    `own_fact`: something learned that is for ourselves alone. `kept`: promises, how long ago; `moved_why`: an open
    promise has another day now; `needs`: how long ago, in whose words, which group; `offered`: and their answer.
    `worth`: what working together can bring, and why; `rests`: for how many days contacts rest, and why.
    `has`: a thing they bought, its serial number, and in how many days warranty, contract and expected life end.
    """

    nick: str
    name: str
    name_ur: str
    name_hi: str
    form: str
    firm: str
    trade: str
    place: str
    locality: str
    language: str
    birthday_in: int | None = None
    since_ago: int = 700
    fact: str = ""
    hush: str = ""
    stage: str = "customer"
    bought: Sequence[tuple[int, str, int]] = ()
    talked: Sequence[tuple[int, str, str, str]] = ()
    promised: Sequence[tuple[int, str]] = ()
    kind: str = "person"
    size: str | None = None
    reached: tuple[str | None, str | None] = (None, None)
    tags: Sequence[str] = ()
    insiders: Sequence[tuple[str, str]] = ()
    days: Sequence[tuple[str, str, int]] = ()
    sent_by: str = ""
    own_fact: str = ""
    kept: Sequence[tuple[int, str]] = ()
    moved_why: str = ""
    needs: Sequence[tuple[int, str, str]] = ()
    has: Sequence[tuple[str, str, int | None, int | None, int | None]] = ()
    offered: Sequence[tuple[int, str, str]] = ()
    worth: tuple[int | None, str | None] = (None, None)
    rests: tuple[int, str] | None = None


PAKISTAN = ("+92300", "+92321", "+92333")
STAFF = {"ur": ("اسما جاوید", "بلال احمد"), "hi": ("मीना जोशी", "रोहित यादव"), "en": ("Asma Javed", "Rohit Yadav")}
INDIA = ("+9198220", "+9199301", "+9181042")


def fill(members: Sequence[int] = ()) -> int:
    """Add them all; plugins add their own rows when they are told. Returns how many customers there are.

    :param members: those who look after them.
    """
    from loyalapp.features.welcome.people import PEOPLE  # noqa: PLC0415 -- only for those who look around

    _add_groups()
    made: dict[str, int] = {}
    for number, person in enumerate(PEOPLE):
        made[person.nick] = _add(
            person, number, members[number % len(members)] if members else None, made.get(person.sent_by)
        )
    search_index.index(db.session, list(made.values()), fresh=True)
    db.session.commit()
    tell("example_data", example=Example(made, today()))
    return len(made)


def _add_groups() -> None:
    """The usual groups of their trade, with what these customers buy in them."""
    from loyalapp.features.welcome.people import GROUPS  # noqa: PLC0415 -- only for those who look around

    language = settings.firm().language
    product_groups.add_suggested("sewing", language)
    names = product_groups.trades(language)["sewing"][1]
    for place, items in GROUPS.items():
        for item in items:
            catalogue.product_named(item, names[place])


def add_staff() -> list[int]:
    """Two who look after the made-up customers."""
    return [staff.add(name) for name in STAFF[settings.firm().language]]


def _add(person: Person, number: int, salesman_id: int | None, sender: int | None) -> int:
    customer = Customer(
        name=person.name,
        name_ur=person.name_ur or None,
        name_hi=person.name_hi or None,
        address_form=person.form or None,
        firm=person.firm or None,
        trade=person.trade or None,
        place=person.place,
        locality=person.locality or None,
        message_language=person.language,
        stage=person.stage,
        kind=person.kind,
        size=person.size,
        channel=person.reached[0],
        hours=person.reached[1],
        salesman_id=salesman_id,
        referred_by_id=sender,
        tags=[Tag(tag=one, tag_key=norm(one)) for one in person.tags],
        people=[Insider(name=name, role=role) for name, role in person.insiders],
        do_not_mention=person.hush,
        worth=person.worth[0],
        worth_why=person.worth[1],
        paused_until=today() + timedelta(days=person.rests[0]) if person.rests else None,
        pause_why=person.rests[1] if person.rests else None,
        is_example=True,
        phones=[Phone(number=_number(number))],
    )
    _set_days(customer, person)
    set_keys(customer)
    db.session.add(customer)
    db.session.flush()
    _add_history(customer.id, person)
    return customer.id


def _number(number: int) -> str:
    starts = INDIA if settings.firm().country == "IN" else PAKISTAN
    start = starts[number % len(starts)]
    rest = 13 - len(start)
    return start + str(4_567_890 + number * 13_577)[-rest:].rjust(rest, "5")


def _set_days(customer: Customer, person: Person) -> None:
    since = today() - timedelta(days=person.since_ago)
    customer.since, customer.since_month, customer.since_day = since, since.month, since.day
    for what, kind, ahead in person.days:
        own = today() + timedelta(days=ahead)
        customer.days.append(CustomerDay(what=what, kind=kind, month=own.month, day=own.day))
    if person.birthday_in is not None:
        day = today() + timedelta(days=person.birthday_in)
        customer.birth_month, customer.birth_day = day.month, day.day


def _add_history(customer_id: int, person: Person) -> None:
    day, owner = today(), {"customer_id": customer_id, "is_example": True}
    for ago, text, may_use in ((40, person.fact, True), (15, person.own_fact, False)):
        if text:
            learned = day - timedelta(days=ago)
            fact = Fact(customer_id=customer_id, text=text, source="told", learned_on=learned, may_use=may_use)
            db.session.add(fact)
    for ago, item, amount in person.bought:
        product = catalogue.product_named(item)
        db.session.add(
            Purchase(
                item=item,
                product_id=product.id,
                bought_on=day - timedelta(days=ago),
                quantity=Decimal(1),
                amount_minor=amount * 100,
                currency=settings.firm().currency,
                **owner,
            )
        )
    for ago, channel, started_by, said in person.talked:
        moment = now() - timedelta(days=ago, hours=3)
        db.session.add(
            Interaction(
                happened_at=moment,
                channel=channel,
                started_by=started_by,
                unasked=started_by == "us",
                said=said,
                **owner,
            )
        )
    _add_things(person, owner)
    _add_promises(person, owner)
    _add_needs(person, owner)


def _add_things(person: Person, owner: dict[str, Any]) -> None:
    ends = ("warranty_until", "contract_until", "lasts_until")
    for what, serial, *ahead in person.has:
        sold = [ago for ago, item, _amount in person.bought if item == what]
        days = {name: today() + timedelta(days=one) for name, one in zip(ends, ahead, strict=True) if one}
        if sold:
            days["installed_on"] = today() - timedelta(days=sold[0])
        product = catalogue.product_named(what)
        db.session.add(
            OwnedItem(what=what, serial=serial or None, product_id=product.id, import_id=None, **days, **owner)
        )


def _add_promises(person: Person, owner: dict[str, Any]) -> None:
    day = today()
    for ago, what in person.kept:
        kept = day - timedelta(days=ago)
        db.session.add(Promise(what=what, due_on=kept, made_on=kept - timedelta(days=2), kept_on=kept, **owner))
    for due, what in person.promised:
        made = Promise(what=what, due_on=day + timedelta(days=due), made_on=day - timedelta(days=3), **owner)
        db.session.add(made)
        if person.moved_why:
            db.session.flush()
            step = {"moved_on": day - timedelta(days=1), "due_before": day, "due_after": made.due_on}
            db.session.add(PromiseMove(promise_id=made.id, why=person.moved_why, **step))


def _add_needs(person: Person, owner: dict[str, Any]) -> None:
    day = today()
    for ago, text, group in person.needs:
        db.session.add(Need(text=text, product_group=group, learned_on=day - timedelta(days=ago), **owner))
    for ago, what, outcome in person.offered:
        made = day - timedelta(days=ago)
        db.session.add(Offer(what=what, made_on=made, outcome=outcome, decided_on=made, **owner))
