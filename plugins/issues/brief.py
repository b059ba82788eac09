"""What an ally is told: everything, in the ally's language, so that the customer never repeats anything (A6).

The same lines as a text for WhatsApp and e-mail, and as a sheet with the photos, a picture or a PDF. Of the customer it
has the name and the place; number and address only where the ally is to reach them.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from sqlalchemy import select

from loyalapp import sdk

from . import allies, book, photos, pledges, steps, waiting
from .models import Ally, HandOver, Problem

FILE = Path(__file__).with_name("hand_over.toml")
SHEET = Path(__file__).with_name("designs") / "hand_over.typ"
QUOTES = {"ur": "”{}“"}
# Letters that run against those of a language: what holds one is kept apart inside a sentence.
AGAINST = {"ur": re.compile(r"[A-Za-z\u0900-\u097f]")}
FROM_RIGHT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufefc]")
ENDS = {"ur": "۔", "hi": "।"}
OF_STEPS = {"visited": "went_there", "not_solved": "not_solved"}  # what is told of the steps themselves
SHORT_WORDS = (70, 45, 25)  # letters of the customer's words in what a phone reads from a screen


class Brief(NamedTuple):
    """What an ally is told. `rows`: what stands before a line, and the line. `end`: how it closes."""

    language: str
    title: str
    lead: Sequence[str]
    rows: Sequence[tuple[str, str]]
    end: str
    short: Sequence[str]


@cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text("utf-8"))


def language_of(ally: Ally | None) -> str:
    """The ally's own language; where we do not know it, the one of this screen."""
    known = ally.language if ally is not None else None
    return known if known in sdk.MESSAGE_LANGUAGES else sdk.current_language()


def of(given: Any, language: str | None = None) -> Brief:
    """What the ally of a hand-over is told; `given` is a row of `waiting` or a `HandOver`."""
    hand_over = sdk.db.session.get(HandOver, given.id)
    problem = steps.get(given.problem_id)
    ally = allies.get(hand_over.ally_id) if hand_over and hand_over.ally_id else None
    spoken = language if language in sdk.MESSAGE_LANGUAGES else language_of(ally)
    with sdk.in_language(_page_language(spoken)):
        return _brief(hand_over, problem, spoken)


def _page_language(language: str) -> str:
    return "en" if "-" in language else language


def _brief(given: Any, problem: Problem, language: str) -> Brief:
    said, customer = _all()[language], sdk.customers.get(problem.customer_id)
    name = sdk.customers.addressed(customer, _page_language(language))
    item = _within(_one_line(problem.item), language)
    title = said["title_thing"].format(item=item) if item else said["title"]
    return Brief(
        language,
        title,
        [said["hello"].format(name=_within(given.to_name, language)), _asks(problem, language)],
        [(said[key], text) for key, text in _lines(given, problem, customer, name, language) if text],
        said["end"],
        [_short(said, given, problem, name, sdk.plain(title), most, language) for most in SHORT_WORDS],
    )


def _asks(problem: Problem, language: str) -> str:
    sender, firm = (_within(one, language) for one in (sender_of(problem), sdk.firm().name))
    return _all()[language]["asks" if sender else "asks_alone"].format(sender=sender, firm=firm)


def _within(text: str, language: str) -> str:
    """What stands inside a sentence of ours: apart where its letters would turn the sentence round."""
    return sdk.isolate_text(text) if AGAINST.get(language, FROM_RIGHT).search(text) else text


def sender_of(problem: Problem) -> str:
    """Who is responsible, as they are called; else how the firm signs."""
    whose = problem.staff_member_id
    return sdk.staff.names([whose]).get(whose, "") if whose else sdk.firm().sender


def _lines(given: Any, problem: Problem, customer: Any, name: str, language: str) -> Iterator[tuple[str, str]]:
    said = _all()[language]
    yield "customer", name
    yield from _where(given, customer, language)
    yield "words", QUOTES.get(language, "“{}”").format(problem.what.strip())
    yield from _thing(problem, said)
    yield "urgency", said.get(problem.urgency, "")
    yield "since", _day(sdk.local(problem.opened_at).date())
    if problem.contacts > 1:
        yield "contacts", said["contacts_count"].format(count=sdk.format_number(problem.contacts))
    yield "tried", _tried(given, problem, said)
    for one in pledges.of([problem.id]).get(problem.id, []):
        if one.is_open:
            what = _within(_one_line(one.what).rstrip(".۔।"), language)
            yield "promised", said["promised_by"].format(what=what, day=_day(one.due_on))
    if count := photos.count(problem.id):
        yield "photos", said["photos_count"].format(count=sdk.format_number(count))
    yield "ask", given.note or said["ask_help"]
    yield "by", _day(given.answer_by, "weekday")


def _where(given: Any, customer: Any, language: str) -> Iterator[tuple[str, str]]:
    comma = "، " if language == "ur" else ", "
    near = [customer.locality, customer.place]
    parts = [customer.address, *near] if given.with_contact else near
    yield "place", comma.join(dict.fromkeys(one for one in parts if one))
    if given.with_contact and customer.phones:
        yield "phone", sdk.isolate_text(customer.phones[0].number, ltr=True)


def _thing(problem: Problem, said: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield "thing", _one_line(problem.item)
    own = _own_of(problem)
    if own is None:
        return
    yield "serial", own.serial or ""
    if own.warranty_until:
        key = "warranty_until" if own.warranty_until >= sdk.today() else "warranty_over"
        yield "warranty", said[key].format(day=_day(own.warranty_until))
    if getattr(own, "contract_until", None) and own.contract_until >= sdk.today():
        yield "contract", said["contract_until"].format(day=_day(own.contract_until))


def _own_of(problem: Problem) -> Any:
    """The thing as the customer has it, else the sale it came with."""
    if problem.owned_item_id:
        return sdk.db.session.get(sdk.OwnedItem, problem.owned_item_id)
    if not problem.purchase_id:
        return None
    came_with = select(sdk.OwnedItem).where(sdk.OwnedItem.purchase_id == problem.purchase_id).limit(1)
    owned = sdk.db.session.scalars(came_with.order_by(sdk.OwnedItem.id)).first()
    return owned or sdk.db.session.get(sdk.Purchase, problem.purchase_id)


def _tried(given: Any, problem: Problem, said: dict[str, str]) -> str:
    """What was tried, as it was written here, what others who were asked before have said, and what is in the book.

    Empty where we did something about it of which nothing more is known than that.
    """
    before = [one for one in waiting.all_of(problem.id) if one.id < given.id and one.answer]
    answers = [f"{one.name}: {_one_line(one.answer)}" for one in reversed(before) if one.answer not in given.tried]
    steps_so_far = book.steps_of(problem.id)[::-1]
    happened = [
        said[OF_STEPS[one.kind]].format(day=_day(sdk.local(one.happened_at).date()))
        for one in steps_so_far
        if one.kind in OF_STEPS
    ]
    known = [one for one in (given.tried, *answers, *dict.fromkeys(happened)) if one]
    is_untouched = not any(one.kind in ("worked", "done") for one in steps_so_far)
    return "\n".join(known) or (said["nothing"] if is_untouched else "")


def _short(said: dict[str, str], given: Any, problem: Problem, name: str, title: str, most: int, language: str) -> str:
    words = _one_line(problem.what)
    if len(words) > most:
        words = f"{words[:most].rpartition(' ')[0] or words[:most]} …"
    what = QUOTES.get(language, "“{}”").format(words) + ENDS.get(language, ".")
    day = _day(given.answer_by, "near")
    return said["short"].format(title=title, customer=said["customer"], name=name, what=what, day=day)


def _day(day: date | None, style: str = "medium") -> str:
    return sdk.format_day(day, style) if day else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


# ---- as a text ----


def text(brief: Brief) -> str:
    """The whole of it, for a message or an e-mail."""
    rows = [f"{label}: {words}" for label, words in brief.rows]
    return "\n".join([*brief.lead, "", *rows, "", brief.end])


def for_phone(brief: Brief, number: str) -> tuple[str, Any] | None:
    """What opens a chat with as many words as a phone can read from a screen, and its picture."""
    for words in (*brief.short, ""):
        address = sdk.whatsapp.address(words, number)
        if picture := sdk.whatsapp.picture(address):
            return address, picture
    return None


def email(brief: Brief, address: str) -> str:
    """What opens an e-mail with everything in it."""
    subject, body = quote(sdk.plain(brief.title), safe=""), quote(text(brief), safe="")
    return f"mailto:{quote(address, safe='@')}?subject={subject}&body={body}"


def thanks(given: Any, language: str | None = None) -> tuple[str, str]:
    """Words to thank an ally, and their language."""
    problem = steps.get(given.problem_id)
    ally = allies.get(given.ally_id) if given.ally_id else None
    spoken = language or language_of(ally)
    thing = _one_line(problem.item) or QUOTES.get(spoken, "“{}”").format(_one_line(problem.what)[:100])
    facts = {"name": given.name, "thing": thing, "sender": sender_of(problem) or sdk.firm().name}
    return _all()[spoken]["thanks"].format(**{key: _within(one, spoken) for key, one in facts.items()}), spoken


# ---- as a sheet ----


def files(customer_id: int) -> list[Path]:
    """The sheets about a customer's problems that lie in the exports folder."""
    given = select(HandOver.id, HandOver.problem_id).join(Problem, Problem.id == HandOver.problem_id)
    rows = sdk.db.session.execute(given.where(Problem.customer_id == customer_id))
    names = [file_name(one.problem_id, one.id, form) for one in rows for form in ("png", "pdf")]
    return [file for name in names for file in sdk.exported(name)]


def file_name(problem_id: int, hand_over_id: int, form: str) -> str:
    """Under which the sheet lies in the exports folder; by it, it is found when the customer is erased."""
    return f"LoyalApp-help-{problem_id}-{hand_over_id}.{form}"


def sheet(brief: Brief, problem_id: int, form: str) -> bytes:
    """The sheet with the photos: "png" for the phone, "pdf" for print."""
    shown = photos.for_sheet(problem_id)
    data = {
        "form": form,
        "language": brief.language,
        "title": brief.title,
        "lead": list(brief.lead),
        "rows": [list(one) for one in brief.rows],
        "end": brief.end,
        "firm": sdk.firm().name,
        "photos": list(shown),
    }
    return sdk.typeset(SHEET, data, "pdf" if form == "pdf" else "png", pictures=shown)
