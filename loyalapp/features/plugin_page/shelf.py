"""Plugins that came with a backup: they wait until somebody looks at each as at any file, and says yes or no."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from flask import current_app

from loyalapp.core.errors import NotFound
from loyalapp.core.i18n import _
from loyalapp.core.paths import DataFolder
from loyalapp.features.backups import folders
from loyalapp.features.plugin_page import installing
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.manifest import version_numbers
from loyalapp.plugin_system.refusal import Refusal

if TYPE_CHECKING:
    from loyalapp.plugin_system.installer import Review


class Waiting(NamedTuple):
    """One of them, by the name of its file."""

    file: str
    plugin_id: str
    version: str
    name: str


def waiting(language: str) -> list[Waiting]:
    """Those that are not here already in that version or a newer one, and that can be read."""
    return [one for file in folders.on_shelf(_data()) if not _is_here(file) and (one := _waiting(file, language))]


def _waiting(file: Path, language: str) -> Waiting | None:
    from loyalapp.plugin_system.package import open_package  # noqa: PLC0415 -- slow import

    try:
        manifest = open_package(file, file.name).manifest
    except Refusal:
        return None
    return Waiting(file.name, manifest.id, manifest.version, manifest.name[language])


def _is_here(file: Path) -> bool:
    plugin_id, _dash, version = file.stem.rpartition("-")
    there = registry().plugins.get(plugin_id)
    if there is None or there.manifest is None:
        return False
    return version_numbers(there.manifest.version) >= version_numbers(version)


def stage(name: str) -> "Review":
    """Look at one of them; nothing of it runs.

    :raises NotFound: if it does not wait (any more).
    :raises NotTaken: with what is wrong.
    """
    file = _found(name)
    with file.open("rb") as stream:
        return installing.stage(stream, file.name)


def put_away(name: str) -> None:
    """Nobody wants it.

    :raises NotFound: if it does not wait (any more).
    """
    arrived(_found(name).stem.rpartition("-")[0])


def arrived(plugin_id: str) -> None:
    """It waits no longer."""
    folders.take_off_shelf(_data(), plugin_id)


def _found(name: str) -> Path:
    found = next((one for one in folders.on_shelf(_data()) if one.name == name), None)
    if found is None:
        raise NotFound(_("This plugin does not wait any more."))
    return found


def _data() -> DataFolder:
    data: DataFolder = current_app.extensions["loyalapp.data"]
    return data
