"""`loyalapp backup …`: make a copy, list and verify copies, bring one back; imports only what a command needs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
Opened = Callable[..., Any]


def add_to(
    group: click.Group,
    on_data: Callable[..., Any],
    opened: Opened,
    language: Callable[[], str],
    password: Callable[[], str],
) -> None:
    """Add the commands to `loyalapp backup`.

    :param on_data: the decorator with the options that say which data a command works on.
    :param opened: opens the app on that data. `language`: in which language this computer is spoken to.
    :param password: asks for what opens a backup that is locked.
    """
    _add_looking(group, on_data, opened, password)
    _add_restore(group, on_data, opened, language, password)


def _add_looking(group: click.Group, on_data: Callable[..., Any], opened: Opened, password: Callable[[], str]) -> None:
    @group.command()
    @on_data
    def create(data_dir: Path | None, database_url: str | None) -> None:
        """Make a copy now, check it, and say where it is."""
        with opened(data_dir, database_url):
            from loyalapp.features.backups import service as backups  # noqa: PLC0415 -- --help answers at once

            click.echo(backups.create().path)

    @group.command("list")
    @on_data
    def list_copies(data_dir: Path | None, database_url: str | None) -> None:
        """Show the copies, the newest first."""
        with opened(data_dir, database_url):
            from loyalapp.features.backups import service as backups  # noqa: PLC0415 -- --help answers at once

            for copy in backups.copies_here():
                click.echo(f"{copy.made_at:%Y-%m-%d %H:%M} UTC  {copy.size / 1e6:8.1f} MB  {copy.path}")

    @group.command()
    @click.argument("file", type=A_FILE)
    @on_data
    def verify(file: Path, data_dir: Path | None, database_url: str | None) -> None:  # noqa: ARG001 -- every command takes them
        """Say whether a copy is whole and could be brought back."""
        from loyalapp.features.backups import restoring  # noqa: PLC0415 -- --help answers at once

        is_whole = restoring.look(file, _key_of(file, password)) is not None
        click.echo("ok" if is_whole else "damaged")
        sys.exit(0 if is_whole else 1)


def _add_restore(
    group: click.Group,
    on_data: Callable[..., Any],
    opened: Opened,
    language: Callable[[], str],
    password: Callable[[], str],
) -> None:
    @group.command()
    @click.argument("file", type=A_FILE)
    @click.option("--yes", is_flag=True, help="Do not ask before the data is replaced.")
    @on_data
    def restore(file: Path, data_dir: Path | None, database_url: str | None, *, yes: bool) -> None:
        """Bring back the data of the backup FILE; what is there now is kept as a backup of its own."""
        from loyalapp.core import sealing  # noqa: PLC0415 -- --help answers at once
        from loyalapp.core.config import Config  # noqa: PLC0415 -- --help answers at once
        from loyalapp.core.paths import DataFolder  # noqa: PLC0415 -- --help answers at once
        from loyalapp.features.backups import restoring  # noqa: PLC0415 -- --help answers at once

        data = DataFolder(Config.from_options(data_dir=data_dir).data_dir)
        with _speaking(opened, language()):
            restoring.check_place(database_url)
            sealing.open_quietly(data.root)
            key = _key_of(file, password)
            click.echo(restoring.told(file, key))
            if not yes and not click.confirm("OK?", default=False):
                return
            data.prepare()
            restoring.stage(data, file, key)
        with opened(data_dir, None):  # in its place, unless LoyalApp is open; brought to the newest form
            click.echo(restoring.outcome(data))
            _let_go()


def _key_of(file: Path, password: Callable[[], str]) -> str | None:
    """What opens a backup: the key of the data it lies in, or what is typed where it is locked."""
    from loyalapp.core import sealing  # noqa: PLC0415 -- --help answers at once
    from loyalapp.features.backups import files  # noqa: PLC0415 -- --help answers at once

    if not files.is_locked(file):
        return None
    own = sealing.key_in_use(file)
    if own and (found := files.fitting_key(file, [files.raw(own)])):
        return found
    return files.fitting_key(file, files.keys_of(password()))


@contextmanager
def _speaking(opened: Opened, language: str) -> Iterator[None]:
    """An app that only lends its words: the data itself may be too damaged to be opened."""
    with TemporaryDirectory() as nowhere, opened(Path(nowhere), None, language=language):
        try:
            yield
        finally:
            _let_go()


def _let_go() -> None:
    """Close the files of the app at hand."""
    from loyalapp.core.db import db  # noqa: PLC0415 -- --help answers at once
    from loyalapp.core.logs import close_log  # noqa: PLC0415 -- --help answers at once

    db.session.remove()
    db.engine.dispose()
    close_log()
