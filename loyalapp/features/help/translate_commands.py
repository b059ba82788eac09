"""`loyalapp translate …`: the words in all languages, for those who translate and for those who write new ones."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click


def add_to(translate: click.Group, on_data: Callable[..., Any]) -> None:
    """Give the group its commands."""
    add = partial(_add_verb, translate, on_data)
    add("extract", help="Collect the English words from code and templates, with what short words mean.")
    add("update", help="Bring new words into the Urdu and Hindi catalogues.")
    add("compile", help="Make the .mo files (a start does it by itself).")
    add("check", help="Name for each language and plugin what is missing or looks wrong.")

    @translate.command("new", help="Begin a folder for a language more (sd), or bring new words into it.")
    @click.argument("code")
    @click.option("--name", default="", help="What the language calls itself.")
    @click.option("--like", default="ur", type=click.Choice(["ur", "hi", "en"]), help="Which one it leans on.")
    @on_data
    def new(code: str, name: str, like: str, data_dir: Path | None, database_url: str | None) -> None:  # noqa: ARG001 -- every command takes it
        from loyalapp.core import new_tongue, tongues  # noqa: PLC0415 -- slow import

        try:
            click.echo(new_tongue.begin(_folder(data_dir), code, name or code, like))
        except tongues.BadTongue as error:
            raise click.ClickException(str(error)) from error


def _add_verb(translate: click.Group, on_data: Callable[..., Any], verb: str, help: str) -> None:  # noqa: A002 -- as click calls it
    @translate.command(verb, help=help)
    @on_data
    def run(data_dir: Path | None, database_url: str | None) -> None:  # noqa: ARG001 -- every command takes it
        from loyalapp.core import translating  # noqa: PLC0415 -- slow import

        faults = getattr(translating, verb)(click.echo)
        if verb == "check":
            faults += _check_more(_folder(data_dir))
        sys.exit(1 if faults else 0)


def _check_more(place: Path) -> int:
    """The same for the languages in the data folder: how far each is, and what is wrong with its folder."""
    from loyalapp.core import new_tongue, tongues  # noqa: PLC0415 -- slow import
    from loyalapp.core.i18n import LANGUAGES  # noqa: PLC0415 -- the same
    from loyalapp.core.paths import shipped  # noqa: PLC0415 -- the same

    there, wrong = tongues.found([shipped("translations"), place], LANGUAGES)
    for sentence in (*wrong, *(line for one in there.values() for line in new_tongue.how_far(one))):
        click.echo(sentence)
    return len(wrong)


def _folder(data_dir: Path | None) -> Path:
    from loyalapp.core.config import default_data_dir  # noqa: PLC0415 -- slow import

    return (data_dir or default_data_dir()) / "languages"
