"""What reviews tell the rest of the app: lines of Today, of the timeline and of a briefing, and what a search finds."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import select

from loyalapp import sdk

from . import afterwards, answers, mentions, planning, service, talks, words
from .models import ANSWER, MENTION, Review

_ = sdk.texts("reviews").gettext

TALK = re.compile(r"reviews-talk:(\d{1,9})\Z")
ADVICE = re.compile(r"reviews-advice:(\d{1,9}):\d{4}-\d\d-\d\d\Z")
SEARCHED = 2000
MOST_SAID = 3
SAID = (
    select(Review.id, Review.customer_id, Review.held_on, Review.recommendation, sdk.Customer.name, ANSWER.c.said)
    .join(sdk.Customer, sdk.Customer.id == Review.customer_id)
    .outerjoin(ANSWER, ANSWER.c.review_id == Review.id)
    .where(Review.state != "open", sdk.Customer.removed_at.is_(None))
    .order_by(Review.id.desc())
    .limit(SEARCHED)
)
HEARD = (
    select(MENTION.c.id, MENTION.c.shop, MENTION.c.words, MENTION.c.customer_id, sdk.Customer.name)
    .join(sdk.Customer, sdk.Customer.id == MENTION.c.customer_id)
    .where(sdk.Customer.removed_at.is_(None))
    .order_by(MENTION.c.id.desc())
    .limit(SEARCHED)
)


# ---- Today ----


def today_entries(day: date, limit: int) -> Iterator[sdk.TodayEntry]:
    """What was agreed for today, who wants to be asked again, and of which advice nobody knows what became of it."""
    for one in talks.due(day, limit):
        yield _talk(one)
    for row in afterwards.to_ask(day, limit):
        yield sdk.TodayEntry(
            key=f"reviews-advice:{row.id}:{row.ask_on.isoformat()}",
            customer_id=row.customer_id,
            kind="suggestion",
            what=_("Ask whether they took it up: %(what)s", what=sdk.isolate_text(_short(row.recommendation))),
            why=_("We recommended it on %(day)s.", day=sdk.isolate_text(sdk.format_day(row.held_on, "near"))),
            url=sdk.url_for("reviews.follow", review_id=row.id),
        )


def _talk(one: Any) -> sdk.TodayEntry:
    is_agreed = one.state == talks.AGREED
    note = f" {sdk.isolate_text(one.note)}" if one.note else ""
    if is_agreed:
        what = _("Hold the review you agreed on: %(when)s", when=words.hour(one.hour)) if one.hour else None
        what = what or _("Hold the review you agreed on.")
    else:
        what = _("Ask once more for a talk.")
    why = words.chosen(one)
    page = "reviews.hold" if is_agreed else "reviews.ask"
    return sdk.TodayEntry(
        key=f"reviews-talk:{one.id}",
        customer_id=one.customer_id,
        kind="review",
        what=what,
        why=f"{why}{note}",
        due_on=one.day,
        url=sdk.url_for(page, customer_id=one.customer_id),
        unasked=not is_agreed,
        weight=50 if is_agreed else 5,
        by=one.staff_member_id,
    )


def was_finished(key: str, customer_id: int) -> None:
    """Done on Today without a review or an answer: it comes again in two weeks."""
    if found := TALK.match(key):
        talks.finish(int(found[1]))
        if not service.was_held_today(customer_id):
            planning.put_off(customer_id)
    if found := ADVICE.match(key):
        afterwards.put_off(int(found[1]))


def was_reopened(key: str, customer_id: int) -> None:
    """The undo of that."""
    if found := TALK.match(key):
        talks.finish(int(found[1]), is_over=False)
        planning.take_up_again(customer_id, sdk.today())
    if found := ADVICE.match(key):
        afterwards.take_up_asking(int(found[1]))


# ---- one customer ----


def timeline(customer_id: int, limit: int, until: date | None) -> Iterator[sdk.TimelineEntry]:
    """Reviews that were held, with what was said, and what they said about other shops."""
    held = service.latest_of(customer_id, limit, until)
    said = answers.of_many([one.id for one in held])
    for one in held:
        spoken = [row.said for row in said[one.id] if row.said][:MOST_SAID]
        note = _("%(kind)s: %(words)s", kind=words.kind(one.kind), words=one.recommendation)
        yield sdk.TimelineEntry(
            at=one.held_on or one.opened_on,
            kind="review",
            icon="ledger",
            title=_("Review"),
            said=" · ".join(spoken),
            note=f"{note} ({words.outcome(one.outcome)})" if one.outcome else note,
            url=sdk.url_for("reviews.show", review_id=one.id),
        )
    for row in mentions.of(customer_id, limit, until):
        if row.review_id is None:
            yield sdk.TimelineEntry(
                at=row.heard_on, kind="review", icon="eye", title=_("Another shop"), said=row.words, note=row.shop
            )


def briefing(customer_id: int) -> Iterator[sdk.BriefingLine]:
    """What was agreed, how they are with us, and the newest word about another shop."""
    agreed = talks.open_of(customer_id)
    if agreed:
        yield sdk.BriefingLine(_("Review"), words.chosen(agreed), order=44)
    last = service.last_held(customer_id)
    if last is not None and last.mood in ("struggling", "leaving"):
        yield sdk.BriefingLine(_("How they are with us"), words.mood(last.mood), order=44, is_private=True)
    for row in mentions.of(customer_id, 1):
        text = f"{row.shop}: {row.words}" if row.shop and row.words else row.shop or row.words
        sure = words.sure(row.sure)
        line = sdk.isolate_text(_short(text).rstrip(" .۔।") if sure else _short(text))
        line += f" · {sure}" if sure else ""
        yield sdk.BriefingLine(_("Another shop"), line, order=46, is_private=True)


# ---- search ----


def found(text: str, limit: int) -> list[sdk.SearchResult]:
    """Reviews by what was said and recommended, and other shops by name."""
    sought, seen = sdk.Sought(text), set()
    reviews = []
    for row in sdk.rows(SAID):
        if row.id not in seen and sought.met_by(f"{row.said or ''} {row.recommendation}"):
            seen.add(row.id)
            url = sdk.url_for("reviews.show", review_id=row.id)
            shown = row.said if row.said and sought.met_by(row.said) else row.recommendation
            reviews.append(sdk.SearchResult(_("Reviews"), _short(shown), url, "ledger", row.name))
    heard = (row for row in sdk.rows(HEARD) if sought.met_by(f"{row.shop} {row.words}"))
    url = sdk.url_for("reviews.mentioned")
    shops = [
        sdk.SearchResult(_("Other shops"), _short(row.shop or row.words), url, "eye", row.name)
        for row in islice(heard, limit)
    ]
    return [*reviews[:limit], *shops][: limit * 2]


def _short(text: str, most: int = 100) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rpartition(' ')[0] or line[:most]} …"
