"""What the pages and the command line do with plugins from files: look, install, go back, remove, and what stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from flask import current_app

from loyalapp.core.db import db, only_reading
from loyalapp.core.i18n import _, current_language
from loyalapp.features.backups import service as backups
from loyalapp.features.plugin_page.refusals import NotTaken
from loyalapp.plugin_system import leftovers, state
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.refusal import Refusal

if TYPE_CHECKING:
    from loyalapp.plugin_system.installer import Installer, Review

REVIEW_PAGE = "/plugins/install/"
SUFFIX = ".loyalplugin"


@dataclass(frozen=True)
class KeptData:
    """The data of a plugin that is gone."""

    plugin_id: str
    name: str
    rows: int
    size: int


def installer() -> "Installer":
    """The door for plugins of this app."""
    from loyalapp.plugin_system.installer import Installer  # noqa: PLC0415 -- slow import

    return Installer(current_app.extensions["loyalapp.data"], registry())


@contextmanager
def plainly() -> Iterator[None]:
    """Refusals become sentences, and no transaction of the page stands in the way of tables."""
    db.session.rollback()
    try:
        yield
    except Refusal as refusal:
        raise NotTaken(refusal) from refusal


# ---- in ----


def stage(source: BinaryIO, called: str) -> "Review":
    """Put a file aside and look at it; nothing of it runs.

    :raises NotTaken: with what is wrong; the file is not kept then.
    """
    with plainly():
        door = installer()
        token = door.stage(source, called)
        try:
            return door.examine(token)
        except Refusal:
            door.discard(token)
            raise


def open_file(path: Path) -> str:
    """A `.loyalplugin` given at the start or handed over by a later one; answers the page that goes on with it.

    :raises NotTaken: with what is wrong.
    """
    try:
        with path.open("rb") as stream:
            return REVIEW_PAGE + quote(stage(stream, path.name).token)
    except OSError as error:
        raise NotTaken(Refusal("gone", details=str(error))) from error


def is_plugin_file(path: Path) -> bool:
    """Whether a file given to the program is meant for this door: what is called so, and what is one by its content."""
    if path.name.lower().endswith(SUFFIX):
        return True
    import zipfile  # noqa: PLC0415 -- most starts bring no file
    from contextlib import suppress  # noqa: PLC0415 -- the same

    from loyalapp.plugin_system.package import MANIFEST  # noqa: PLC0415 -- slow import

    with suppress(OSError, ValueError, NotImplementedError, zipfile.BadZipFile), zipfile.ZipFile(path) as opened:
        return MANIFEST in opened.namelist()
    return False


def review(token: str) -> "Review":
    """Look again at a file that was put aside.

    :raises NotTaken: with what is wrong.
    """
    with plainly():
        return installer().examine(token)


def install(token: str) -> tuple[str, bool]:
    """The user's yes: try it on a copy, then put it in its place. Answers its id, and whether it lies there now.

    :raises NotTaken: with the reason; then everything is as before and the file is not kept.
    """
    with plainly():
        door = installer()
        try:
            seen = door.examine(token)
            backups.before("plugin")
            door.try_out(seen, db.engine)
            return seen.package.manifest.id, door.install(seen)
        except Refusal:
            door.discard(token)
            raise


def discard(token: str) -> None:
    """The user's no."""
    installer().discard(token)


# ---- back and out ----


def go_back(plugin_id: str) -> None:
    """The version before takes the place again, now or with the next start.

    :raises NotTaken: if it cannot.
    """
    from loyalapp.plugin_system import leaving  # noqa: PLC0415 -- slow import

    with plainly():
        backups.before("plugin")
        leaving.go_back(installer(), plugin_id, db.engine)


def stay(plugin_id: str) -> None:
    """Nothing changes at the next start after all."""
    installer().places.take_back(plugin_id)


def remove(plugin_id: str, how: str) -> Path | None:
    """Take a plugin away; answers where the copy of its data lies, if one was wanted.

    :raises NotTaken: if it cannot.
    """
    from loyalapp.plugin_system import leaving  # noqa: PLC0415 -- slow import

    with plainly():
        if registry().sentinel.is_guest:
            raise Refusal("open")
        backups.before("plugin")
        return leaving.remove(installer(), plugin_id, how, db.engine)


def kept_data() -> list[KeptData]:
    """The data of plugins that are gone, by name."""
    from loyalapp.plugin_system import leaving  # noqa: PLC0415 -- slow import

    names = leaving.names_of_kept(installer())
    with only_reading():  # on a connection of its own, beside whatever this page has begun
        found = leftovers.kept_data(db.engine, registry().plugins)
    language = current_language()
    return sorted(
        (KeptData(one.plugin_id, _name(names, one.plugin_id, language), one.rows, one.size) for one in found),
        key=lambda one: one.name,
    )


def _name(names: dict[str, dict[str, str]], plugin_id: str, language: str) -> str:
    return str(names.get(plugin_id, {}).get(language, plugin_id))


def save_kept(plugin_id: str) -> Path:
    """Write the data of a plugin that is gone into the exports folder."""
    from loyalapp.plugin_system import leaving  # noqa: PLC0415 -- slow import

    with plainly():
        return leaving.save_copy(installer(), plugin_id, db.engine, set(registry().plugins))


def delete_kept(plugin_id: str) -> None:
    """Delete the data of a plugin that is gone."""
    from loyalapp.plugin_system import leaving  # noqa: PLC0415 -- slow import

    with plainly():
        if plugin_id in registry().plugins:
            raise Refusal("gone")
        backups.before("plugin")
        leaving.delete_data(installer(), plugin_id, db.engine, set(registry().plugins))


def wish(plugin_id: str, *, is_on: bool) -> str:
    """Wish a plugin on or off from the command line; answers when that comes true.

    :raises NotTaken: if it is not here.
    """
    with plainly():
        if plugin_id not in registry().plugins:
            raise Refusal("not_here", name=plugin_id)
    registry().states.set_wish(plugin_id, state.ON if is_on else state.OFF)
    return _("It changes with the next start of LoyalApp.")


def switch_on_and_restart(plugin_id: str) -> None:
    """One click: wished on, and the program starts again."""
    registry().states.set_wish(plugin_id, state.ON)
    current_app.extensions["loyalapp"].restart_wanted.set()


def check(file: Path) -> str:
    """What an installation would say of a file, but for the version that is here already; answers its id and version.

    :raises NotTaken: with what is wrong.
    """
    from loyalapp.plugin_system import fitting, package, signatures  # noqa: PLC0415 -- slow import

    with plainly():
        door = installer()
        found = package.open_package(file, file.name)
        manifest = found.manifest
        fitting.check_fits(found, {key: one for key, one in door.plugins.plugins.items() if key != manifest.id})
        if found.signature:
            signatures.verify(found.checksums, found.signature)
        door.try_package(found, db.engine)
        return f"{manifest.id} {manifest.version} {found.fingerprint}"
