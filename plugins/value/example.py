"""Lively example lines for the made-up customers, whom to ask, and what the firm believes of itself."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from loyalapp import sdk

from .models import Voice, friend, guess, sort, theme

# nickname, kind, sort of extra, how many days ago, may be quoted, words, themes, money and minutes saved
LINES = (
    ("imran", "likes", "", 95, "name", "آپ لوگ فون اٹھاتے ہیں، اور اسی دن بندہ بھیج دیتے ہیں۔", "service speed", 0, 0),
    ("imran", "extra_given", "service", 40, "", "دوسری ورکشاپ کی مشین مفت سیٹ کر دی۔", "", 350_000, 120),
    ("imran", "extra_given", "advice", 130, "", "دھاگا بدلنے سے روز کا ٹوٹنا بند ہو گیا۔", "", 0, 300),
    ("farah", "stays", "", 200, "kind", "نئی لڑکیوں کو بھی مشین آپ خود آ کر سکھا دیتے ہیں۔", "service person", 0, 0),
    ("sunita", "likes", "", 30, "name", "रेट साफ़ बताते हैं, बाद में बदलता नहीं।", "trust price", 0, 0),
    ("sunita", "extra_given", "advice", 30, "", "बारीक कपड़े के लिए सही सुई बताई।", "", 0, 0),
    ("ashok", "stays", "", 120, "", "माल हमेशा समय पर मिलता है।", "delivery", 0, 0),
    ("ashok", "extra_given", "payment", 60, "", "त्योहार का माल दो किस्तों में दिया।", "", 0, 0),
    ("gurpreet", "extra_given", "delivery", 9, "", "Delivered on Sunday, before the school order.", "", 0, 180),
    ("gurpreet", "likes", "", 70, "kind", "You tell us honestly what we do not need.", "trust advice", 0, 0),
    ("john", "likes", "", 45, "name", "You still have the parts for my old machine.", "choice service", 0, 0),
    ("tariq", "extra_given", "payment", 95, "", "سیزن کی رقم دو قسطوں میں لی۔", "", 0, 0),
)
FRIENDS = ("tariq", "vikram")
SORT = {"ur": "نئے کاریگروں کو سکھانا", "hi": "नए कारीगरों को सिखाना", "en": "Teaching new workers"}
GUESSES = (("valued", "price", ""), ("valued", "service", ""), ("only", "", {
    "ur": "پرانی مشینوں کے پرزے بھی ملتے ہیں۔",
    "hi": "पुरानी मशीनों के पुर्ज़े भी मिलते हैं।",
    "en": "Parts for old machines too.",
}))  # fmt: skip


def add_examples(example: sdk.Example) -> None:
    """What some of them said, what some were given, two friends to ask, and our guess."""
    for line in LINES:
        if line[0] in example.customers:
            _add(line, example)
    marked = [one for one in FRIENDS if one in example.customers]
    for nick in marked:
        row = {"customer_id": example.customers[nick], "marked_on": example.today}
        sdk.db.session.execute(insert(friend).values(row))
    if not sdk.db.session.scalar(select(guess.c.id).limit(1)):
        for kind, key, words in GUESSES:
            text = words[sdk.current_language()] if isinstance(words, dict) else words
            row = {"kind": kind, "theme": key, "words": text, "made_on": example.today, "is_example": True}
            sdk.db.session.execute(insert(guess).values(row))
    if not sdk.db.session.scalar(select(sort.c.id).limit(1)):
        sdk.db.session.execute(insert(sort).values(name=SORT[sdk.current_language()], is_example=True))
    sdk.db.session.commit()


def _add(line: tuple[Any, ...], example: sdk.Example) -> None:
    nick, kind, extra, ago, quoting, words, themes, minor, minutes = line
    row = Voice(customer_id=example.customers[nick], kind=kind, words=words, extra=extra or None, quoting=quoting)
    row.said_on, row.is_example = example.today - timedelta(days=ago), True
    row.saved_minor, row.saved_minutes = minor, minutes
    sdk.db.session.add(row)
    sdk.db.session.flush()
    for key in themes.split():
        sdk.db.session.execute(insert(theme).values(voice_id=row.id, theme=key))


def remove_examples() -> None:
    """Take out what is made up and hangs on no customer."""
    sdk.db.session.execute(delete(guess).where(guess.c.is_example))
    kept = sdk.db.session.scalars(select(Voice.extra).where(Voice.extra.like("own-%")))
    used = {(one or "").removeprefix("own-") for one in kept}
    unused = sort.c.id.not_in([int(one) for one in used if one.isdecimal()])
    sdk.db.session.execute(delete(sort).where(sort.c.is_example, unused))
    sdk.db.session.commit()
