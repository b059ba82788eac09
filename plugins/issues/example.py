"""Lively example problems of the made-up customers, by the name they go by in the example data."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select

from loyalapp import sdk

from . import known
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
    Told("imran", 1, "اوورلاک مشین بار بار دھاگا توڑتی ہے", "اوورلاک مشین 747", "stopped"),
    Told("sunita", 0, "इस्तरी का तार ढीला लगता है", "भाप वाली इस्तरी", "no_hurry"),
)  # fmt: skip


def add_examples(example: sdk.Example) -> None:
    """Add those whose customer is there."""
    for one in EXAMPLES:
        if one.nick in example.customers:
            _add(one, example.customers[one.nick], example)
    _behind_it()
    sdk.db.session.commit()


def _behind_it() -> None:
    """One cause with its quick fix, behind the overlock machine that breaks the thread."""
    words = select(Problem).where(Problem.is_example, Problem.what.contains("دھاگا"))
    if problem := sdk.db.session.scalars(words.limit(1)).first():
        cause = Cause(title="دھاگے کا گائیڈ گھسا ہوا ہے", is_example=True, kind_id=problem.kind_id)
        cause.fix, cause.product_group = "گائیڈ کو آدھا چکر گھمائیں، پھر دھاگا دوبارہ ڈالیں۔", problem.product_group
        sdk.db.session.add(cause)
        sdk.db.session.flush()
        problem.cause_id = cause.id


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
