"""The page that explains how effort is counted, lets the firm change the rule, and shows where customers disagree."""

from datetime import timedelta
from typing import Any

from loyalapp import sdk

from . import book, path, sentences
from .forms import RuleForm
from .views import pages

_ = sdk.texts("issues").gettext

LOOKED_BACK = timedelta(days=180)
MOST = 300  # problems that are looked at, and
SHOWN = 20  # of those on which we and the customer disagree, so many are shown


@pages.route("/effort", methods=["GET", "POST"])
@sdk.owner_saves
@sdk.private_page
def effort() -> Any:
    """The rule, what it makes of the newest problems, and where the customers see it differently."""
    form = RuleForm(data=path.rule()._asdict())
    if form.validate_on_submit() and form.attempt(_keep, form.typed()):
        sdk.note(_("Saved. From now on effort is counted so, also of older problems."))
        return sdk.redirect_to("issues.effort")
    told = [_judged(one) for one in book.answered(sdk.now() - LOOKED_BACK, MOST)]
    disagreeing = [one for one in told if one["differs"]]
    return form.page(
        "issues/effort.html",
        told=len(told),
        disagreeing=disagreeing[:SHOWN],
        count=len(disagreeing),
        names=sdk.customers.names({one["problem"].customer_id for one in disagreeing[:SHOWN]}),
        words=sentences,
        usual=path.Rule()._asdict(),
    )


def _keep(numbers: dict[str, Any]) -> bool:
    path.set_rule(numbers)
    return True


def _judged(problem: Any) -> dict[str, Any]:
    cost = path.of(problem)
    looks = path.looks(cost)
    return {
        "problem": problem,
        "cost": sentences.cost(cost),
        "points": path.points(cost),
        "looks": looks,
        "differs": path.differs(looks, problem.ease),
    }
