"""Whether a ready piece of a page ends where it should, so that it cannot spoil what stands after it.

Read with one expression and a stack: some hundredths of a millisecond for a panel, where a whole parser takes ten times
that. It is stricter than a browser: what a browser would guess at is refused.
"""

import re

VOID = frozenset(("area", "br", "col", "hr", "img", "input", "source", "track", "wbr"))
# May be left open, as HTML allows, until what they lie in is closed.
_ITEMS = ("li", "dt", "dd", "p", "option", "optgroup", "rt", "rp")
_OF_TABLES = ("tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup")
LEAVES_OPEN = frozenset((*_ITEMS, *_OF_TABLES))
FOREIGN = frozenset({"svg", "math"})  # in them `/>` closes, and `<title>` is a title of theirs
# What reaches the whole page, or swallows what comes after it.
_HEAD = ("html", "head", "body", "base", "link", "meta", "title", "script", "style", "template")
_RAW = ("noscript", "noembed", "noframes", "iframe", "object", "embed", "frame", "frameset", "plaintext", "xmp")
OF_THE_PAGE = frozenset((*_HEAD, *_RAW, "listing"))
NEXT = re.compile(
    r"""<(?: !--(?!-?>)(?:(?!--!?>).)*--(?=>)
    | (?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)
      (?: (?:\s++|(?<=["'])) [^\s"'<>/=]++ (?: \s*+=\s*+ (?: "[^"]*+" | '[^']*+' | [^\s"'=<>`]++ ) )?+ )*+
      \s*+ (?P<alone>/?) (?=>)
    | (?P<broken>[a-zA-Z/!?].{0,20})
    )""",
    re.VERBOSE | re.DOTALL,
)
TEXT_AREA_ENDS = re.compile(r"</textarea\s*>", re.IGNORECASE)


class OutOfBalance(ValueError):
    """A piece of a page that would spoil the rest; its words are for its maker."""


def check(html: str) -> None:
    """Look at a piece of a page.

    :raises OutOfBalance: where something is left open, closed twice, broken, or belongs to the page as a whole.
    """
    still_open: list[str] = []
    at = 0
    while found := NEXT.search(html, at):
        at = found.end()
        if found["broken"]:
            raise OutOfBalance(f"a broken sign: {found[0]!r}")
        if found["name"]:
            name = found["name"].lower()
            if name == "textarea" and not found["end"]:
                at = _after_text_area(html, at)
            else:
                _count(still_open, name, is_end=bool(found["end"]), is_alone=bool(found["alone"]))
    if still_open:
        raise OutOfBalance(f"<{still_open[-1]}> is not closed")


def _count(still_open: list[str], name: str, *, is_end: bool, is_alone: bool) -> None:
    if name in OF_THE_PAGE and FOREIGN.isdisjoint(still_open):
        raise OutOfBalance(f"<{name}> belongs to the page as a whole")
    if not is_end:
        if name not in VOID and not (is_alone and not FOREIGN.isdisjoint([name, *still_open])):
            still_open.append(name)
        return
    while still_open and still_open[-1] != name and still_open[-1] in LEAVES_OPEN:
        still_open.pop()
    if not still_open or still_open.pop() != name:
        raise OutOfBalance(f"</{name}> closes nothing that is open there")


def _after_text_area(html: str, at: int) -> int:
    """What stands in a field for text is text, whatever it looks like."""
    end = TEXT_AREA_ENDS.search(html, at)
    if end is None:
        raise OutOfBalance("<textarea> is not closed")
    return end.end()
