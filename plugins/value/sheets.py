"""The value sheet in the customer's language: as lines, as a message, as a picture and as a PDF on one page (C3)."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from loyalapp import sdk

from . import deeds, words

SHEET = Path(__file__).with_name("designs") / "sheet.typ"
MOST_LINES = 7  # of one part; the rest is counted
FEW_PIECES = 2  # of what a phone reads from a screen: the fewer dots, the surer it reads them
MOST_FLOWERS = 12  # one for each year together
LONGEST_LINE = 220  # letters of what was done, on paper
DYES = {"problems": "neem", "advice": "firoza", "extras": "marigold", "said": "rani", "most": "neem", "only": "madder"}


class Row(NamedTuple):
    """A line of the sheet: its words, what stands under it, and the page of its record."""

    text: str
    note: str = ""
    url: str = ""


class Part(NamedTuple):
    """A heading with its lines; `is_strong`: set in larger letters."""

    key: str
    title: str
    rows: Sequence[Row]
    lead: str = ""
    is_strong: bool = False


class Sheet(NamedTuple):
    """A page for a customer's hand. `figures`: a number and what it counts; `flowers`: one for each year together."""

    language: str
    title: str
    to: str
    period: str
    figures: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    flowers: int
    end: str
    hello: str
    lead: str
    shorts: Sequence[str]
    thanks: str


def language_for(customer: Any, asked: str | None) -> str:
    """The language that was asked for, else the customer's."""
    return asked if asked in sdk.MESSAGE_LANGUAGES else words.spoken_with(customer)


def of(customer: Any, done: deeds.Done, language: str) -> Sheet:
    """The value sheet of a customer, in a message language."""
    with sdk.in_language(words.own_letters(language)):
        said, name = words.sheet(language), sdk.customers.addressed(customer, words.own_letters(language))
        since, until = (sdk.format_day(day) for day in (done.since, done.until))
        figures = list(_figures(done, said))
        return Sheet(
            language,
            said["title"],
            said["to"].format(name=sdk.isolate_text(name)),
            said["period"].format(since=since, until=until),
            figures,
            list(_parts(done, said, language)),
            min(done.years, MOST_FLOWERS),
            said["end"],
            said["hello"].format(name=name),
            said["message"].format(since=since, until=until),
            _shorts(said["short"], name, [f"{count} {what}" for count, what in figures], language),
            said["thanks"].format(sender=signed()),
        )


def signed() -> str:
    """Who signs: the sender and the firm."""
    firm = sdk.firm()
    return ", ".join(filter(None, [firm.sender, firm.name]))


def _shorts(pattern: str, name: str, pieces: Sequence[str], language: str) -> list[str]:
    """Words for a phone that reads them from a screen, the longest first."""
    comma = "، " if language == "ur" else ", "
    return [
        pattern.format(name=name, what=comma.join(pieces[:most]), sender=signed())
        for most in range(min(FEW_PIECES, len(pieces)), 0, -1)
    ]


def _figures(done: deeds.Done, said: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The few numbers of the page, each as the number and the words after it."""
    if done.problems:
        yield _counted(said, "count", len(done.problems))
    if done.years:
        yield _counted(said, "together", done.years)
    if done.saved_minor:
        yield sdk.format_money(done.saved_minor, sdk.firm().currency), said["saved"]
    if done.saved_minutes:
        yield duration(done.saved_minutes, said), said["saved"]
    if done.advice:
        yield sdk.format_number(len(done.advice)), said["advice"]
    if done.extras:
        yield sdk.format_number(len(done.extras)), said["extras"]


def _counted(said: dict[str, str], key: str, count: int) -> tuple[str, str]:
    number = sdk.format_number(count)
    text = said[f"{key}_one" if count == 1 else key].format(count=number)
    return number, text.removeprefix("1 " if count == 1 else f"{number} ")


def duration(minutes: int, said: dict[str, str]) -> str:
    """A time in hours, never more than it was; in minutes where it is less than one."""
    hours = minutes // 6 / 10
    if minutes < 60:
        return said["minutes"].format(count=sdk.format_number(minutes))
    return said["hours_one"] if hours == 1 else said["hours"].format(count=sdk.format_number(hours))


def days_in_words(days: int, said: dict[str, str]) -> str:
    """How long something took."""
    if not days:
        return said["same_day"]
    return said["day_one"] if days == 1 else said["days"].format(count=sdk.format_number(days))


def _parts(done: deeds.Done, said: dict[str, str], language: str) -> Iterator[Part]:
    if done.problems:
        rows = [_deed_row(one, said) for one in done.problems]
        yield _cut("problems", said["problems"], rows, said, _how_fast(done, said, language))
    if done.advice:
        yield _cut("advice", said["advice"], [_deed_row(one, said) for one in done.advice], said)
    if done.extras:
        yield _cut("extras", said["extras"], [_deed_row(one, said) for one in done.extras], said)
    if done.said:
        rows = [
            Row(
                words.quoted(_short(one.words)),
                " · ".join(filter(None, [one.who, _day(one.said_on)])),
                sdk.url_for("value.show", voice_id=one.id),
            )
            for one in done.said
        ]
        yield Part("said", said["said"], rows, said["said_lead"], is_strong=True)


def _cut(key: str, title: str, rows: Sequence[Row], said: dict[str, str], lead: str = "") -> Part:
    """As many lines as a page has room for; the rest is counted."""
    if len(rows) <= MOST_LINES:
        return Part(key, title, rows, lead)
    rest = said["more"].format(count=sdk.format_number(len(rows) - MOST_LINES + 1))
    return Part(key, title, [*rows[: MOST_LINES - 1], Row(rest)], lead)


def _how_fast(done: deeds.Done, said: dict[str, str], language: str) -> str:
    """How fast problems were solved: by the half of them, and only where there are enough."""
    if done.half_within is None:
        return ""
    comma = "، " if language == "ur" else ", "
    count = said["count"].format(count=sdk.format_number(len(done.problems)))
    return count + comma + _half(done.half_within, said)


def _half(days: int, said: dict[str, str]) -> str:
    if not days:
        return said["half_same_day"]
    return said["half"].format(days=days_in_words(days, said))


def _deed_row(one: deeds.Deed, said: dict[str, str]) -> Row:
    """What was done, and under it its sort, its day, how long it took and what it saved."""
    notes = [_day(one.on)]
    if one.sort == "problem":
        if one.days is not None:
            notes.append(
                said["solved_same_day" if not one.days else "solved_in"].format(days=days_in_words(one.days, said))
            )
    elif one.sort != "advice":
        notes.insert(0, said.get(one.sort) or deeds.sort_name(one.sort))
    if one.minor:
        notes.append(said["money"].format(amount=sdk.format_money(one.minor, sdk.firm().currency)))
    if one.minutes:
        notes.append(said["time"].format(time=duration(one.minutes, said)))
    return Row(_short(one.text), " · ".join(filter(None, notes)), one.url)


def _short(text: str) -> str:
    """In one line, cut at a word where it is very long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE].rpartition(' ')[0] or line[:LONGEST_LINE]} …"


def _day(day: date) -> str:
    return sdk.format_day(day)


# ---- to hand over ----


def text(sheet: Sheet) -> str:
    """The whole of it, for a message or an e-mail."""
    lines = [sheet.hello, sheet.lead]
    for part in sheet.parts:
        lines += ["", f"*{part.title}*", *([part.lead] if part.lead else [])]
        lines += [f"• {row.text}{f' ({row.note})' if row.note else ''}" for row in part.rows]
    return "\n".join([*lines, "", sheet.thanks])


def for_phone(sheet: Sheet, number: str) -> tuple[str, Any] | None:
    """What opens a chat with as many words as a phone can read from a screen, and its picture."""
    for words_ in (*sheet.shorts, ""):
        address = sdk.whatsapp.address(words_, number)
        if picture := sdk.whatsapp.picture(address):
            return address, picture
    return None


def email(sheet: Sheet, address: str) -> str:
    """What opens an e-mail with everything in it."""
    body = quote(text(sheet).replace("*", ""), safe="")
    return f"mailto:{quote(address, safe='@')}?subject={quote(sheet.title, safe='')}&body={body}"


def drawn(sheet: Sheet, form: str) -> bytes:
    """The page: "png" for the phone, "pdf" for print, both of one page."""
    return sdk.typeset(SHEET, data(sheet, form), "pdf" if form == "pdf" else "png", is_one_page=True)


def data(sheet: Sheet, form: str) -> dict[str, Any]:
    """What the design is drawn from."""
    return {
        "form": form,
        "language": sheet.language,
        "firm": sdk.firm().name,
        "place": sdk.firm().city,
        "title": sheet.title,
        "to": sheet.to,
        "period": sheet.period,
        "figures": [list(one) for one in sheet.figures],
        "flowers": sheet.flowers,
        "parts": [
            {
                "title": one.title,
                "lead": one.lead,
                "dye": DYES.get(one.key, "neem"),
                "strong": one.is_strong,
                "rows": [[row.text, row.note] for row in one.rows],
            }
            for one in sheet.parts
        ],
        "end": sheet.end,
    }
