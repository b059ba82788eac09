"""What would be different if a backup came back: numbers then and now, who would be gone, which plugins it holds."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import text

from loyalapp.core.db import db
from loyalapp.core.i18n import _, current_language
from loyalapp.features.backups import files
from loyalapp.features.backups.files import Content
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.manifest import version_numbers

NAMED = 5
WHO = "SELECT id, created_at FROM customer WHERE removed_at IS NULL"
ERASED = "SELECT id, created_at FROM customer WHERE erased_at IS NOT NULL"
NEWEST = "SELECT name FROM customer WHERE id = :id"


class Line(NamedTuple):
    """How many there were then, and how many there are now."""

    what: str
    then: int
    now: int


class PluginLine(NamedTuple):
    """A plugin whose entries are in the backup. `version`: the one of then; `here`: the one of now, "" for none."""

    id: str
    name: str
    version: str
    here: str

    @property
    def is_same(self) -> bool:
        """Whether it is here as it was then."""
        return bool(self.here) and self.version in ("", self.here)


class Differences(NamedTuple):
    """What would change. `same`: names of plugins that are here as they were then; `plugins`: the others.

    `gone`: customers of now whom the backup does not know, with some of their `names`.

    `again`: customers of the backup who were removed since. `brought`: names of plugins that come along with it.
    """

    lines: Sequence[Line]
    plugins: Sequence[PluginLine]
    same: Sequence[str]
    gone: int
    names: Sequence[str]
    again: int
    brought: Sequence[str] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing would change that is counted here."""
        return not self.gone and not self.again and all(one.then == one.now for one in self.lines)


def differences(path: Path, key: str | None, content: Content) -> Differences:
    """Compare a backup, already checked, with the data of now."""
    with files.opened(path, key) as link:
        then = set(map(tuple, link.execute(WHO).fetchall()))
        counts = {name: _count(link, name) for name in _counted(content)}
    now = {(row[0], row[1]) for row in db.session.execute(text(WHO))}
    erased = {(row[0], row[1]) for row in db.session.execute(text(ERASED))}
    plugins, brought = _plugins(content), _brought(content)
    gone = sorted(now - then, key=lambda one: str(one[1]), reverse=True)
    return Differences(
        [Line(_("Customers"), len(then), len(now)), *_lines(counts, content)],
        [one for one in plugins if not one.is_same and one.id not in brought],
        [one.name for one in plugins if one.is_same],
        len(gone),
        [str(db.session.scalar(text(NEWEST), {"id": one[0]})) for one in gone[:NAMED]],
        len(then - now - erased),
        list(brought.values()),
    )


def _counted(content: Content) -> list[str]:
    return ["interaction", "purchase", "promise", *(f"plg_{one}_" for one in content.plugins)]


def _lines(counts: dict[str, int], content: Content) -> list[Line]:
    words = {"interaction": _("Contacts"), "purchase": _("Sales"), "promise": _("Promises")}
    here = db.session.connection().connection.driver_connection
    lines = []
    for name, then in counts.items():
        now = _count(here, name)
        lines.append(
            Line(words.get(name) or _plugin_name(name.removeprefix("plg_").removesuffix("_"), content), then, now)
        )
    return [one for one in lines if one.then or one.now]


def _count(link: Any, name: str) -> int:
    """The rows of a table, or of all tables of a plugin; 0 where there is none."""
    found = link.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    tables = [one for (one,) in found if one == name or (name.endswith("_") and one.startswith(name))]
    mine = [one for one in tables if not one.endswith("_version")]
    return sum(link.execute(f'SELECT count(*) FROM "{one}"').fetchone()[0] for one in mine)  # noqa: S608 -- names of tables


def _plugin_name(plugin_id: str, content: Content) -> str:
    """As it is called here, or in the backup."""
    found = registry().plugins.get(plugin_id)
    if found:
        return found.name(current_language())
    there = {one: names for one, _version, names in content.brought.plugins}
    return there.get(plugin_id, {}).get(current_language()) or plugin_id


def _plugins(content: Content) -> list[PluginLine]:
    here = registry().plugins
    lines = []
    for one, version in sorted(content.plugins.items()):
        manifest = here[one].manifest if one in here else None
        lines.append(PluginLine(one, _plugin_name(one, content), version, str(manifest.version) if manifest else ""))
    return lines


def _brought(content: Content) -> dict[str, str]:
    """The plugins of the backup that are not here, or here in an older version, by name and version."""
    here = registry().plugins
    found = {}
    for one, version, names in content.brought.plugins:
        manifest = here[one].manifest if one in here else None
        if manifest is None or version_numbers(manifest.version) < version_numbers(version):
            found[one] = f"{names.get(current_language()) or one} {version}".strip()
    return found
