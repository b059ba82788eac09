"""Who of these are customers? The entries of a phone book, looked at one by one and quickly.

Until somebody has looked at it an entry is `unsorted`: on no line of Today and in no figure. "Later" leaves it so and
goes on; the entries stand in the order of the page's alphabet, and after the last one those left for later come again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, tuple_, update

from loyalapp.core.alphabet import Run, walk
from loyalapp.core.clock import now
from loyalapp.core.db import db, rows
from loyalapp.core.errors import NotFound
from loyalapp.core.i18n import _, isolate_text, lazy_gettext
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.customers.questions import NOT_OURS

PAGE = 10
UNSORTED, LATER = "unsorted", "later"
# What an entry can be, by the key that says so: its name and its words.
ANSWERS = (
    ("1", "customer", lazy_gettext("Customer")),
    ("2", "prospect", lazy_gettext("Not yet a customer")),
    ("3", "not_ours", lazy_gettext("Not ours")),
    ("4", LATER, lazy_gettext("Later")),
)
STAGES = frozenset({"customer", "prospect", "not_ours", UNSORTED})
SORTED_BY_HAND = STAGES - {UNSORTED}
LONGEST_NOTE = 160
_WAITING = (NOT_OURS, Customer.stage == UNSORTED, Customer.removed_at.is_(None))  # the first names the index


@dataclass(frozen=True)
class Some:
    """A few entries. `after`: the cursor behind the last of them, "" at the end."""

    rows: Sequence[Any]
    after: str


def how_many(import_id: int | None = None) -> int:
    """How many entries nobody has looked at yet; of one import, or of all."""
    asked = select(func.count()).select_from(Customer).where(*_WAITING)
    if import_id is not None:
        asked = asked.where(Customer.import_id == import_id)
    return rows(asked).scalar() or 0


def some(after: str = "") -> Some:
    """The next entries; those from the beginning once more where there are none behind the cursor."""
    found = _after(after) if after else []
    found = found or _after("")
    more = len(found) > PAGE
    return Some(found[:PAGE], _cursor(found[PAGE - 1]) if more else "")


def _after(cursor: str) -> Sequence[Any]:
    number = select(Phone.number).where(Phone.customer_id == Customer.id).order_by(Phone.id).limit(1).scalar_subquery()
    asked = select(
        Customer.id,
        Customer.name,
        Customer.firm,
        Customer.trade,
        Customer.place,
        Customer.email,
        func.substr(Customer.notes, 1, LONGEST_NOTE).label("notes"),
        Customer.sort_key,
        number.label("number"),
    ).where(*_WAITING)
    one, _tilde, key = cursor.partition("~")
    place = (key, int(one)) if one.isdecimal() and len(one) < 10 and "\0" not in key else None

    def ask(run: Run, most: int) -> Sequence[Any]:
        here = tuple_(Customer.sort_key, Customer.id) > (run.key, run.number)
        some = asked.where(here, Customer.sort_key < run.end).order_by(Customer.sort_key, Customer.id)
        return rows(some.limit(most)).all()

    return walk(ask, place, PAGE + 1)


def _cursor(row: Any) -> str:
    return f"{row.id}~{row.sort_key}"


def put(customer_id: int, verdict: str) -> str:
    """Say what an entry is; the answer is a sentence about it.

    :param verdict: a name of `ANSWERS`, or "unsorted" to take an answer back.
    :raises NotFound: if it is not there any more, or for another word.
    """
    customer = customers.get(customer_id)
    name = isolate_text(customer.name)
    if verdict == LATER:
        return _("%(name)s waits for later.", name=name)
    allowed = SORTED_BY_HAND if verdict == UNSORTED else {UNSORTED, *SORTED_BY_HAND}
    if verdict not in STAGES or customer.stage not in allowed:
        raise NotFound(_("This was sorted already, or the page is an old one. Please open it again."))
    changed = update(Customer).where(Customer.id == customer_id, Customer.version == customer.version)
    db.session.execute(changed.values(stage=verdict, version=Customer.version + 1, updated_at=now()))
    db.session.commit()
    return {
        "customer": _("%(name)s is a customer.", name=name),
        "prospect": _("%(name)s is not yet a customer.", name=name),
        "not_ours": _("%(name)s is not ours and stands in no list.", name=name),
        UNSORTED: _("%(name)s waits again.", name=name),
    }[verdict]
