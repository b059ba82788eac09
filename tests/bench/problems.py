"""Fifty thousand problems: their list and the look for others like it, against the floor's pages of the same rows.

The floor's file holds each problem where it else holds a customer: its words, its thing and who told it in the line,
and an FTS5 index over words and thing, which knows neither spellings nor scripts.
"""

import importlib
import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any
from urllib.parse import quote

from loyalapp.app import create_app
from loyalapp.core import clock
from loyalapp.core.config import Config
from loyalapp.core.db import connector, db
from loyalapp.core.logs import close_log
from tests.bench import data, servers, table
from tests.bench.floor import PAGE, SCHEMA
from tests.bench.races import Race, in_rounds

CUSTOMERS, PROBLEMS = 10_000, 50_000
OPEN_OF = 50  # every so-manieth is open still
A_STEP = timedelta(minutes=25)  # from one to the next
ITEMS = ("سلائی مشین", "Overlock 747", "इस्तरी", "Generator 5 kVA", "پانی کا پمپ", "")
WORDS = {
    "ur": (
        "پنکھا موٹر پمپ مشین بیٹری جنریٹر اے سی سوئی بیلٹ فریج",
        "بہت بار بار صبح سے دو دن سے کبھی کبھی اچانک",
        "آواز کرتا ہے|بند ہو جاتی ہے|گرم ہو جاتا ہے|پانی ٹپکاتا ہے|نہیں چلتی|ٹوٹ جاتی ہے|جھٹکے دیتا ہے",
    ),
    "hi": (
        "पंखा मोटर पंप मशीन बैटरी जनरेटर सुई बेल्ट फ़्रिज इस्तरी",
        "बहुत बार बार सुबह से दो दिन से कभी कभी अचानक",
        "आवाज़ करता है|बंद हो जाती है|गर्म हो जाता है|पानी टपकाता है|नहीं चलती|टूट जाती है|झटके देता है",
    ),
    "en": (
        "pankha motor pump machine battery generator sui belt fridge istri",
        "bohat baar baar subah se do din se kabhi kabhi achanak",
        "awaz karta hai|band ho jati hai|garam ho jata hai|pani tapakta hai|nahin chalti|toot jati hai|jhatke deta hai",
    ),
}
LINE = "p.id, c.name, p.item, p.what, '', '', p.rank || p.opened_at"
TOLD = "main.plg_issues_problem p JOIN main.customer c ON c.id = p.customer_id"
COPY = (
    f"INSERT INTO floor.customer SELECT {LINE} FROM {TOLD}",
    "INSERT INTO floor.words (rowid, norm) SELECT id, item || ' ' || what FROM main.plg_issues_problem",
    "CREATE INDEX floor.by_name ON customer (sort_key, id)",
)


def sentences(seed: int) -> Iterator[str]:
    """What customers say, in three scripts: a thing, how often, what it does, and now and then a rare word."""
    dice = random.Random(seed)
    while True:
        language = dice.choices(("ur", "hi", "en"), (40, 30, 30))[0]
        things, often, does = WORDS[language]
        rare = f" {dice.choice('ABCDEFGH')}{dice.randrange(100, 999)}" if dice.random() < 0.2 else ""
        yield f"{dice.choice(things.split())} {dice.choice(often.split())} {dice.choice(does.split('|'))}{rare}"


def typed() -> list[str]:
    """What is asked while such sentences are typed: after the first word, the second, and so on."""
    told = [one.split() for one in islice(sentences(5), 40)]
    return [" ".join(words[:end]) for words in told for end in range(1, len(words) + 1)]


def _fill(rows: data.Rows) -> None:
    data.fill(rows.data, rows.customers)
    app = create_app(Config.from_options(data_dir=rows.data))
    with app.app_context():
        _add_problems(rows.customers)
        db.session.remove()
        db.engine.dispose()
    close_log()
    link = connector(rows.data / "loyalapp.sqlite3")()
    link.execute("ATTACH DATABASE ? AS floor", (str(rows.floor),))
    for statement in (*SCHEMA, *COPY):
        link.execute(statement)
    link.execute("DETACH DATABASE floor")
    link.close()


def _add_problems(customers: int) -> None:
    models, similar = (importlib.import_module(f"plugins.issues.{one}") for one in ("models", "similar"))
    values = list(_problems(customers))
    data.in_bulk(models.Problem, values)
    similar.keep_all((one["id"], f"{one['item']} {one['what']}") for one in values)
    db.session.commit()


def _problems(customers: int) -> Iterator[dict[str, Any]]:
    dice, now, told = random.Random(17), clock.now(), sentences(19)
    for number in range(100, PROBLEMS + 100):  # the first ones are those of Today
        opened, is_open = now - number * A_STEP, number % OPEN_OF == 0
        rank = dice.randrange(3)
        yield {
            "id": number, "customer_id": dice.randrange(1, customers + 1), "what": next(told),
            "item": dice.choice(ITEMS), "product_group": "", "rank": rank, "state": "open" if is_open else "confirmed",
            "urgency": ("stopped", "trouble", "no_hurry")[rank], "is_over": not is_open, "opened_at": opened,
            "next_step_on": now.date(), "solved_at": None if is_open else opened + timedelta(hours=5),
            "ease": None if is_open else dice.choice(("easy", "easy", "so_so", "hard")),
        }  # fmt: skip


def problems(rounds: int, count: int) -> None:
    """The list of open ones as it is kept and as it is drawn anew, and the look for problems like the one typed."""
    rows = data.kept(f"problems-{PROBLEMS}", CUSTOMERS, _fill)
    changing = connector(rows.data / "loyalapp.sqlite3")()
    change = "INSERT OR REPLACE INTO setting (key, value) VALUES ('bench', abs(random()))"
    like = [f"/plugins/issues/similar?what={quote(one)}" for one in typed()]
    plain = [f"/search?q={quote(one)}" for one in typed()]
    page = f"problems, page 1 of {PROBLEMS // OPEN_OF // PAGE}"
    races = [
        Race(page, ["/plugins/issues/"], ["/"], 2.0, 1.5),
        Race("  the same just after a change", ["/plugins/issues/"], ["/"], 0, before=lambda: changing.execute(change)),
        Race(
            "  customers' list, the same just after a change",
            ["/customers/"],
            ["/"],
            0,
            before=lambda: changing.execute(change),
        ),
        Race("problems like it, while typing", like, plain, 1.6, 1.4),
    ]
    crowds = [
        Race("eight clients, p95: problems", ["/plugins/issues/"], ["/"], 2.5),
        Race("eight clients, p95: problems like it", like, plain, 2),
    ]
    with servers.app(rows.data) as app, servers.floor(rows.floor) as floor:
        ours, theirs = app.visitor(), floor.visitor()
        for race in races:
            race.run(ours, theirs, len(race.ours))
            race.ratios.clear(), race.times.clear()
        in_rounds(races, rounds, lambda race: race.run(ours, theirs, max(count, len(race.ours))))
        in_rounds(crowds, rounds, lambda race: race.run_crowd(app, floor, count))
    changing.close()
    table.races([*races, *crowds])
