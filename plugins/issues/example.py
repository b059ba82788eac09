"""Lively example problems of the made-up customers, by the name they go by in the example data."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import or_, select

from loyalapp import sdk

from . import known
from .causes import MENDED
from .models import URGENCIES, Cause, Problem, Step
from .steps import settle

MINUTES = {"visited": 75, "worked": 30}


class Told(NamedTuple):
    """One problem, told `ago` days ago; `steps` are what happened since: days ago, kind, note."""

    nick: str
    ago: int
    what: str
    item: str
    urgency: str
    steps: Sequence[tuple[int, str, str]] = ()


EXAMPLES = (
    Told(
        "gurpreet", 62, "The needle bends on thick cloth", "Sewing machine JK-8700", "trouble",
        ((62, "solved", "easy"),),
    ),
    Told(
        "ashok", 40, "बटन मशीन हर दसवें बटन पर अटकती है", "बटन मशीन", "stopped",
        (
            (39, "called", ""), (38, "handed_on", "रमेश, वर्कशॉप"), (36, "explained", ""), (35, "visited", ""),
            (35, "done", ""), (35, "solved", "hard"),
        ),
    ),
    Told("zainab", 9, "Iron se paani tapak raha hai", "Steam iron", "trouble", ((8, "solved", "so_so"),)),
    Told(
        "gurpreet", 30, "The light over the needle flickers", "Sewing machine JK-8700", "no_hurry",
        ((28, "worked", ""), (28, "done", ""), (26, "tried", ""), (25, "tried", ""), (24, "not_confirmed", "")),
    ),
    Told(
        "tariq", 4, "کاج مشین دو دن سے کپڑا کاٹ دیتی ہے", "کاج مشین", "trouble",
        ((3, "handed_on", "عثمان، ورکشاپ"), (1, "called", "")),
    ),
    Told(
        "zainab", 3, "Press ka pedal chipak jata hai", "Steam press", "trouble",
        ((2, "visited", ""), (2, "done", ""), (1, "tried", "")),
    ),
    # A year of problems, so that the figures say something
    Told("imran", 424, "سلائی مشین کا پیڈل ڈھیلا ہے", "سلائی مشین JK-8700", "trouble", ((423, "solved", "easy"),)),
    Told(
        "zainab", 302, "Dress form ka pehiya toot gaya", "Dress forms", "no_hurry",
        ((300, "worked", ""), (299, "done", ""), (298, "solved", "so_so")),
    ),
    Told(
        "nadeem", 285, "سوئیوں کا ڈبہ غلط آیا", "سوئیوں کا ڈبہ", "stopped",
        ((284, "called", ""), (282, "explained", ""), (280, "worked", ""), (279, "solved", "hard")),
    ),
    Told(
        "gurpreet", 252, "The cutting table wobbles", "Cutting table", "trouble",
        ((250, "visited", ""), (250, "solved", "easy")),
    ),
    Told("ashok", 214, "धागा बीच में टूट जाता है", "धागा", "trouble", ((213, "solved", "easy"),)),
    Told("priya", 188, "UPS की बैटरी जल्दी ख़त्म हो जाती है", "UPS 1000VA", "trouble", ((187, "solved", "easy"),)),
    # One thing of one customer that comes back again and again
    Told("priya", 120, "UPS सीटी बजाता है", "UPS 1000VA", "trouble", ((119, "visited", ""), (119, "solved", "easy"))),
    Told(
        "priya", 70, "UPS लोड नहीं उठाता", "UPS 1000VA", "stopped",
        ((69, "called", ""), (68, "visited", ""), (68, "solved", "so_so")),
    ),
    # One kind that is new in one group of goods: three in three scripts, one cause behind them
    Told("imran", 24, "سلائی مشین بہت شور کرتی ہے", "سلائی مشین JK-8700", "trouble", ((23, "solved", "easy"),)),
    Told("sunita", 15, "सिलाई मशीन बहुत आवाज़ करती है", "सिलाई मशीन JK-8700", "trouble", ((14, "solved", "easy"),)),
    Told(
        "john", 6, "The sewing machine makes a loud noise", "Sewing machine JK-8700", "trouble",
        ((5, "solved", "so_so"),),
    ),
    Told("imran", 1, "اوورلاک مشین بار بار دھاگا توڑتی ہے", "اوورلاک مشین 747", "stopped"),
    Told("sunita", 0, "इस्तरी का तार ढीला लगता है", "भाप वाली इस्तरी", "no_hurry"),
)  # fmt: skip

CAUSES = (
    (
        "دھاگے کا گائیڈ گھسا ہوا ہے", "گائیڈ کو آدھا چکر گھمائیں، پھر دھاگا دوبارہ ڈالیں۔",
        ("بار بار دھاگا",), False,
    ),
    (
        "The belt of the new machines is loose", "Open the cover, turn the screw beside the belt once to the right.",
        ("شور کرتی", "आवाज़ करती", "loud noise"), True,
    ),
)  # fmt: skip


def add_examples(example: sdk.Example) -> None:
    """Add those whose customer is there."""
    for one in EXAMPLES:
        if one.nick in example.customers:
            _add(one, example.customers[one.nick], example)
    _behind_it(example)
    sdk.db.session.commit()


def _behind_it(example: sdk.Example) -> None:
    """Two causes with their quick fixes; one is mended, and there is whom to tell."""
    for title, fix, words, mended in CAUSES:
        found = [Problem.what.contains(one) for one in words]
        problems = sdk.db.session.scalars(select(Problem).where(Problem.is_example, or_(*found))).all()
        if problems:
            kind_id, group = problems[-1].kind_id, problems[-1].product_group
            cause = Cause(title=title, fix=fix, is_example=True, kind_id=kind_id, product_group=group)
            if mended:
                cause.state, cause.fixed_on = MENDED, example.today - timedelta(days=2)
            sdk.db.session.add(cause)
            sdk.db.session.flush()
            for one in problems:
                one.cause_id = cause.id


def _add(one: Told, customer_id: int, example: sdk.Example) -> None:
    told = sdk.now() - timedelta(days=one.ago, hours=1)
    problem = Problem(
        customer_id=customer_id,
        what=one.what,
        item=one.item,
        opened_at=told,
        next_step_on=example.today,
        urgency=one.urgency,
        rank=URGENCIES.index(one.urgency),
        is_example=True,
    )
    sdk.db.session.add(problem)
    sdk.db.session.flush()
    known.was_recorded(problem)
    steps = [Step(problem_id=problem.id, kind="told", happened_at=told)]
    for number, (ago, kind, note) in enumerate(one.steps, start=1):
        moment = told + timedelta(days=one.ago - ago, minutes=10 * number)
        minutes = MINUTES.get(kind, 0)
        steps.append(Step(problem_id=problem.id, kind=kind, note=note, happened_at=moment, minutes=minutes))
        problem.minutes = (problem.minutes or 0) + minutes
    for step in steps:  # one by one, so that their ids stand in the order of what happened
        sdk.db.session.add(step)
        sdk.db.session.flush()
    settle(problem)
