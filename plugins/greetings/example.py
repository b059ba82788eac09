"""Lively examples for the made-up customers: cards, marks for the days that come, a customer's own word."""

from datetime import timedelta

from sqlalchemy import delete, insert

from loyalapp import sdk

from . import certain, feasts, likeness, marked, occasions, phrasing, service
from .models import OWN, Card, Wording

SOON_DAYS = 200
WORDINGS = {
    "ur": {
        "language": "ur",
        "text": "{{ نام }}، آپ کا دن خوشیوں بھرا ہو۔{% if دکان %} {{ دکان }} میں سب کو سلام۔{% endif %}",
    },
    "hi": {
        "language": "hi",
        "text": "{{ नाम }}, आपका दिन ख़ुशियों भरा हो।{% if दुकान %} {{ दुकान }} में सबको नमस्कार।{% endif %}",
    },
    "en": {
        "language": "en",
        "text": "May it be a bright day, {{ name }}.{% if firm %} Our greetings to all at {{ firm }}.{% endif %}",
    },
}
OPENED = {"ur": "دکان کی سالگرہ", "hi": "दुकान की सालगिरह", "en": "The day the shop opened"}


def add_examples(example: sdk.Example) -> None:
    """Cards that were given and answered, one that waits, marks for the next festival, and a day of the firm."""
    people = list(example.customers.values())
    for number, customer_id in enumerate(people[:3]):
        _add_card(customer_id, number, example)
    sdk.db.session.add(Wording(is_example=True, tone="warm", **WORDINGS[sdk.firm().language]))
    sdk.db.session.commit()
    _add_own_day(example)
    soon = [one for one in feasts.coming(example.today, SOON_DAYS) if occasions.kind(one.key) != "festival"]
    for feast in soon[:2]:  # nothing is said of made-up people that is never said of real ones
        for customer_id in people[:4]:
            marked.mark(customer_id, feast.key, feast.turn, greet=True)
    if len(people) > 4:
        marked.wish(people[4], "birthday", wanted=False)


def _add_card(customer_id: int, number: int, example: sdk.Example) -> None:
    drafted = service.draft(customer_id, ("other", "other", "new_year")[number])
    card = Card(customer_id=customer_id, wish_key=sdk.norm(drafted.wish), is_example=True, **drafted._asdict())
    card.made_on = example.today - timedelta(days=(200, 1, 320)[number])
    card.turn = card.made_on.year
    if number != 1:
        card.given_on, card.given_how = card.made_on, "whatsapp"
        card.reply, card.replied_on = ("glad", None, "greeted_back")[number], card.made_on
    sdk.db.session.add(card)
    sdk.db.session.flush()
    likeness.keep(card.id, sdk.customers.get(customer_id), card.occasion, card.wish)


def _add_own_day(example: sdk.Example) -> None:
    day = example.today + timedelta(days=24)
    values = {"name": OPENED[sdk.firm().language], "year": None, "month": day.month, "day": min(day.day, 28)}
    sdk.db.session.execute(insert(OWN).values(**values, is_gone=False, is_example=True))
    sdk.db.session.commit()


def remove_examples() -> None:
    """Cards and marks went with their customers; the day of the firm, and days without marks, go now."""
    sdk.db.session.execute(delete(OWN).where(OWN.c.is_example))
    sdk.db.session.commit()
    phrasing.remove_examples()
    certain.drop_empty_days()
