"""The `loyalapp` command: every subcommand opens the data, calls one service verb and says what came of it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from loyalapp import __version__
from loyalapp.desktop import console
from loyalapp.features.backups import commands as backup_commands
from loyalapp.features.help import translate_commands
from loyalapp.features.plugin_page import authoring, commands
from loyalapp.features.staff import commands as staff_commands

LANGUAGES = click.Choice(["ur", "hi", "en"])
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def on_data(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which data a command works on."""
    folder = click.option(
        "--data-dir",
        type=click.Path(path_type=Path),
        envvar="LOYALAPP_DATA_DIR",
        help="Where your data lies.",
    )
    server = click.option(
        "--database-url", envvar="LOYALAPP_DATABASE_URL", help="postgresql+psycopg://…, for several desks."
    )
    return folder(server(command))


@contextmanager
def opened(data_dir: Path | None, database_url: str | None, *, safe_mode: bool = True, **options: Any) -> Iterator[Any]:
    """The app on the data, without a server; a fault the user can mend ends the command with its sentence."""
    from sqlalchemy.exc import DBAPIError

    from loyalapp.core import outages
    from loyalapp.core.config import Config
    from loyalapp.core.errors import Damaged, LoyalAppError, NewerData
    from loyalapp.core.paths import DataFolder
    from loyalapp.desktop.asking import is_opened
    from loyalapp.desktop.house import UNUSABLE, trouble_with
    from loyalapp.desktop.instance import is_taken
    from loyalapp.desktop.words import sentence

    config = Config.from_options(data_dir=data_dir, database_url=database_url, safe_mode=safe_mode, **options)
    if trouble := trouble_with(DataFolder(config.data_dir), console.language()):
        click.echo(trouble, err=True)
        sys.exit(UNUSABLE)
    config = config._replace(is_guest=is_taken(config.data_dir))
    if not config.database_url and not is_opened(config.data_dir, console.language()):
        sys.exit(UNUSABLE)
    try:
        from loyalapp.app import create_app

        app = create_app(config)
        with app.app_context():
            try:
                yield app
            except LoyalAppError as error:  # its words are spoken here, while the app still knows the language
                raise click.ClickException(str(error)) from error
    except LoyalAppError as error:
        raise click.ClickException(str(error)) from error
    except (Damaged, NewerData, DBAPIError) as error:
        if isinstance(error, DBAPIError) and not outages.is_one(error):
            raise
        key = {Damaged: "data_damaged", NewerData: "newer_data"}.get(type(error), "no_database")
        click.echo(sentence(key, console.language()), err=True)
        sys.exit(UNUSABLE)


@click.group(cls=console.Commands, invoke_without_command=True)
@click.version_option(__version__, prog_name="LoyalApp", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """LoyalApp: whom to contact today and why. Without a command it opens its window."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if context.invoked_subcommand is None:
        context.invoke(desktop)


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--browser", is_flag=True, help="Open in the browser instead of a window.")
@click.option("--language", type=LANGUAGES, help="Urdu, Hindi or English.")
@click.option("--safe-mode", is_flag=True, help="Start without plugins.")
@on_data
def desktop(
    file: Path | None = None,
    language: str | None = None,
    data_dir: Path | None = None,
    database_url: str | None = None,
    *,
    browser: bool = False,
    safe_mode: bool = False,
) -> None:
    """Open LoyalApp in its window, perhaps with a list or a plugin FILE."""
    from loyalapp.core.config import Config
    from loyalapp.desktop import run

    config = Config.from_options(data_dir=data_dir, database_url=database_url, language=language, safe_mode=safe_mode)
    sys.exit(run(config, browser=browser, file=file))


def desktop_main() -> None:
    """What the icon of an installed LoyalApp starts, with no console to speak on."""
    main.main(args=["desktop", *sys.argv[1:]])


@main.command()
@click.option("--host", default="127.0.0.1", help="This computer only, until logins exist.")
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--language", type=LANGUAGES, help="Urdu, Hindi or English.")
@click.option("--safe-mode", is_flag=True, help="Start without plugins.")
@on_data
def serve(
    host: str, port: int, language: str | None, data_dir: Path | None, database_url: str | None, *, safe_mode: bool
) -> None:
    """Serve the pages and print the address; for tests, and for the desks of one office."""
    from loyalapp.core.config import Config
    from loyalapp.desktop import run

    config = Config.from_options(
        data_dir=data_dir, database_url=database_url, language=language, safe_mode=safe_mode, host=host, port=port
    )
    sys.exit(run(config, serve=True))


@main.command()
@click.option("--firm", required=True, help="The name of your firm or shop.")
@click.option("--country", required=True, type=click.Choice(["PK", "IN", "XX"]), help="XX is any other country.")
@click.option("--city", default="", help="Your city or town.")
@click.option("--language", default="en", type=LANGUAGES, help="Urdu, Hindi or English.")
@on_data
def setup(firm: str, country: str, city: str, language: str, data_dir: Path | None, database_url: str | None) -> None:
    """Answer the questions of the first start."""
    with opened(data_dir, database_url):
        from loyalapp.features.settings import service as settings

        settings.set_up(firm, country, city, language)
    click.echo(f"{firm}: {country} {city} {language}".strip())


@main.command("import")
@click.argument("file", type=A_FILE)
@click.option("--yes", is_flag=True, help="Do not ask before the rows are taken in.")
@on_data
def import_list(file: Path, data_dir: Path | None, database_url: str | None, *, yes: bool) -> None:
    """Bring in a list of customers or sales: .xlsx, .xls, .ods, .csv or .vcf."""
    with opened(data_dir, database_url, safe_mode=False):
        from loyalapp.features.imports import service as imports

        plan = imports.plan(file)
        click.echo("\n".join(plan.sentences()))
        if yes or click.confirm("OK?", default=True):
            click.echo("\n".join(imports.carry_out(plan).sentences()))


@main.command()
@click.option("--format", "form", default="json", type=click.Choice(["json", "csv", "xlsx", "vcf"]))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; else the exports folder is used.")
@on_data
def export(form: str, out: Path | None, data_dir: Path | None, database_url: str | None) -> None:
    """Write all customers to a file."""
    with opened(data_dir, database_url):
        from loyalapp.features.customers import export as exporting

        click.echo(exporting.write(form, out))


@main.command()
@on_data
def demo(data_dir: Path | None, database_url: str | None) -> None:
    """Add the example customers; one click in the settings takes them out again."""
    with opened(data_dir, database_url, safe_mode=False):
        from loyalapp.features.welcome import service as welcome

        click.echo(welcome.add_examples())


@main.command()
@on_data
def check(data_dir: Path | None, database_url: str | None) -> None:
    """Look after the health of data, plugins, translations and fonts; ends with 1 where something is wrong."""
    with opened(data_dir, database_url, safe_mode=False):
        from loyalapp.features.help import checks

        findings = checks.findings()
    for finding in findings:
        click.echo(f"{'ok ' if finding.is_good else 'BAD'} {finding.what}: {finding.answer}")
    sys.exit(0 if all(finding.is_good for finding in findings) else 1)


@main.group()
def backup() -> None:
    """Copies of your data."""


def _password() -> str:
    from loyalapp.desktop.asking import password

    return password(console.language())


backup_commands.add_to(backup, on_data, opened, console.language, _password)


@main.group()
def staff() -> None:
    """The people who work here."""


staff_commands.add_to(staff, on_data, opened)


@main.group()
def plugin() -> None:
    """The parts that can be switched on and off."""


@plugin.command("list")
@on_data
def list_plugins(data_dir: Path | None, database_url: str | None) -> None:
    """Show every plugin and how it fares."""
    with opened(data_dir, database_url, safe_mode=False):
        from loyalapp.core.i18n import current_language
        from loyalapp.features.plugin_page import service as plugin_page

        for card in plugin_page.cards(current_language()):
            click.echo(f"{card.plugin.id:12} {card.stamp:14} {card.name}  {card.sentence}".rstrip())


@plugin.command()
@click.argument("name")
@on_data
def enable(name: str, data_dir: Path | None, database_url: str | None) -> None:
    """Switch a plugin on, from the next start."""
    with opened(data_dir, database_url):
        from loyalapp.features.plugin_page import installing

        click.echo(installing.wish(name, is_on=True))


@plugin.command()
@click.argument("name")
@on_data
def disable(name: str, data_dir: Path | None, database_url: str | None) -> None:
    """Switch a plugin off, from the next start; its data stays."""
    with opened(data_dir, database_url):
        from loyalapp.features.plugin_page import installing

        click.echo(installing.wish(name, is_on=False))


def _run_plugin(
    folder: Path, *, browser: bool, serve: bool, language: str | None = None, data_dir: Path | None = None
) -> int:
    """Start with a plugin under development, by default on data of its own: the examples of a firm in Lahore."""
    from loyalapp.core.config import Config, default_data_dir
    from loyalapp.core.paths import DataFolder
    from loyalapp.desktop import run

    place = data_dir or default_data_dir().with_name("LoyalApp plugins") / folder.name
    data = DataFolder(place.resolve())
    if not data.database.is_file():
        with opened(data.root, None, safe_mode=False, under_development=folder) as app:
            from loyalapp.features.settings import service as settings
            from loyalapp.features.welcome import service as welcome

            settings.set_up("Anmol Machinery", "PK", "Lahore", language or "en")
            welcome.add_examples()
            authoring.let_go(app)
    click.echo(f"Data: {data.root}\nLog: {data.logs}")
    config = Config.from_options(data_dir=data.root, language=language, under_development=folder)
    return run(config, browser=browser, serve=serve)


commands.add_to(plugin, on_data, opened)
authoring.add_to(plugin, on_data, opened, _run_plugin)


@main.group()
def translate() -> None:
    """The words in three languages; for those who work on LoyalApp."""


translate_commands.add_to(translate, on_data)
