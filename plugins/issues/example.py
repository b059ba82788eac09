"""Lively example problems of the made-up customers, by the name they go by in the example data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from loyalapp import sdk

from .models import Problem, Step


@dataclass(frozen=True)
class Told:
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
        ((39, "called", ""), (38, "handed_on", "रमेश, वर्कशॉप"), (36, "called", ""), (35, "solved", "hard")),
    ),
    Told("zainab", 9, "Iron se paani tapak raha hai", "Steam iron", "trouble", ((8, "solved", "so_so"),)),
    Told(
        "tariq", 4, "کاج مشین دو دن سے کپڑا کاٹ دیتی ہے", "کاج مشین", "trouble",
        ((3, "handed_on", "عثمان، ورکشاپ"), (1, "called", "")),
    ),
    Told("imran", 1, "اوورلاک مشین بار بار دھاگا توڑتی ہے", "اوورلاک مشین 747", "stopped"),
    Told("sunita", 0, "इस्तरी का तार ढीला लगता है", "भाप वाली इस्तरी", "no_hurry"),
)  # fmt: skip


def add_examples(example: sdk.Example) -> None:
    """Add those whose customer is there."""
    for one in EXAMPLES:
        if one.nick in example.customers:
            _add(one, example.customers[one.nick], example)
    sdk.db.session.commit()


def _add(one: Told, customer_id: int, example: sdk.Example) -> None:
    told = sdk.now() - timedelta(days=one.ago, hours=1)
    kinds = [kind for _ago, kind, _note in one.steps]
    problem = Problem(
        customer_id=customer_id,
        what=one.what,
        item=one.item,
        urgency=one.urgency,
        opened_at=told,
        next_step_on=example.today,
        contacts=1 + kinds.count("called"),
        handed_on=kinds.count("handed_on"),
        turn=1 + len(kinds),
        is_example=True,
    )
    sdk.db.session.add(problem)
    sdk.db.session.flush()
    steps = [Step(problem_id=problem.id, kind="told", happened_at=told)]
    for number, (ago, kind, note) in enumerate(one.steps, start=1):
        moment = told + timedelta(days=one.ago - ago, minutes=10 * number)
        steps.append(Step(problem_id=problem.id, kind=kind, note=note, happened_at=moment))
    for step in steps:  # one by one, so that their ids stand in the order of what happened
        sdk.db.session.add(step)
        sdk.db.session.flush()
    if steps[-1].kind == "solved":
        problem.state, problem.solved_at, problem.ease = "confirmed", steps[-1].happened_at, steps[-1].note
