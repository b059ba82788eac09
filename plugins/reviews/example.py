"""Lively example reviews for the made-up customers."""

from datetime import timedelta

from loyalapp import sdk

from . import levels
from .models import Assessment, Review

# nickname: could they buy more, how many days ago the last review was held
SAID = {
    "imran": ("yes", 95),
    "sunita": ("yes", 30),
    "gurpreet": ("unknown", None),
    "ashok": ("no", 120),
    "tariq": ("yes", 91),
    "john": ("no", None),
}
HELD = {
    "imran": (
        {
            "us_tell": "فون اٹھا لیتے ہیں، یہی بڑی بات ہے۔",
            "needs_plans": "فروری سے دوسری ورکشاپ۔",
            "others_looked": "دو دکانیں برانڈرتھ روڈ پر۔",
        },
        "maintenance",
        "دونوں ورکشاپوں کے لیے سال بھر کی سروس۔",
    ),
    "sunita": (
        {"us_going": "मशीन अच्छी चल रही है।", "needs_time": "इस्तरी में सबसे ज़्यादा समय लगता है।"},
        "addon",
        "भाप वाली इस्तरी के साथ छोटा बॉयलर।",
    ),
    "ashok": ({"us_easier": "बिल साथ में भेज दिया करें।"}, "tip", "बटन मशीन में हर हफ़्ते एक बूँद तेल।"),
    "tariq": (
        {
            "needs_time": "سیزن میں کاج بنانے میں سب سے زیادہ وقت لگتا ہے۔",
            "others_better": "ان کے ہاں پرزے دکان پر مل جاتے ہیں۔",
        },
        "upgrade",
        "سیزن سے پہلے دوسری کاج مشین دیکھ لیں۔",
    ),
}
HALF = ("farah", {"us_going": "مشین ٹھیک چل رہی ہے۔", "needs_time": "کاج بنانے میں۔ بیس لڑکیاں ہیں اور مشین ایک۔"})


def add_examples(example: sdk.Example) -> None:
    """Some accounts assessed, some reviews held, one half done; two of them due these days."""
    nick, answers = HALF
    if nick in example.customers:
        begun = example.today - timedelta(days=1)
        _add(example, nick, opened_on=begun, answers=answers, state="open")
        sdk.db.session.add(Assessment(customer_id=example.customers[nick], next_on=example.today))
    for nick, (means, ago) in SAID.items():
        if nick in example.customers:
            _assess(example, nick, means, ago)
    sdk.db.session.commit()


def _assess(example: sdk.Example, nick: str, means: str, ago: int | None) -> None:
    next_on = example.today + timedelta(days=20)
    if ago is not None:
        held = example.today - timedelta(days=ago)
        level = "high" if means == "yes" else "middle"
        next_on = levels.next_day(held, level)
        answers, kind, text = HELD[nick]
        held_on = {"opened_on": held, "held_on": held, "next_on": next_on, "state": "closed"}
        _add(example, nick, level=level, answers=answers, kind=kind, recommendation=text, leaving="no", **held_on)
    said_on = example.today - timedelta(days=ago or 10)
    customer_id = example.customers[nick]
    sdk.db.session.add(Assessment(customer_id=customer_id, means=means, said_on=said_on, next_on=next_on))


def _add(example: sdk.Example, nick: str, **values: object) -> None:
    sdk.db.session.add(Review(customer_id=example.customers[nick], is_example=True, **values))
