"""Invents customers and what happened with them: 40 % Urdu, 30 % Hindi, 30 % Latin names, 1,500 of them distinct."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

FIRST = {
    "ur": """
        عمران فاطمہ احمد عائشہ بلال زینب طارق نازیہ حامد سعدیہ کاشف مریم یاسر
        ثنا عثمان خدیجہ اویس رابعہ فیصل حنا ندیم شازیہ وقاص کرن عرفان
    """,
    "hi": """
        राजेश सुनीता अमित प्रिया संजय अनीता विजय पूजा मनोज रेखा सुरेश कविता
        दीपक नेहा अजय सीमा राहुल मीना विकास ममता अशोक गीता रवि उषा मुकेश
    """,
    "en": """
        Imran Priya George Ayesha Rahul Fatima Sunil Maria Bilal Neha Joseph
        Hina Vikram Sana Arjun Rabia David Kavita Asif Pooja Michael Nadia
        Suresh Zara Tariq Anita Peter Mehwish Deepak Saima
    """,
}  # fmt: skip
LAST = {
    "ur": """
        صدیقی خان چوہدری شیخ ملک بٹ قریشی انصاری ہاشمی بخاری گیلانی رضوی نقوی
        اعوان مغل راجپوت بلوچ آفریدی یوسفزئی میمن جاوید اقبال رشید حسین
    """,
    "hi": """
        शर्मा वर्मा गुप्ता सिंह यादव मिश्रा पाण्डेय जोशी चौहान अग्रवाल
        त्रिपाठी सक्सेना मेहता कपूर भट्ट राठौर तिवारी दुबे
    """,
    "en": """
        Siddiqui Khan Sharma Patel D'Souza Malik Verma Fernandes Chaudhry
        Gupta Masih Iyer Sheikh Reddy Mehta
    """,
}  # fmt: skip
FIRMS = {
    "ur": ("صدیقی ٹریڈرز", "مدینہ الیکٹرونکس", "پاک مشینری"),
    "hi": ("शर्मा ट्रेडर्स", "गणेश इलेक्ट्रॉनिक्स"),
    "en": ("City Traders", "Star Electronics"),
}
PLACES = {
    "ur": ("لاہور", "کراچی", "فیصل آباد", "ملتان"),
    "hi": ("दिल्ली", "कानपुर", "लखनऊ", "जयपुर"),
    "en": ("Lahore", "Delhi", "Karachi", "Mumbai"),
}
LOCALITIES = {
    "ur": ("گلبرگ", "صدر", "ماڈل ٹاؤن"),
    "hi": ("करोल बाग", "चाँदनी चौक"),
    "en": ("Gulberg", "Saddar", "Bandra"),
}
FORMS = {"ur": "صاحب", "hi": "जी", "en": "Mr"}
SAID = {
    "ur": ("مشین ٹھیک چل رہی ہے، اگلے مہینے ایک اور چاہیے۔", "قیمت ذرا زیادہ لگی، سوچ کر بتائیں گے۔"),
    "hi": ("मशीन ठीक चल रही है, अगले महीने एक और चाहिए।", "दाम थोड़ा ज़्यादा लगा, सोचकर बताएँगे।"),
    "en": ("The machine runs well, one more next month.", "The price felt high, they will think about it."),
}
ITEMS = ("Sewing machine JK-8700", "Overlock 747", "استری سٹینڈ", "कटिंग टेबल", "Generator 5 kVA", "Motor 1 HP")
CHANNELS = ("call", "whatsapp", "visit", "counter")
SEARCHES = "عمرا فاطم صدی خان राजे शर्म गुप् Fati imra Shar d'so 0300123 लखन Star"
THREE_YEARS = 1095


@dataclass(frozen=True)
class Person:
    """A language with what stands in the columns of a customer."""

    language: str
    values: dict[str, Any]
    number: str


def names() -> dict[str, list[str]]:
    """All names by language."""
    return {one: [" ".join(pair) for pair in product(FIRST[one].split(), LAST[one].split())] for one in FIRST}


def people(count: int, day: date, seed: int = 7) -> Iterator[Person]:
    """Customers, always the same ones for a day."""
    dice, known = random.Random(seed), names()
    for number in range(1, count + 1):
        language = dice.choices(("ur", "hi", "en"), (40, 30, 30))[0]
        born = day - timedelta(days=dice.randrange(7000, 25000)) if dice.random() < 0.2 else None
        since = day - timedelta(days=dice.randrange(0, 4000)) if dice.random() < 0.6 else None
        values = {
            "id": number,
            "name": dice.choice(known[language]),
            "address_form": FORMS[language] if dice.random() < 0.5 else None,
            "firm": dice.choice(FIRMS[language]) if dice.random() < 0.4 else None,
            "place": dice.choice(PLACES[language]),
            "locality": dice.choice(LOCALITIES[language]) if dice.random() < 0.5 else None,
            "message_language": language if dice.random() < 0.6 else None,
            "birth_year": born.year if born else None,
            "birth_month": born.month if born else None,
            "birth_day": born.day if born else None,
            "since": since,
            "since_month": since.month if since else None,
            "since_day": since.day if since else None,
        }
        yield Person(language, values, f"+9{dice.choice(('23', '19'))}{dice.randrange(10**9):09d}")


def owners(count: int, total: int, dice: random.Random) -> Iterator[int]:
    """Whose the interactions are: every tenth customer has 25, the others share the rest."""
    for regular in regulars(count):
        yield from [regular] * 25
    for _rest in range(total - 25 * len(regulars(count))):
        yield dice.randrange(1, count + 1)


def regulars(count: int) -> range:
    """Ids of the customers with at least 25 interactions."""
    return range(10, count + 1, 10)


def interactions(count: int, total: int, now: datetime) -> Iterator[dict[str, Any]]:
    """Contacts of the last three years."""
    dice = random.Random(11)
    for owner in owners(count, total, dice):
        said = dice.choice(SAID[dice.choice(("ur", "hi", "en"))])
        yield {
            "customer_id": owner,
            "happened_at": now - timedelta(minutes=dice.randrange(THREE_YEARS * 1440)),
            "channel": dice.choice(CHANNELS),
            "started_by": "us" if dice.random() < 0.7 else "customer",
            "unasked": dice.random() < 0.4,
            "said": said,
            "learned": said if dice.random() < 0.05 else "",
            "note": said if dice.random() < 0.2 else "",
        }


def purchases(count: int, total: int, day: date) -> Iterator[dict[str, Any]]:
    """Sales of the last three years; a third was written down by hand, the rest came with a list."""
    dice = random.Random(13)
    for _number in range(total):
        bought_on = day - timedelta(days=dice.randrange(THREE_YEARS))
        yield {
            "customer_id": dice.randrange(1, count + 1) if dice.random() < 0.5 else dice.choice(regulars(count)),
            "item": dice.choice(ITEMS),
            "bought_on": bought_on,
            "amount_minor": dice.randrange(5, 5000) * 10_000,
            "currency": "PKR",
            "warranty_until": bought_on + timedelta(days=365) if dice.random() < 0.2 else None,
            "import_id": None if dice.random() < 0.33 else 1,
        }
