"""What is written down of causes and kinds."""

from loyalapp import sdk

from . import kinds
from .causes import LONGEST

_ = sdk.texts("issues")


class CauseForm(sdk.Form):
    """A cause: what is behind it, the quick fix, other words for it, and who looks after it."""

    title = sdk.TextField(_.lazy("What is behind it?"), longest=LONGEST["title"])
    fix = sdk.AreaField(_.lazy("What helps at once?"), longest=LONGEST["fix"])
    words = sdk.AreaField(_.lazy("How else do customers say it?"), longest=LONGEST["words"])
    owner = sdk.SelectField(_.lazy("Who looks after it?"), choices=[])

    def offer(self) -> None:
        """Those who work here now."""
        here = [(str(number), sdk.isolate_text(name)) for number, name in sdk.staff.active()]
        self.owner.choices = [("", _("Nobody in particular")), *here]


class KindForm(sdk.Form):
    """A kind of the firm's own."""

    name = sdk.TextField(_.lazy("Another kind"), longest=kinds.LONGEST, required=_.lazy("Please write a name."))
