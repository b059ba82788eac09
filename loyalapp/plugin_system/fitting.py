"""Whether a package fits this program, what is installed already, and this disk; still without running any code."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from loyalapp.plugin_system import packing
from loyalapp.plugin_system.discovery import Plugin
from loyalapp.plugin_system.loading import RESERVED
from loyalapp.plugin_system.manifest import Manifest, in_range, version_numbers
from loyalapp.plugin_system.package import Package
from loyalapp.plugin_system.refusal import Refusal

SPARE = 50_000_000  # bytes that stay free beside three copies of the plugin and two of the database
COPIES = 3


def check_fits(package: Package, plugins: Mapping[str, Plugin]) -> None:
    """Compare with what is there.

    :raises Refusal: `api`, `taken`, `needs`, `conflict`, `already_there`, `other_content`, `downgrade`.
    """
    manifest = package.manifest
    if not manifest.fits():
        raise Refusal("api", details=f"api = {manifest.api}")
    if manifest.id in RESERVED:
        raise Refusal("taken", name=manifest.id)
    if (there := plugins.get(manifest.id)) is not None and there.manifest is not None:
        _check_version(package, there.manifest, there.folder)
    _check_needs(manifest, plugins)
    _check_conflicts(manifest, plugins)


def _check_version(package: Package, there: Manifest, folder: Path) -> None:
    new, old = package.manifest.version, there.version
    if version_numbers(new) < version_numbers(old):
        raise Refusal("downgrade", new=new, old=old)
    if version_numbers(new) == version_numbers(old):
        same = packing.content_of(folder) == package.content
        raise Refusal("already_there" if same else "other_content", version=old)


def _check_needs(manifest: Manifest, plugins: Mapping[str, Plugin]) -> None:
    for needed, wanted in manifest.needs.items():
        there = plugins.get(needed)
        if there is None or not _is_in(there, wanted):
            raise Refusal("needs", name=needed, range=wanted)


def _check_conflicts(manifest: Manifest, plugins: Mapping[str, Plugin]) -> None:
    for other in plugins.values():
        if other.manifest is None or other.id == manifest.id:
            continue
        mine, theirs = manifest.conflicts.get(other.id), other.manifest.conflicts.get(manifest.id)
        if mine is not None and _is_in(other, mine):
            raise Refusal("conflict", name=other.id)
        if theirs is not None and in_range(version_numbers(manifest.version), theirs):
            raise Refusal("conflict", name=other.id)


def _is_in(plugin: Plugin, wanted: str) -> bool:
    return plugin.manifest is not None and in_range(version_numbers(plugin.manifest.version), wanted)


def check_space(folder: Path, unpacked: int, database: int) -> None:
    """Whether the disk holds the plugin, its trial run, and a copy of the database.

    :raises Refusal: `full`.
    """
    if shutil.disk_usage(folder).free < COPIES * unpacked + 2 * database + SPARE:
        raise Refusal("full")
