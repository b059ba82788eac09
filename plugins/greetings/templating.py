"""Wordings that users write themselves: plain text with a few fields, such as `{{ name }}`, and nothing else.

They run in Jinja's sandbox, and only after a look at their parts: text, fields of the list, and `{% if field %}` with
an `{% else %}`. Loops, calls, filters and sums are refused in plain words, so that a wording can neither run away nor
reach anything. Each field also has an Urdu and a Hindi name.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from loyalapp import sdk

_ = sdk.texts("greetings").gettext

LONGEST = 500  # letters of a wording with its fields
LONGEST_SAID = 300  # letters of what it says then
# The fields by their English name, with the Urdu and the Hindi one.
FIELDS = {
    "name": ("نام", "नाम"),
    "called": ("خطاب", "संबोधन"),
    "firm": ("دکان", "दुकान"),
    "town": ("شہر", "शहर"),
    "day": ("دن", "दिन"),
    "years": ("سال", "साल"),
    "me": ("میں", "मैं"),
    "our_firm": ("ہماری_دکان", "हमारी_दुकान"),
}
TAGS = frozenset(("Assign", "AssignBlock", "Import", "FromImport", "Include", "Extends", "Block", "Macro", "CallBlock",
    "FilterBlock", "With", "Tag", "Not", "And", "Or"))  # fmt: skip
_BRACES = re.compile(r"(\{%.*?%\}|\{\{.*?\}\})", re.DOTALL)
_SINGLE = re.compile(r"\{([^{}]*)\}")
_KEYS = {one: key for key, others in FIELDS.items() for one in (key, *others)}


class Field(NamedTuple):
    """One field as it is shown: how it is written in the reader's language, and what it stands for."""

    written: str
    meaning: str


def fields() -> list[Field]:
    """The list of the fields, for the page on which a wording is written."""
    meanings = {
        "name": _("the person’s name"),
        "called": _("the name with its form of address"),
        "firm": _("the person’s firm or shop"),
        "town": _("the person’s town"),
        "day": _("what the occasion is called"),
        "years": _("years since the first deal, in words"),
        "me": _("who signs the card"),
        "our_firm": _("our firm"),
    }
    place = {"ur": 0, "hi": 1}.get(sdk.current_language())
    names = {key: key if place is None else FIELDS[key][place] for key in FIELDS}
    return [Field(f"{{{{ {names[key]} }}}}", meaning) for key, meaning in meanings.items()]


def pieces(text: str) -> list[str]:
    """A wording cut at its braces, for a page: words and braces in turn, beginning and ending with words."""
    return _BRACES.split(text)


def checked(text: str) -> str:
    """A wording fit to be kept.

    :raises LoyalAppError: in plain words, for what is no wording; nothing of it was run.
    """
    clean = sdk.plain(text)
    if not clean:
        raise sdk.LoyalAppError(_("Please write a wording."), field="text")
    if len(clean) > LONGEST:
        raise sdk.LoyalAppError(
            _("This is too long for a card. Please shorten it to %(number)s letters.", number=LONGEST), field="text"
        )
    _check(clean)
    return clean


def say(text: str, values: Mapping[str, str]) -> str:
    """What a wording says to one person.

    :raises LoyalAppError: for what is no wording, or where it becomes too long for a card or says nothing.
    """
    known = {one: values.get(key, "") for one, key in _KEYS.items()}
    said = sdk.plain(_compiled(checked(text)).render(known))
    if not said:
        raise sdk.LoyalAppError(_("For this person the wording says nothing at all."), field="text")
    if len(said) > LONGEST_SAID:
        raise sdk.LoyalAppError(
            _("With everything put in, this is too long for a card. Please shorten it to %(number)s letters.",
              number=LONGEST_SAID), field="text"
        )  # fmt: skip
    return said


@lru_cache(64)
def _compiled(text: str) -> Any:
    return _machine().from_string(text)


@lru_cache(1)
def _machine() -> Any:
    """Jinja's sandbox without filters, tests and globals."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 -- only where somebody writes wordings

    machine = ImmutableSandboxedEnvironment(autoescape=False)
    for table in (machine.globals, machine.filters, machine.tests):
        table.clear()
    return machine


def _check(text: str) -> None:
    from jinja2 import TemplateSyntaxError, nodes  # noqa: PLC0415 -- the same

    try:
        tree = _machine().parse(text)
    except TemplateSyntaxError as error:
        raise _refused(_tag_of(error, text)) from error
    except RecursionError as error:
        raise _refused("") from error
    plain = (nodes.Template, nodes.Output, nodes.TemplateData)
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Name):
            _check_field(node)
        elif isinstance(node, nodes.TemplateData):
            _check_words(node.data)
        elif not isinstance(node, (*plain, nodes.If)):
            raise _refused(type(node).__name__)


def _check_words(text: str) -> None:
    """Whether braces were meant as a field, such as `{name}`, and would stand on the card as they are."""
    single = any(name.strip() in _KEYS for name in _SINGLE.findall(text))
    if single or any(pair in text for pair in ("{{", "}}", "{%", "%}")):
        raise _refused("")


def _check_field(node: Any) -> None:
    """Whether the name in the braces is one of our fields; the nearest is offered for one that is not."""
    if node.ctx != "load":
        raise _refused("Assign")
    if node.name in _KEYS:
        return
    from difflib import get_close_matches  # noqa: PLC0415 -- only for a mistake

    wrong = sdk.isolate_text(node.name)
    near = get_close_matches(node.name.lower(), _KEYS, 1)
    said = _("There is no field “%(name)s”. The fields stand beside the text.", name=wrong)
    if near:
        said = _("There is no field “%(name)s”. Did you mean “%(other)s”?", name=wrong, other=sdk.isolate_text(near[0]))
    raise sdk.LoyalAppError(said, field="text")


def _tag_of(error: Any, text: str) -> str:
    """What Jinja stumbled over, as far as it matters to the user."""
    if any(f"{{% {word}" in text.replace("{%-", "{%") or f"{{%{word}" in text for word in ("for", "while")):
        return "For"
    if str(error).startswith("expected token 'end of print statement', got '") and "got '{'" not in str(error):
        return "Words"  # such as {{ our firm }}
    return "" if "Encountered unknown tag" not in str(error) else "Tag"


def _refused(what: str) -> sdk.LoyalAppError:
    """The mistake as a sentence that says what to write instead."""
    said = _("In the braces there can only be the name of a field, like {{ name }}, and nothing beside it.")
    if what == "For":
        said = _("A wording cannot repeat anything. Please write every sentence once.")
    elif what in TAGS:
        said = _("A wording can only ask whether a field is there: “if” with the field, “else” and “endif”.")
    elif not what:
        said = _("The braces do not fit together. A field begins with {{ and ends with }}.")
    return sdk.LoyalAppError(said, field="text")
