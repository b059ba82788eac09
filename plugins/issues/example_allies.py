"""Made-up allies, what waits on them, and a photo of a broken part, beside the example problems."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, select

from loyalapp import sdk

from . import hours, kinds
from .models import Ally, AllySkill, Cause, HandOver, Photo, Problem, Step

PART = Path(__file__).with_name("designs") / "part.typ"
WIDTH, HEIGHT = 400, 300  # points of the drawing, dots of the photo
ALLIES = (
    {"name": "عثمان، ورکشاپ", "department": "repair", "whatsapp": "+923001112233", "language": "ur"},
    {"name": "रमेश, वर्कशॉप", "department": "repair", "phone": "+919822045678", "language": "hi"},
    {"name": "Kevin D’Souza", "department": "supplier", "firm": "JK Machines", "email": "kevin@jk-machines.example"},
)
GOOD_AT = {"عثمان، ورکشاپ": ("noise", "stops"), "रमेश, वर्कशॉप": ("stops",)}
ANSWERS = {"रमेश, वर्कशॉप": "नया स्प्रिंग लगाया, अब ठीक है।"}


def add_example_allies(example: sdk.Example) -> None:
    """Add them, and hand to them what the example problems were handed on."""
    named = {one["name"]: Ally(**one, is_example=True) for one in ALLIES}
    sdk.db.session.add_all(named.values())
    sdk.db.session.flush()
    by_key = {one.key: one.id for one in kinds.offered()}
    for name, keys in GOOD_AT.items():
        known = [by_key[key] for key in keys if key in by_key]
        sdk.db.session.add_all(AllySkill(ally_id=named[name].id, kind_id=one) for one in known)
    handed = select(Step).where(Step.kind == "handed_on", Step.note.in_(list(named)))
    for step in sdk.db.session.scalars(handed).all():
        _hand(step, named[step.note], example)
    _add_photo()
    sdk.db.session.commit()


def remove_examples() -> None:
    """Take out what is made up and was not changed, unless something of the user's own hangs on it."""
    for made_up, used in ((Ally, HandOver.ally_id), (Cause, Problem.cause_id)):
        in_use = select(used).where(used.is_not(None))
        sdk.db.session.execute(delete(made_up).where(made_up.is_example, made_up.id.not_in(in_use)))
    sdk.db.session.commit()


def _hand(step: Step, ally: Ally, example: sdk.Example) -> None:
    step.ally_id = ally.id
    day = sdk.local(step.happened_at).date()
    row = HandOver(problem_id=step.problem_id, ally_id=ally.id, to_name=ally.name, given_at=step.happened_at)
    row.answer_by = max(hours.due_day(day, 1), example.today)
    if answer := ANSWERS.get(ally.name):
        row.answer, row.answered_on, row.answer_by = answer, day + timedelta(days=3), day + timedelta(days=1)
        row.thanked_on = row.answered_on
    sdk.db.session.add(row)


def _add_photo() -> None:
    """With the problem that waits on somebody."""
    newest = select(HandOver.problem_id).join(Problem).where(HandOver.answered_on.is_(None), Problem.is_example)
    problem_id = sdk.db.session.scalar(newest.limit(1))
    if problem_id is not None:
        drawn = sdk.typeset(PART, {}, "png", 72)
        shown = {"mimetype": "image/png", "content": drawn, "small": drawn, "width": WIDTH, "height": HEIGHT}
        sdk.db.session.add(Photo(problem_id=problem_id, **shown))
