"""Lively example lines for the made-up customers."""

from datetime import timedelta

from loyalapp import sdk

from .models import Voice

# nickname, kind, sort of extra, how many days ago, may be named, words
LINES = (
    ("imran", "likes", None, 95, True, "آپ لوگ فون اٹھاتے ہیں، اور اسی دن بندہ بھیج دیتے ہیں۔"),
    ("imran", "extra_given", "service", 40, False, "دوسری ورکشاپ کی مشین مفت سیٹ کر دی۔"),
    ("farah", "stays", None, 200, False, "نئی لڑکیوں کو بھی مشین آپ خود آ کر سکھا دیتے ہیں۔"),
    ("sunita", "likes", None, 30, True, "रेट साफ़ बताते हैं, बाद में बदलता नहीं।"),
    ("sunita", "extra_given", "advice", 30, False, "बारीक कपड़े के लिए सही सुई बताई।"),
    ("ashok", "stays", None, 120, False, "माल हमेशा समय पर मिलता है।"),
    ("gurpreet", "extra_given", "delivery", 9, False, "Delivered on Sunday, before the school order."),
    ("john", "likes", None, 45, True, "You still have the parts for my old machine."),
    ("tariq", "extra_given", "payment", 95, False, "سیزن کی رقم دو قسطوں میں لی۔"),
)


def add_examples(example: sdk.Example) -> None:
    """What some of them said, and what some were given."""
    for nick, kind, extra, ago, may_name, words in LINES:
        if nick in example.customers:
            said_on = example.today - timedelta(days=ago)
            row = Voice(customer_id=example.customers[nick], kind=kind, words=words, extra=extra, said_on=said_on)
            row.may_name, row.is_example = may_name, True
            sdk.db.session.add(row)
    sdk.db.session.commit()
