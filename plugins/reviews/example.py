"""Lively example reviews for the made-up customers."""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Table, delete, func, insert, select, update

from loyalapp import sdk

from . import levels
from .models import ANSWER, APPOINTMENT, MENTION, QUESTION, TIP, Assessment, Review
from .models import SAID as SAID_TABLE

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


# nickname: which shop they spoke of, what they said, how sure we are, how many days ago
HEARD = {
    "imran": ("", "دو دکانیں برانڈرتھ روڈ پر۔", "said", 95),
    "tariq": ("", "ان کے ہاں پرزے دکان پر مل جاتے ہیں۔", "said", 91),
    "sunita": ("सदर बाज़ार", "वहाँ प्रेस किश्तों पर मिलती है।", "seen", 12),
}
OWN_QUESTION = {
    "ur": "ہماری دکان پر آ کر سب سے پہلے کیا دیکھتے ہیں؟",
    "hi": "हमारी दुकान पर आकर सबसे पहले क्या देखते हैं?",
    "en": "When you come to our shop, what do you look at first?",
    "ur-Latn": "Hamari dukan par aa kar sab se pehle kya dekhte hain?",
    "hi-Latn": "Hamari dukan par aakar sabse pehle kya dekhte hain?",
}
OWN_TIP = {
    "ur": "پہلی بار آنے والے کو پانی پوچھیں، پھر کام۔ بات وہیں سے بنتی ہے۔",
    "hi": "पहली बार आने वाले को पानी पूछें, फिर काम। बात वहीं से बनती है।",
    "en": "Offer water to whoever comes for the first time, and then ask what they want.",
    "ur-Latn": "Pehli baar aane wale ko pani poochhein, phir kaam. Baat wahin se banti hai.",
    "hi-Latn": "Pehli baar aane wale ko paani poochhein, phir kaam. Baat wahin se banti hai.",
}
AGREED = ("gurpreet", 2, "17:00")  # nickname, in how many days, at what time
ASK_AGAIN = ("john", 0)
FOLLOW_UP = "ashok"


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
    _around(example)
    sdk.db.session.commit()


def _around(example: sdk.Example) -> None:
    """What was said of other shops, what was agreed, and a question of the firm's own."""
    for nick, (shop, words, sure, ago) in HEARD.items():
        if nick in example.customers:
            row = {"shop": shop, "words": words, "sure": sure, "heard_on": example.today - timedelta(days=ago)}
            _insert(MENTION, customer_id=example.customers[nick], **row)
    for (nick, days, *hour), state in ((AGREED, "agreed"), (ASK_AGAIN, "asked_later")):
        if nick in example.customers:
            day = example.today + timedelta(days=days)
            row = {"state": state, "day": day, "hour": hour[0] if hour else "", "made_on": example.today}
            _insert(APPOINTMENT, customer_id=example.customers[nick], channel="call" if hour else "", note="", **row)
            planned = update(Assessment).where(Assessment.customer_id == example.customers[nick])
            sdk.db.session.execute(planned.values(next_on=day))
    _insert(QUESTION, area="us", words=OWN_QUESTION, direct={})
    _insert(TIP, words=OWN_TIP)


def _insert(table: Table, **values: object) -> None:
    sdk.db.session.execute(insert(table).values(**values, is_example=True))


def remove_examples() -> None:
    """The made-up question and tip go, unless somebody has changed them or it was answered by now."""
    answered = select(ANSWER.c.id).where(ANSWER.c.question == func.concat("own:", QUESTION.c.id)).exists()
    sdk.db.session.execute(delete(QUESTION).where(QUESTION.c.is_example, QUESTION.c.version == 1, ~answered))
    sdk.db.session.execute(delete(TIP).where(TIP.c.is_example, TIP.c.version == 1))
    sdk.db.session.commit()


def _assess(example: sdk.Example, nick: str, means: str, ago: int | None) -> None:
    next_on = example.today + timedelta(days=20)
    if ago is not None:
        held = example.today - timedelta(days=ago)
        level = "high" if means == "yes" else "middle"
        next_on = levels.next_day(held, levels.RHYTHM[level])
        answers, kind, text = HELD[nick]
        ask_on = example.today if nick == FOLLOW_UP else None
        held_on = {"opened_on": held, "ask_on": ask_on, "held_on": held, "next_on": next_on, "state": "closed"}
        _add(example, nick, level=level, answers=answers, kind=kind, recommendation=text, mood="content", **held_on)
    said_on = example.today - timedelta(days=ago or 10)
    customer_id = example.customers[nick]
    at = datetime.combine(said_on, time(6), UTC)
    told = {"customer_id": customer_id, "said_at": at, "what": "means", "answer": means, "reason": ""}
    sdk.db.session.execute(insert(SAID_TABLE).values(**told))
    sdk.db.session.add(Assessment(customer_id=customer_id, means=means, said_on=said_on, next_on=next_on))


def _add(example: sdk.Example, nick: str, *, answers: dict[str, str], **values: object) -> Review:
    review = Review(customer_id=example.customers[nick], is_example=True, **values)
    sdk.db.session.add(review)
    sdk.db.session.flush()
    need = {"needs_time": "need"} if review.state == "open" else {}  # as the tick stands on the page
    said = [
        {"review_id": review.id, "question": key, "said": words, "asked": "", "keep_as": need.get(key, "")}
        for key, words in answers.items()
    ]
    sdk.db.session.execute(insert(ANSWER), said)
    return review
