"""Reads a page's markup: its tags, its own words, and its forms with what they would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.test import TestResponse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Form:
    """A form of a page with what it would send as it stands."""

    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    _last: str = ""

    def take(self, tag: str, known: dict[str, str]) -> None:
        """A field; of several buttons the first one counts, of several choices the chosen one or else the first."""
        name, value = known.get("name", ""), known.get("value", "")
        if tag == "option" and self._last:
            self.fields[self._last] = value if "selected" in known else self.fields[self._last] or value
        elif tag == "datalist":
            self._last = ""
        elif name and tag in {"input", "select", "textarea", "button"}:
            self._last = name if tag in {"select", "textarea"} else ""
            if name not in self.fields or "checked" in known:
                self.fields[name] = value

    def write(self, text: str) -> None:
        """What stands in a text area; the line break after its tag does not belong to it."""
        self.fields[self._last] = text.removeprefix("\r\n").removeprefix("\n")


class Page(HTMLParser):
    """What a page consists of, as far as tests ask."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        # The interface's own words: outside of inserted values and of words in another language.
        self.words: list[str] = []
        self.forms: list[Form] = []
        self.title = ""
        self._open: list[tuple[str, bool]] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        known = {name: value or "" for name, value in attrs}
        self.tags.append((tag, known))
        if tag == "form":
            self.forms.append(Form(known.get("method", "get"), known.get("action", "")))
        elif self.forms and self._is_inside("form"):
            self.forms[-1].take(tag, known)
        if tag not in VOID:
            inserted = tag in {"bdi", "script", "style", "textarea"} or "lang" in known
            self._open.append((tag, tag != "html" and inserted))

    def handle_endtag(self, tag):
        while self._is_inside(tag) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self._is_inside("title"):
            self.title += data
        elif self.forms and self._is_inside("textarea"):
            self.forms[-1].write(data)
        elif data.strip() and not any(inserted for _tag, inserted in self._open):
            self.words.append(data.strip())

    def _is_inside(self, tag):
        return any(one == tag for one, _inserted in self._open)

    def all(self, *tags: str) -> list[dict[str, str]]:
        """The attributes of every tag of these names."""
        return [attributes for tag, attributes in self.tags if tag in tags]


def is_page(answer: TestResponse) -> bool:
    """Whether an answer is a whole page, and no redirect, picture or piece."""
    if answer.status_code >= 300 or answer.mimetype != "text/html":
        return False
    return answer.get_data(as_text=True).lstrip().startswith("<!doctype")
