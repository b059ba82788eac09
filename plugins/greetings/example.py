"""Lively example cards for the made-up customers."""

from datetime import timedelta

from loyalapp import sdk

from . import service
from .models import Card


def add_examples(example: sdk.Example) -> None:
    """One card that was given, one that waits to be given."""
    for number, customer_id in enumerate(list(example.customers.values())[:2]):
        occasion = "other" if number else "birthday"
        drafted = service.draft(customer_id, occasion)
        card = Card(customer_id=customer_id, wish_key=sdk.norm(drafted.wish), is_example=True, **drafted._asdict())
        card.made_on = example.today - timedelta(days=200 if number == 0 else 1)
        if number == 0:
            card.given_on, card.given_how = card.made_on, "whatsapp"
        sdk.db.session.add(card)
    sdk.db.session.commit()
