"""The command line in the language of this computer: what commands explain, and what click says of wrong words.

Nothing is read before something has to be said: a start pays nothing for it.
"""

import gettext
import inspect
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import click

# Those parts of click that speak; each holds the `gettext` of Python under these names.
SPEAKERS = (click.core, click.exceptions, click.formatting, click.parser, click.termui, click.types)


def lazy(text: str) -> str:
    """Marks a word for the catalogue; it is translated when it is said."""
    return text


def lazy_ngettext(one: str, many: str) -> tuple[str, str]:
    """The same for a word that goes by a number."""
    return one, many


# What click may say to somebody who uses our commands, in the words of its source.
WORDS = frozenset(
    (
        lazy("Usage:"),
        lazy("Options"),
        lazy("Commands"),
        lazy("required"),
        lazy("default: {default}"),
        lazy("Missing command."),
        lazy("Missing argument"),
        lazy("Missing option"),
        lazy("Choose from:\n\t{choices}"),
        lazy("Error: {message}"),
        lazy("Error: invalid input"),
        lazy("Aborted!"),
        lazy("Try '{command} {option}' for help."),
        lazy("Invalid value: {message}"),
        lazy("Invalid value for {param_hint}: {message}"),
        lazy("No such option {name!r}."),
        lazy("No such command {name!r}."),
        lazy("Option {name!r} does not take a value."),
        lazy("{value!r} is not a valid {number_type}."),
        lazy("{value} is not in the range {range}."),
        lazy("{name} {filename!r} does not exist."),
        lazy("{name} {filename!r} is a file."),
        lazy("{name} {filename!r} is a directory."),
        lazy("{name} {filename!r} is not readable."),
        lazy("{name} {filename!r} is not writable."),
        lazy("Show this message and exit."),
        lazy("Show the version and exit."),
    )
)
COUNTED = frozenset(
    (
        lazy_ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
        lazy_ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
        lazy_ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
        lazy_ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    )
)
_typed: list[str] = []  # the words after `loyalapp`


class Command(click.Command):
    """A command that explains itself in the language of this computer."""

    def get_help(self, ctx: click.Context) -> str:
        with _explained(self, *self.get_params(ctx)):
            return super().get_help(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        with _explained(self):
            return super().get_short_help_str(limit)


class Commands(Command, click.Group):
    """A group of them."""

    command_class = Command
    group_class = type

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> Any:
        _typed[:] = sys.argv[1:] if args is None else args
        return super().main(list(_typed), *more, **options)


@contextmanager
def _explained(*parts: Any) -> Iterator[None]:
    """Within the block the explanations are those of the language of this computer."""
    english = [(part, part.help) for part in parts if getattr(part, "help", None)]
    for part, text in english:
        bare = inspect.cleandoc(text)
        part.help = _catalogue(language()).gettext(bare)
    try:
        yield
    finally:
        for part, text in english:
            part.help = text


def language() -> str:
    """How this computer is spoken to: as the words typed wish, else as the window was left, else as the system is."""
    from loyalapp.core.config import Config
    from loyalapp.desktop.remembered import Remembered
    from loyalapp.desktop.words import chosen_language

    data = Config.from_options(data_dir=_option("--data-dir")).data_dir
    return chosen_language(_option("--language"), Remembered(data).language)


def _option(name: str) -> str | None:
    """What was typed behind an option, also where the command as a whole was not understood."""
    for word, following in zip(_typed, [*_typed[1:], ""], strict=False):
        if word == name:
            return following
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return os.environ.get("LOYALAPP_DATA_DIR") if name == "--data-dir" else None


@lru_cache
def _catalogue(chosen: str) -> gettext.NullTranslations:
    """Our words in one language, as Python itself reads them; the English ones where they cannot be read."""
    from loyalapp.core.catalogues import compiled_catalogue
    from loyalapp.core.paths import shipped

    source = shipped("translations") / chosen / "LC_MESSAGES" / "messages.po"
    if not source.is_file():
        return gettext.NullTranslations()
    try:
        with compiled_catalogue(source, None).open("rb") as stream:
            return gettext.GNUTranslations(stream)
    except (OSError, ValueError, SyntaxError):
        return gettext.NullTranslations()


def _said(text: str) -> str:
    return _catalogue(language()).gettext(text) if text in WORDS else text


def _counted(one: str, many: str, number: int) -> str:
    if (one, many) in COUNTED:
        return _catalogue(language()).ngettext(one, many, number)
    return one if number == 1 else many


for _speaker in SPEAKERS:
    for _name, _word in (("_", _said), ("ngettext", _counted)):
        if hasattr(_speaker, _name):
            setattr(_speaker, _name, _word)
