"""`loyalapp plugin …` for what the pages do too, and for those who make plugins; imports only what a command needs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
A_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
EITHER = click.Path(exists=True, path_type=Path)


def add_to(group: click.Group, on_data: Callable[..., Any], opened: Callable[..., Any]) -> None:
    """Add the commands to `loyalapp plugin`.

    :param on_data: the decorator with the options that say which data a command works on.
    :param opened: opens the app on that data.
    """
    _add_user_commands(group, on_data, opened)
    _add_check(group, on_data, opened)
    _add_author_commands(group, on_data)


def _add_user_commands(group: click.Group, on_data: Callable[..., Any], opened: Callable[..., Any]) -> None:
    @group.command()
    @click.argument("file", type=A_FILE)
    @click.option("--yes", is_flag=True, help="Do not ask before its code runs.")
    @on_data
    def install(file: Path, data_dir: Path | None, database_url: str | None, *, yes: bool) -> None:
        """Check FILE, show what it is, try it on a copy of the data, and install it, switched off."""
        with opened(data_dir, database_url):
            _install(file, yes=yes)

    @group.command()
    @click.argument("name")
    @click.option("--data", "how", type=click.Choice(["keep", "save", "delete"]), default="keep", show_default=True)
    @on_data
    def remove(name: str, how: str, data_dir: Path | None, database_url: str | None) -> None:
        """Remove the plugin NAME; its data is kept, saved to a file and deleted, or deleted."""
        with opened(data_dir, database_url):
            from loyalapp.features.plugin_page import installing  # noqa: PLC0415 -- --help answers at once

            copy = installing.remove(name, how)
        click.echo(copy or "ok")


def _install(file: Path, *, yes: bool) -> None:
    from loyalapp.core.i18n import _  # noqa: PLC0415 -- --help answers at once
    from loyalapp.features.plugin_page import installing  # noqa: PLC0415 -- --help answers at once

    token = installing.open_file(file).rsplit("/", 1)[1]
    try:
        review = installing.review(token)
        click.echo("\n".join(_about(review)))
        if not yes and not click.confirm(_("A plugin is a program. Do you know its maker, and shall it be installed?")):
            return
        plugin_id, _is_there = installing.install(token)
        click.echo(f"ok: loyalapp plugin enable {plugin_id}")
    finally:
        installing.discard(token)


def _about(review: Any) -> list[str]:
    """What the page of the review says."""
    from loyalapp.core.i18n import _, current_language  # noqa: PLC0415 -- --help answers at once
    from loyalapp.features.plugin_page import service  # noqa: PLC0415 -- --help answers at once

    told = service.shown(review, current_language())
    manifest, maker = told["manifest"], _("Made by %(author)s", author=told["manifest"].author)
    update = _("It takes the place of version %(version)s. Its data and settings stay.", version=review.update_of)
    return [
        f"{told['name']}: {told['summary']}",
        f"  {manifest.id} {manifest.version} · {maker} · {manifest.license}",
        *([f"  {update}"] if review.update_of else []),
        *(f"  {word}: {reason}" for _sign, word, reason, _is_new in told["uses"]),
        f"  {told['signer']} {review.signer_fingerprint}".rstrip(),
        f"  {review.package.fingerprint}",
    ]


def _add_check(group: click.Group, on_data: Callable[..., Any], opened: Callable[..., Any]) -> None:
    @group.command()
    @click.argument("what", type=EITHER, metavar="FOLDER|FILE")
    @on_data
    def check(what: Path, data_dir: Path | None, database_url: str | None) -> None:
        """Say what an installation would say to a plugin; ends with 1 where it would be refused.

        Of a FOLDER it also says what should be mended although it would be taken.
        """
        with opened(data_dir, database_url):
            _check(what)


def _add_author_commands(group: click.Group, on_data: Callable[..., Any]) -> None:
    @group.command()
    @click.argument("folder", type=A_FOLDER)
    @click.option("--out", type=click.Path(path_type=Path), help="A folder or a file; else it is put beside FOLDER.")
    @click.option("--key", type=A_FILE, help="Sign it with this key.")
    @on_data
    def pack(folder: Path, out: Path | None, key: Path | None, **_data: Any) -> None:
        """Make a .loyalplugin file of FOLDER; the same folder always gives the same bytes."""
        from loyalapp.plugin_system import packing  # noqa: PLC0415 -- --help answers at once

        with faults():
            click.echo(packing.pack(folder.resolve(), out, key))

    @group.command()
    @click.argument("file", type=A_FILE)
    @click.option("--key", type=A_FILE, required=True, help="The key that `keygen` made.")
    @on_data
    def sign(file: Path, key: Path, **_data: Any) -> None:
        """Sign FILE with your key; later versions must be signed with the same."""
        from loyalapp.plugin_system import packing  # noqa: PLC0415 -- --help answers at once

        with faults():
            packing.sign_package(file, key)
            click.echo(file)

    @group.command()
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
    @on_data
    def keygen(file: Path, **_data: Any) -> None:
        """Make a key in FILE. Keep it safe: without it nobody can update your plugins."""
        from loyalapp.plugin_system import package, signatures  # noqa: PLC0415 -- --help answers at once

        with faults():
            public = signatures.make_key(file)
            click.echo(f"{file} {package.fingerprint(signatures.key_digest(public))}")


def _check(what: Path) -> None:
    import tempfile  # noqa: PLC0415 -- --help answers at once

    from loyalapp.features.plugin_page import installing  # noqa: PLC0415 -- --help answers at once
    from loyalapp.plugin_system import advice, packing  # noqa: PLC0415 -- --help answers at once
    from loyalapp.plugin_system.manifest import read_manifest  # noqa: PLC0415 -- --help answers at once

    with tempfile.TemporaryDirectory() as room, faults():
        file = packing.pack(what.resolve(), Path(room)) if what.is_dir() else what
        click.echo(f"ok {installing.check(file)}")
        if what.is_dir():
            for word in advice.advice(what.resolve(), read_manifest(what.resolve())):
                click.echo(f"but {word}")


@contextmanager
def faults() -> Iterator[None]:
    """A fault of a plugin ends the command with its sentence, and what its maker wants to know."""
    from loyalapp.features.plugin_page.refusals import NotTaken, in_english  # noqa: PLC0415 -- --help answers at once
    from loyalapp.plugin_system.manifest import BadManifest  # noqa: PLC0415 -- --help answers at once
    from loyalapp.plugin_system.refusal import Refusal  # noqa: PLC0415 -- --help answers at once

    try:
        yield
    except NotTaken as error:
        raise click.ClickException(f"{error}\n{error.details}".strip()) from error
    except Refusal as refusal:
        raise click.ClickException(f"{in_english(refusal)}\n{refusal.details}".strip()) from refusal
    except (BadManifest, FileExistsError, ValueError) as error:
        raise click.ClickException(str(error)) from error
