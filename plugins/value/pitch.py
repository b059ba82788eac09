"""For a prospect: what customers of the same trade and size value most, with counts, age and quotes (C4)."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from loyalapp import sdk

from . import asked, guessing, service, sheets, words
from .models import Voice

ENOUGH = 3  # customers asked; with fewer, those of the wider kind are taken
MOST_THEMES = 4
MOST_QUOTES = 4
LOOKED_AT = 60  # newest lines among which quotes are chosen
_PERSON = sdk.Customer


class Quote(NamedTuple):
    """Words that may be used: with the name and place, or only with the kind of customer."""

    voice_id: int
    customer_id: int
    words: str
    said_on: date
    by_name: bool
    trade: str
    size: str
    place: str
    name: str = ""


class Pitch(NamedTuple):
    """What customers of a kind value. `trade` and `size`: of whom it was counted in the end, "" for all."""

    trade: str
    size: str
    asked: int
    counted: Sequence[asked.Counted]
    quotes: Sequence[Quote]
    only: Sequence[str]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has said anything yet that could be told."""
        return not (self.counted or self.quotes)


def of(trade: str = "", size: str = "", without: int | None = None) -> Pitch:
    """What customers of this kind value; of the trade, then of the size, then of all where too few were asked.

    :param without: a customer whose own words are not quoted to them.
    """
    chosen = next((kind for kind in _wider(trade, size) if asked.how_many_asked(*kind) >= ENOUGH), ("", ""))
    return Pitch(
        *chosen,
        asked.how_many_asked(*chosen),
        asked.counted(*chosen)[:MOST_THEMES],
        quotes(*chosen, without=without),
        guessing.only_ours(),
    )


def _wider(trade: str, size: str) -> Iterator[tuple[str, str]]:
    yield from dict.fromkeys([(trade, size), (trade, ""), ("", size), ("", "")])


def quotes(trade: str, size: str, without: int | None = None, most: int = MOST_QUOTES) -> list[Quote]:
    """The newest words that may be used, one of each customer, those with a name first."""
    question = (
        select(Voice.id, Voice.customer_id, Voice.words, Voice.said_on, Voice.quoting)
        .add_columns(_PERSON.trade, _PERSON.size, _PERSON.place)
        .join(_PERSON, _PERSON.id == Voice.customer_id)
        .where(Voice.kind.in_(service.SAID), Voice.quoting.in_(["name", "kind"]), sdk.customers.OURS)
        .order_by(Voice.said_on.desc(), Voice.id.desc())
        .limit(LOOKED_AT)
    )
    for column, value in ((_PERSON.trade, trade), (_PERSON.size, size)):
        question = question.where(column == value) if value else question
    rows = [one for one in sdk.db.session.execute(question) if one.customer_id != without]
    unnamed = sdk.refused(sorted({one.customer_id for one in rows}), "reference")
    found: dict[int, Quote] = {}
    for one in rows:
        found.setdefault(one.customer_id, _quote(one, unnamed))
    chosen = sorted(found.values(), key=lambda one: not one.by_name)[:most]
    names = sdk.customers.names([one.customer_id for one in chosen])
    return [one._replace(name=names.get(one.customer_id, "")) for one in chosen]


def _quote(row: Any, unnamed: Collection[int]) -> Quote:
    by_name = service.may_quote(row, unnamed) == "name"
    known = (row.trade or "", row.size or "", row.place or "")
    return Quote(row.id, row.customer_id, row.words, row.said_on, by_name, *known)


def kind_in_words(trade: str, size: str, language: str) -> str:
    """A kind of customers in a message language: its trade and how large."""
    said = words.sheet(language)
    parts = [part for part in (trade and sdk.isolate_text(trade), said.get(size, "")) if part]
    return ("، " if language == "ur" else ", ").join(parts) or said["all_kinds"]


def used(pitch: Pitch) -> list[tuple[int, bool]]:
    """The quotes on the page, for the book of uses."""
    return [(one.voice_id, one.by_name) for one in pitch.quotes]


# ---- as talking points and as a page ----


def page(pitch: Pitch, language: str, prospect: Any = None) -> sheets.Sheet:
    """The page for a prospect, in a message language; `prospect` is the customer it is for, if any."""
    letters = words.own_letters(language)
    with sdk.in_language(letters):
        said = words.sheet(language)
        name = sdk.customers.addressed(prospect, letters) if prospect is not None else ""
        themes = [words.theme(one.theme, language) for one in pitch.counted]
        comma = "، " if language == "ur" else ", "
        pattern = said["pitch_short"] if name else said["pitch_short_all"]
        shorts = [
            pattern.format(name=name, what=comma.join(themes[:most]), sender=sheets.signed())
            for most in range(len(themes), 0, -1)
        ]
        return sheets.Sheet(
            language,
            said["others"],
            said["to"].format(name=sdk.isolate_text(name)) if name else "",
            said["others_of"].format(kind=kind_in_words(pitch.trade, pitch.size, language)),
            [],
            list(_parts(pitch, language)),
            0,
            said["pitch_end"] if pitch.quotes else "",
            said["pitch_hello"].format(name=name) if name else "",
            said["pitch_message"],
            shorts,
            sheets.signed(),
        )


def _parts(pitch: Pitch, language: str) -> Iterator[sheets.Part]:
    said = words.sheet(language)
    if pitch.counted:
        rows = [sheets.Row(words.theme(one.theme, language), _how_many(one, said, language)) for one in pitch.counted]
        yield sheets.Part("most", said["most"], rows, is_strong=True)
    if pitch.quotes:
        names = sdk.customers.names([one.customer_id for one in pitch.quotes if one.by_name])  # in the page's letters
        rows = [_quote_row(one._replace(name=names.get(one.customer_id, "")), language) for one in pitch.quotes]
        yield sheets.Part("said", said["quotes"], rows, is_strong=True)
    if pitch.only:
        yield sheets.Part("only", said["only"], [sheets.Row(one) for one in pitch.only[:MOST_THEMES]], is_strong=True)


def _how_many(one: asked.Counted, said: dict[str, str], language: str) -> str:
    """How many said so and when last; a percentage only where twenty were asked."""
    part, whole = sdk.format_number(one.part), sdk.format_number(one.asked)
    many = said["so_many"].format(part=part, asked=whole)
    if one.percent is not None:
        many = f"{many} ({said['percent'].format(percent=sdk.format_number(one.percent))})"
    return f"{many} · {said['lately'].format(month=month(one.newest, language))}"


def month(day: date, language: str) -> str:
    """A month with its year, in the letters of a message language."""
    from babel.dates import format_date  # noqa: PLC0415 -- only where a sheet is made

    return format_date(day, "LLLL y", locale=words.own_letters(language))


def _quote_row(one: Quote, language: str) -> sheets.Row:
    said, kind = words.sheet(language), kind_in_words(one.trade, one.size, language)
    if one.by_name:
        comma = "، " if language == "ur" else ", "
        by = comma.join(sdk.isolate_text(part) for part in (one.name, one.trade, one.place) if part)
    else:
        by = said["kind_only"].format(kind=kind) if one.trade or one.size else ""
    told = " ".join(one.words.split())
    note = " · ".join(filter(None, [by, month(one.said_on, language)]))
    return sheets.Row(words.quoted(told), note, sdk.url_for("value.show", voice_id=one.voice_id))
