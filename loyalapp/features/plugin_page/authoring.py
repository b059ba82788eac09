"""`loyalapp plugin …` for makers of plugins: a new one, its words and migrations, a run straight from its folder."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from loyalapp.features.plugin_page.commands import A_FOLDER, faults

ASKED = (("en", "Name in English"), ("ur", "Name in Urdu"), ("hi", "Name in Hindi"))


def add_to(
    group: click.Group, on_data: Callable[..., Any], opened: Callable[..., Any], run: Callable[..., int]
) -> None:
    """Add the commands to `loyalapp plugin`.

    :param on_data: the decorator with the options that say which data a command works on.
    :param opened: opens the app on that data.
    :param run: starts the program with a plugin under development; answers the exit code.
    """
    _add_new(group, on_data)
    _add_words(group, on_data)
    _add_migration(group, on_data, opened)
    _add_run(group, run)


def _add_new(group: click.Group, on_data: Callable[..., Any]) -> None:
    @group.command()
    @click.argument("plugin_id", metavar="ID")
    @click.option("--in", "home", type=A_FOLDER, default=".", help="The folder in which its folder is made.")
    @click.option("--name-en", help="Its name in English; asked for where it is not given.")
    @click.option("--name-ur", help="Its name in Urdu.")
    @click.option("--name-hi", help="Its name in Hindi.")
    @click.option("--author", help="Who makes it, as the user will read it.")
    @on_data
    def new(plugin_id: str, home: Path, author: str | None, **given: Any) -> None:
        """Make a new plugin in the folder ID: a page, a table, a line on Today, words in three languages, a test."""
        from loyalapp.plugin_system import making  # noqa: PLC0415 -- --help answers at once

        with faults():
            making.check_id(plugin_id)
            names = {one: given[f"name_{one}"] or _asked(question, making.check_name) for one, question in ASKED}
            folder = making.make(home, plugin_id, names, author or _asked("Your name or firm", making.check_name))
        click.echo(f"{folder}\nNow: loyalapp plugin run {folder}    (and pytest in this folder)")


def _asked(question: str, check: Callable[[str], str]) -> str:
    """Ask until the answer can be used."""

    def use(answer: str) -> str:
        try:
            return check(answer)
        except ValueError as error:
            raise click.UsageError(str(error)) from error

    return str(click.prompt(question, value_proc=use))


def _add_words(group: click.Group, on_data: Callable[..., Any]) -> None:
    @group.command()
    @click.argument("folder", type=A_FOLDER)
    @on_data
    def words(folder: Path, **_data: Any) -> None:
        """Bring the English words of FOLDER into its Urdu and Hindi catalogues; ends with 1 while some are empty."""
        from loyalapp.core import translating  # noqa: PLC0415 -- --help answers at once

        found = translating.words_of_plugin(folder.resolve())
        for language, empty in translating.update_one(found).items():
            click.echo(f"{found.catalogue(language)}: {empty} to translate")
        sys.exit(1 if translating.faults_of(found) else 0)


def _add_migration(group: click.Group, on_data: Callable[..., Any], opened: Callable[..., Any]) -> None:
    @group.command()
    @click.argument("folder", type=A_FOLDER)
    @click.argument("what", default="first")
    @on_data
    def migration(folder: Path, what: str, **_data: Any) -> None:
        """Write the next migration of FOLDER from its models.py; WHAT is what changes, such as add_price."""
        import tempfile  # noqa: PLC0415 -- --help answers at once

        from loyalapp.plugin_system import drafting  # noqa: PLC0415 -- --help answers at once

        with tempfile.TemporaryDirectory() as room, opened(Path(room), None) as app, faults():
            click.echo(drafting.draft(app, folder.resolve(), what) or "models.py and the migrations agree already")
            let_go(app)


def let_go(app: Any) -> None:
    """Of the files in the temporary folder: Windows removes none that is open."""
    from loyalapp.core.db import db  # noqa: PLC0415 -- --help answers at once
    from loyalapp.core.logs import close_log  # noqa: PLC0415 -- --help answers at once

    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    close_log()


def _add_run(group: click.Group, run: Callable[..., int]) -> None:
    @group.command("run")
    @click.argument("folder", type=A_FOLDER)
    @click.option("--browser", is_flag=True, help="Open in the browser instead of a window.")
    @click.option("--serve", is_flag=True, help="Only serve the pages and print the address.")
    @click.option("--language", type=click.Choice(["ur", "hi", "en"]))
    @click.option("--data-dir", type=click.Path(path_type=Path), help="Else a data folder of its own, with examples.")
    def run_plugin(folder: Path, **wishes: Any) -> None:
        """Start LoyalApp with the plugin in FOLDER, straight from there; it is not installed, and gone afterwards."""
        from loyalapp.plugin_system.manifest import read_manifest  # noqa: PLC0415 -- --help answers at once

        with faults():
            read_manifest(folder.resolve())
        sys.exit(run(folder.resolve(), **wishes))
