"""What hooks answer with: frozen records of ids and plain values, with texts already in the reader's language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from loyalapp.plugin_system.answer_checks import LONGEST_TEXT, LONGEST_WORD, made_plain, whole, words

# The one order of Today (design §7): one next action per customer, the first of these that applies.
TODAY_KINDS = ("problem", "promise", "greeting", "quiet", "checkin", "ending", "review", "suggestion")
# What the timeline is sifted by.
TIMELINE_KINDS = ("contact", "sale", "promise", "problem", "greeting", "review", "other")

_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True)
class NavLink:
    """A tab at the edge of the book. `tally` counts what waits there."""

    label: str
    endpoint: str
    icon: str
    order: int = 50
    tally: int = 0

    def __post_init__(self) -> None:
        whole(self, "order", "tally")
        words(self, "label", "endpoint", "icon")


@dataclass(frozen=True)
class QuickAction:
    """A button in the head of every page: something recorded while the customer is on the phone (A3).

    :param key: a letter that presses it from any page, together with Alt.
    """

    label: str
    endpoint: str
    icon: str
    alarm: bool = False
    key: str = ""

    def __post_init__(self) -> None:
        words(self, "label", "endpoint", "icon", "key")
        if self.key and not (len(self.key) == 1 and "A" <= self.key <= "Z"):
            raise ValueError("QuickAction.key is one of the letters A to Z")


@dataclass(frozen=True)
class TodayEntry:
    """One thing to do for one customer; while a customer may see the screen (F9), only whom it is for stands there.

    :param key: the same thing has the same key on every day, such as `issues:12`; a finished key does not return.
    :param kind: one of `TODAY_KINDS`.
    :param what: the action, a whole sentence. `why`: the reason, a whole sentence.
    :param url: the page where it gets done; without one, "Done" finishes it on Today.
    :param held: a sentence that says why it waits (a greeting while a problem is open).
    :param unasked: whether it would use up one of the customer's unasked contacts (E4).
    :param weight: within a kind the heavier one comes first. `by`: which one of us has taken it on, if any.
    """

    key: str
    customer_id: int
    kind: str
    what: str
    why: str = ""
    due_on: date | None = None
    url: str | None = None
    held: str | None = None
    unasked: bool = True
    weight: int = 0
    by: int | None = None

    def __post_init__(self) -> None:
        whole(self, "customer_id", "weight", *(["by"] if self.by is not None else []))
        if self.kind not in TODAY_KINDS or not isinstance(self.key, str):
            raise TypeError(f"TodayEntry needs a text as key and one of {TODAY_KINDS}")
        words(self, "key")
        words(self, "what", "why", longest=LONGEST_TEXT)
        words(self, "url", "held", longest=LONGEST_TEXT, may_lack=True)


@dataclass(frozen=True)
class Notice:
    """One sentence at the head of Today that is about no single customer, and where it leads.

    :param for_owner: shown to the owner alone, where one is written down.
    """

    text: str
    url: str
    icon: str = "info"
    for_owner: bool = False

    def __post_init__(self) -> None:
        words(self, "icon")
        words(self, "text", "url", longest=LONGEST_TEXT)
        if not self.url.startswith("/") or self.url.startswith("//"):
            raise ValueError("Notice.url is an address of our own")


@dataclass(frozen=True)
class Panel:
    """A section beside the customer's page; `template` gets `values`.

    With an `order` below 0 it stands in the page itself, above what happened so far, as a line of the ledger.

    :param is_private: left out at the counter (F9), as nearly all we write down is; False for what may be read there.
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    order: int = 50
    is_private: bool = True

    def __post_init__(self) -> None:
        whole(self, "order")


@dataclass(frozen=True)
class Column:
    """A word beside some of the customers in the list, by their ids: what is special about them, not what all have.

    :param is_private: not for the eyes of customers: left out while the counter is open (F9).
    """

    title: str
    words: Mapping[int, str]
    order: int = 50
    is_private: bool = False

    def __post_init__(self) -> None:
        whole(self, "order")
        words(self, "title")
        if not all(isinstance(one, int) for one in self.words):
            raise TypeError("Column.words are texts by the customers' numbers")
        plain = {one: made_plain("Column.words", word, LONGEST_WORD) for one, word in self.words.items()}
        object.__setattr__(self, "words", MappingProxyType(plain))


@dataclass(frozen=True)
class CustomerAction:
    """A button on the customer's page; with `key="L"`, Alt and L press it there."""

    label: str
    url: str
    icon: str
    alarm: bool = False
    key: str = ""

    def __post_init__(self) -> None:
        words(self, "label", "icon", "key")
        words(self, "url", longest=LONGEST_TEXT)


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened with a customer. At the counter (F9) contacts and sales stay by their `title` alone.

    :param said: in the customer's own words.
    :param about: what the timeline is sifted by, one of `TIMELINE_KINDS`; without it `kind` says so.
    """

    at: datetime | date
    kind: str
    icon: str
    title: str
    said: str = ""
    note: str = ""
    url: str | None = None
    about: str = ""

    def __post_init__(self) -> None:
        words(self, "kind", "icon", "about")
        words(self, "title", longest=LONGEST_TEXT)
        words(self, "said", "note", "url", longest=LONGEST_TEXT, may_lack=True)


@dataclass(frozen=True)
class BriefingLine:
    """Something to know before a call or a visit; lines of one `title` stand together, the smaller `order` first.

    :param is_private: not on the printed sheet, which may lie open at the customer's.
    """

    title: str
    text: str
    order: int = 50
    is_private: bool = False

    def __post_init__(self) -> None:
        whole(self, "order")
        words(self, "title")
        words(self, "text", longest=LONGEST_TEXT)


@dataclass(frozen=True)
class Held:
    """What a plugin holds about a customer, for the customer's own eyes: a heading, and lines with their days."""

    title: str
    lines: Sequence[tuple[datetime | date | None, str]]

    def __post_init__(self) -> None:
        words(self, "title")
        plain = tuple((at, made_plain("Held.lines", text, LONGEST_TEXT)) for at, text in self.lines)
        object.__setattr__(self, "lines", plain)


@dataclass(frozen=True)
class SearchResult:
    """Something besides customers that answers to what was typed in the search box; left out at the counter (F9).

    :param group: the heading it stands under: what such things are called, in the plural.
    :param title: what it is. `why`: what tells it from others, such as whose it is.
    """

    group: str
    title: str
    url: str
    icon: str = "search"
    why: str = ""

    def __post_init__(self) -> None:
        words(self, "group", "icon")
        words(self, "title", "why", "url", longest=LONGEST_TEXT)
        if not self.url.startswith("/") or self.url.startswith("//"):
            raise ValueError("SearchResult.url is an address of our own")


@dataclass(frozen=True)
class HelpTopic:
    """A page of the manual: `template` holds its text, `about` begins the endpoints it explains ("thanks.list")."""

    slug: str
    title: str
    template: str
    order: int = 50
    about: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        whole(self, "order")
        words(self, "slug", "title", "template")


@dataclass(frozen=True)
class Example:
    """What example data is built on: the made-up customers by nickname, and the day it is today."""

    customers: Mapping[str, int]
    today: date

    def __post_init__(self) -> None:
        object.__setattr__(self, "customers", MappingProxyType(dict(self.customers)))


@dataclass(frozen=True)
class CardDesign:
    """A look for greeting cards, drawn with typst.

    :param key: its own name among the designs of its plugin: small letters, digits and `_`.
    :param name: what the user calls it, in the reader's language.
    :param template: a `.typ` file in the plugin's folder.
    :param occasions: those it is made for, such as `birthday` or `diwali`; none means any.
    :param plugin: whose it is; filled in by LoyalApp.
    """

    key: str
    name: str
    template: Path
    occasions: Sequence[str] = ()
    plugin: str = ""

    def __post_init__(self) -> None:
        words(self, "key", "name", longest=80)
        if not _KEY.fullmatch(self.key):
            raise ValueError("CardDesign.key is a name of small letters, digits and _")
        template: Any = self.template
        if not isinstance(template, Path) or self.template.suffix != ".typ":
            raise TypeError("CardDesign.template is the path of a .typ file")
        occasions: Any = self.occasions
        if isinstance(occasions, str) or not all(isinstance(one, str) for one in occasions):
            raise TypeError("CardDesign.occasions is a list of texts")
        object.__setattr__(self, "occasions", tuple(self.occasions))

    def of(self, plugin_id: str, folder: Path) -> "CardDesign":
        """The same as a design of this plugin, whose files lie in `folder`.

        :raises ValueError: if its template does not lie there.
        """
        place = self.template.resolve()
        if not place.is_relative_to(folder.resolve()) or not place.is_file():
            raise ValueError(f"CardDesign.template is a file in the folder of the plugin, not {self.template}")
        return replace(self, template=place, plugin=plugin_id)
