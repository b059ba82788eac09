"""What greetings know about a customer before a talk, and what is found by words; never by a festival (practice D4)."""

from typing import Any

from sqlalchemy import bindparam, or_, select

from loyalapp import sdk
from loyalapp.sdk import Customer

from . import after, due, occasions, own, telling
from .models import Card

_ = sdk.texts("greetings").gettext
AHEAD_DAYS = 14
SHORTEST = 3
_LAST = (
    select(Card.occasion, Card.given_on, Card.reply, Card.reply_note)
    .where(Card.customer_id == bindparam("customer"), Card.given_on.is_not(None))
    .order_by(Card.given_on.desc(), Card.id.desc())
    .limit(1)
)
_FOUND = (
    select(Card.id, Card.own_line, Card.reply_note, Customer.name, Customer.address_form)
    .join(Customer, Customer.id == Card.customer_id)
    .where(sdk.customers.OURS, Card.design != "")
    .where(or_(Card.own_line.icontains(bindparam("text")), Card.reply_note.icontains(bindparam("text"))))
    .order_by(Card.id.desc())
    .limit(bindparam("most"))
)


def before_a_talk(customer_id: int) -> list[sdk.BriefingLine]:
    """Their days of the next two weeks, and what they answered to the last greeting."""
    customer = sdk.customers.get(customer_id)
    found = []
    for occasion, day in due.due_for(customer, sdk.today(), AHEAD_DAYS):
        years = day.year - customer.since.year if occasion == "first_deal" and customer.since else 0
        found.append(sdk.BriefingLine(_("Greetings"), telling.sentence(occasion, day, years), 45))
    last = sdk.rows(_LAST, {"customer": customer_id}).first()
    if last is not None and last.reply:
        found.append(sdk.BriefingLine(_("Greetings"), _last_sentence(last), 46, is_private=True))
    return found


def _last_sentence(last: Any) -> str:
    day = sdk.isolate_text(sdk.format_day(last.given_on, "near"))
    said = f"{after.reply_name(last.reply)} {sdk.isolate_text(last.reply_note)}".strip()
    return _("Last greeted %(day)s. %(reply)s", day=day, reply=said)


def results(text: str, limit: int) -> list[sdk.SearchResult]:
    """Cards whose own line or answer holds these words; the name of a festival finds nobody."""
    words = sdk.plain(text)
    if len(words) < SHORTEST or _names_a_festival(words):
        return []
    return [
        sdk.SearchResult(
            _("Greetings"),
            row.own_line if sdk.norm(words) in sdk.norm(row.own_line) else row.reply_note or row.own_line,
            sdk.url_for("greetings.card", card_id=row.id),
            "flower",
            sdk.address.with_respect(row.name, row.address_form),
        )
        for row in sdk.rows(_FOUND, {"text": words, "most": limit})
    ]


def _names_a_festival(text: str) -> bool:
    """Whether a word of the text is, or begins, the name of a festival in any of the three scripts."""
    names = [sdk.norm(name) for key in _festivals() for name in occasions.names_of(key)]
    known = {word for name in names for word in name.split()}
    return any(name.startswith(word) for word in sdk.norm(text).split() for name in known if len(word) >= SHORTEST)


def _festivals() -> list[str]:
    return [*occasions.every("festival", "national"), *own.keys()]
