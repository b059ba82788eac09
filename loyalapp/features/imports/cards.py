"""A phone's contacts (.vcf, vCard 2.1, 3.0 and 4.0) as rows of a list.

vobject reads a card where it can; a card it cannot read is read line by line by our own few rules, so that one odd
card never costs the others. What has no place of its own becomes a note.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from loyalapp.core.textkeys import norm
from loyalapp.features.imports import words
from loyalapp.features.imports.plain_text import encoding_of

COLUMNS = (
    "name", "phone", "email", "firm", "trade", "address", "place", "birthday", "occasion", "tags", "language", "notes",
)  # fmt: skip
PICTURES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "THUMBNAIL"})
OF_THE_CARD = frozenset(
    {"BEGIN", "END", "VERSION", "PRODID", "REV", "UID", "CLIENTPIDMAP", "KIND", "X-ABUID", "X-ABSHOWAS", "X-ABADR"}
)
OF_APPLE = re.compile(r"_\$!<(.*)>!\$_")  # how it writes a label that it translates itself
LINE = re.compile(
    r"(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)(?P<params>(?:;[^:\"]*(?:\"[^\"]*\")?)*):(?P<value>.*)", re.DOTALL
)
ESCAPED = re.compile(r"\\([nN,;:\\])")
ADDRESS_OF_A_PHONE = re.compile(r"\Atel:|;phone-context=[^;]*", re.IGNORECASE)
EXTENSION = re.compile(r";ext=", re.IGNORECASE)
PART = re.compile(r"(?<!\\);")
COMPACT_DAY = re.compile(r"\A(\d{4})(\d\d)(\d\d)(?:T.*)?\Z")
NO_YEAR = re.compile(r"\A(?:--|1604-)(\d\d)-?(\d\d)(?:T.*)?\Z")


class Line(NamedTuple):
    """One property of a card: its name in capitals, its parts (more than one for N, ADR, ORG), what it belongs to.

    A number of a fax is called FAX, so that nobody takes it for a phone.
    """

    name: str
    parts: list[str]
    group: str = ""


def rows(path: Path, encoding: str | None = None) -> Iterator[list[str]]:
    """One row per card, in the order of `COLUMNS`."""
    for card in _cards(path, encoding or encoding_of(path)):
        yield _row(_read(card))


def _cards(path: Path, encoding: str) -> Iterator[str]:
    """The text of each card; lines outside of cards (there are such files) are passed over."""
    lines: list[str] = []
    inside = False
    with path.open(encoding=encoding, errors="replace", newline=None) as stream:
        for line in stream:
            mark = line.strip().upper()
            if mark == "BEGIN:VCARD":
                lines, inside = [], True
            if inside:
                lines.append(line.rstrip("\n"))
            if mark == "END:VCARD" and inside:
                inside = False
                yield "\n".join(lines) + "\n"
    if inside and len(lines) > 1:  # the file was cut off in the middle of a card
        yield "\n".join([*lines, "END:VCARD"]) + "\n"


def _read(card: str) -> list[Line]:
    import vobject  # noqa: PLC0415 -- slow import

    try:
        found = vobject.readOne(card, allowQP=True)
        return [_grouped(_of_vobject(child), child) for child in found.getChildren()]
    except (vobject.base.VObjectError, ValueError, LookupError, AttributeError, TypeError, AssertionError):
        return list(_by_hand(card))


def _grouped(line: Line, child: Any) -> Line:
    kinds = " ".join([*child.singletonparams, *child.params.get("TYPE", [])])
    return Line(_name_of(line.name, kinds), line.parts, child.group or "")


def _name_of(name: str, kinds: str) -> str:
    return "FAX" if name == "TEL" and "FAX" in kinds.upper() else name


def _of_vobject(child: Any) -> Line:
    name, value = child.name.upper(), child.value
    if name == "N":
        return Line(
            name, [_joined(getattr(value, part)) for part in ("prefix", "given", "additional", "family", "suffix")]
        )
    if name == "ADR":
        return Line(
            name,
            [
                _joined(getattr(value, part))
                for part in ("box", "extended", "street", "city", "region", "code", "country")
            ],
        )
    if isinstance(value, bytes):
        return Line(name, [""])
    return Line(name, [_joined(part) for part in value] if isinstance(value, list) else [_joined(value)])


def _joined(value: Any) -> str:
    return (
        " ".join(str(part) for part in value if part).strip()
        if isinstance(value, list | tuple)
        else str(value or "").strip()
    )


def _by_hand(card: str) -> Iterator[Line]:
    """Properties without vobject: unfolds lines, undoes quoted-printable and base64, and nothing more."""
    for text in _unfolded(card):
        if match := LINE.match(text):
            name = match["name"].upper()
            value = _decoded(match["value"], match["params"].upper())
            parts = (
                [ESCAPED.sub(_unescape, part).strip() for part in PART.split(value)]
                if name in {"N", "ADR", "ORG"}
                else None
            )
            if name == "N" and parts:
                family, given, *more = [*parts, "", ""]
                parts = [" ".join(more[1:2]), given, more[0] if more else "", family, ""]
            name = _name_of(name, match["params"])
            yield Line(name, parts or [ESCAPED.sub(_unescape, value).strip()], match["group"] or "")


def _unfolded(card: str) -> Iterator[str]:
    whole = ""
    for line in card.splitlines():
        if whole and line[:1] in " \t":
            whole += line[1:]
        elif whole.endswith("=") and "QUOTED-PRINTABLE" in whole.partition(":")[0].upper():
            whole = whole[:-1] + line
        else:
            yield whole
            whole = line
    yield whole


def _decoded(value: str, params: str) -> str:
    if "QUOTED-PRINTABLE" in params:
        return quopri.decodestring(value.encode("utf-8")).decode("utf-8", "replace")
    if "BASE64" in params or "ENCODING=B" in params:
        try:
            return base64.b64decode(value).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return value


def _unescape(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


def _row(lines: list[Line]) -> list[str]:
    """The cells of one card; a property nobody asked for is kept as "NAME: value" in the notes."""
    of: dict[str, list[list[str]]] = {}
    for line in _labelled(lines):
        of.setdefault(line.name, []).append(line.parts)
    notes = [_text(of.pop("NOTE", []))]
    cells = {
        "name": _name(of),
        "phone": "\n".join(map(_number, _all(of.pop("TEL", [])))),
        "email": "\n".join(_all(of.pop("EMAIL", []))),
        "firm": " ".join(part for parts in of.pop("ORG", []) for part in parts if part),
        "trade": _text([*of.pop("TITLE", []), *of.pop("ROLE", [])]),
        "birthday": _day(_text(of.pop("BDAY", []))),
        "occasion": _day(_text([*of.pop("ANNIVERSARY", []), *of.pop("X-ANNIVERSARY", [])])),
        "tags": "\n".join(part for text in _all(of.pop("CATEGORIES", [])) for part in text.split(",")),
        "language": _text(of.pop("LANG", [])).partition("\n")[0].partition("-")[0],
        **_address(of.pop("ADR", [])),
    }
    for name, values in of.items():
        if name not in OF_THE_CARD and name not in PICTURES and (text := _text(values)):
            notes.append(f"{name}: {text}")
    return [*(cells[column] for column in COLUMNS[:-1]), "\n".join(note for note in notes if note)]


def _labelled(lines: list[Line]) -> Iterator[Line]:
    """Apple writes what a property is about beside it, in the same group: "item1.X-ABDATE", "item1.X-ABLabel"."""
    labels = {line.group: " ".join(line.parts) for line in lines if line.name == "X-ABLABEL" and line.group}
    for line in lines:
        label = labels.get(line.group, "")
        word = OF_APPLE.sub(r"\1", label)
        if line.name == "TEL" and "fax" in word.casefold():
            yield Line("FAX", line.parts)
        elif line.name == "X-ABDATE" and word.casefold() == "anniversary":
            yield Line("ANNIVERSARY", line.parts)
        elif line.name.startswith("X-AB") and word and line.name not in OF_THE_CARD:
            if line.name != "X-ABLABEL":
                yield Line(word, line.parts)
        else:
            yield line
            if word and word == label:  # in the user's own words
                yield Line(word, line.parts)


def _number(text: str) -> str:
    return EXTENSION.sub(" ext ", ADDRESS_OF_A_PHONE.sub("", text))


def _name(of: dict[str, list[list[str]]]) -> str:
    """The whole name, with the form of address before it; what only its parts say is left for the notes."""
    full, *others = _all(of.pop("FN", [])) or [""]
    form, *parts = [*of.pop("N", [[]])[0], *[""] * 5][:5]
    if not full:
        return " ".join(filter(None, [form, *parts]))
    said = norm(full).split()
    before = f"{form} " if norm(form) in words.titles_before() and norm(form) not in said else ""
    more = [word for part in [form if not before else "", *parts] for word in part.split() if norm(word) not in said]
    of["NAME"] = [others, [" ".join(more)]]
    return before + full


def _address(addresses: list[list[str]]) -> dict[str, str]:
    """City as place; the rest, and every further address, as one text."""
    if not addresses:
        return {"address": "", "place": ""}
    first, *others = [[*parts, *[""] * 7][:7] for parts in addresses]
    rest = [part for at, part in enumerate(first) if part and at != 3]
    further = [" ".join(part for part in other if part) for other in others]
    return {"address": "\n".join(filter(None, [", ".join(rest), *further])), "place": first[3]}


def _all(values: list[list[str]]) -> list[str]:
    return [part for parts in values for part in parts if part]


def _text(values: list[list[str]]) -> str:
    return "\n".join(dict.fromkeys(_all(values)))


def _day(text: str) -> str:
    """vCard's own ways to write a day (19620515, --0515, Apple's year 1604 for "no year") as a list would write it."""
    if compact := COMPACT_DAY.match(text):
        return "-".join(compact.groups())
    if no_year := NO_YEAR.match(text):
        return f"--{no_year[1]}-{no_year[2]}"
    return text
