"""Reads a page's markup: its tags, its own words, and its forms with what they would send."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.test import TestResponse

# Words that stay in English letters in every language.
ISOLATED = re.compile("\u2068[^\u2069]*\u2069")  # a value in plain text, such as the label of a choice
ENGLISH = frozenset(
    {
        "Alt",
        "Ayesha",  # an example of a name in other letters
        "CSV",
        "Ctrl",
        "English",  # a language in its own letters
        "Enter",  # what stands on the keys
        "Esc",
        "Excel",
        "GB",
        "InScript",  # a keyboard
        "KB",
        "LibreOffice",
        "LoyalApp",
        "MB",
        "PDF",
        "Tab",  # as Enter
        "PNG",
        "SMS",
        "Shift",
        "USB",
        "WhatsApp",
        "XLSX",
        "kB",
        "ms",
        "csv",
        "vCard",
        "vcf",
        "xlsx",
    }
)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Form:
    """A form of a page with what it would send as it stands."""

    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)  # what its buttons and labels say
    _last: str = ""
    _has_button: bool = False
    _has_option: bool = False

    def take(self, tag: str, known: dict[str, str]) -> None:
        """A field; of several buttons the first one counts, of several choices the chosen one or else the first."""
        name, value = known.get("name", ""), known.get("value", "")
        is_later_button = tag == "button" and self._has_button
        self._has_button = self._has_button or tag == "button"
        if is_later_button:
            return
        if tag == "option" and self._last:
            if "selected" in known or not self._has_option:
                self.fields[self._last] = value
            self._has_option = True
        elif tag == "datalist":
            self._last = ""
        elif name and tag in {"input", "select", "textarea", "button"}:
            self._last, self._has_option = name if tag in {"select", "textarea"} else "", False
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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.tags.append((tag, known))
        if tag == "form":
            self.forms.append(Form(known.get("method", "get"), known.get("action", "")))
        elif self.forms and self._is_inside("form"):
            self.forms[-1].take(tag, known)
        if tag not in VOID:
            inserted = tag in {"bdi", "script", "style", "textarea"} or "lang" in known
            self._open.append((tag, tag != "html" and inserted))

    def handle_endtag(self, tag: str) -> None:
        while self._is_inside(tag) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.forms and self._is_inside("form") and data.strip():
            self.forms[-1].words.append(data.strip())
        if self._is_inside("title"):
            self.title += data
        elif self.forms and self._is_inside("textarea"):
            self.forms[-1].write(data)
        elif not any(inserted for _tag, inserted in self._open) and (own := ISOLATED.sub("", data).strip()):
            self.words.append(own)

    def stray_english(self) -> list[str]:
        """The English words that the page itself says, outside of inserted values."""
        spoken = ("placeholder", "aria-label", "title", "alt")
        labels = [known[name] for _tag, known in self.tags for name in spoken if name in known]
        found = (one for text in (*self.words, *labels) for one in re.findall(r"(?<![.\w])[A-Za-z]{2,}", text))
        return sorted({one for one in found if one not in ENGLISH})

    def _is_inside(self, tag: str) -> bool:
        return any(one == tag for one, _inserted in self._open)

    def all(self, *tags: str) -> list[dict[str, str]]:
        """The attributes of every tag of these names."""
        return [attributes for tag, attributes in self.tags if tag in tags]


def is_page(answer: TestResponse) -> bool:
    """Whether an answer is a whole page, and no redirect, picture or piece."""
    if answer.status_code >= 300 or answer.mimetype != "text/html":
        return False
    return answer.get_data(as_text=True).lstrip().startswith("<!doctype")
