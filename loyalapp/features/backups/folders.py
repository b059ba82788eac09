"""What lies in folders beside the data and goes into a backup too: plugins that somebody installed, and languages.

A plugin goes in as the `.loyalplugin` file it came in. When a backup comes back it waits on a shelf until somebody
looks at it and says yes, as with any such file: nothing of a backup runs by itself. A language is words alone; it comes
back where it is missing. What was switched off is off again where nobody has chosen anything else.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from loyalapp.core import tongues
from loyalapp.core.i18n import LANGUAGES
from loyalapp.core.logs import log
from loyalapp.core.paths import DataFolder, write_private
from loyalapp.core.sqlite import connector
from loyalapp.features.backups.waiting import SHELF
from loyalapp.plugin_system.manifest import BadManifest, read_manifest
from loyalapp.plugin_system.refusal import Refusal
from loyalapp.plugin_system.state import OFF, States

TABLE = "loyalapp_file"
PLUGIN, LANGUAGE = "plugin", "language"
MOST = 20_000_000  # bytes of all of them together, in each backup
LARGEST_WORDS = 3_000_000  # bytes of one file of a language
TONGUES = "languages"
NAME_OF_WORDS = re.compile(rf"({tongues.CODE.pattern})/({re.escape(tongues.ABOUT)}|LC_MESSAGES/[a-z][a-z0-9_]*\.po)")
NAME_OF_PLUGIN = re.compile(r"[a-z][a-z0-9_]{2,31}-\d{1,9}\.\d{1,9}\.\d{1,9}\.loyalplugin")
COLUMNS = "kind TEXT NOT NULL, name TEXT NOT NULL, told TEXT NOT NULL, digest TEXT NOT NULL, content BLOB NOT NULL"
MAKE = f"CREATE TABLE {TABLE} ({COLUMNS})"
PUT = f"INSERT INTO {TABLE} (kind, name, told, digest, content) VALUES (?, ?, ?, ?, ?)"  # noqa: S608 -- our own name
READ = f"SELECT kind, name, digest, content FROM {TABLE}"  # noqa: S608 -- as above
LIST = f"SELECT kind, name, told FROM {TABLE} ORDER BY name"  # noqa: S608 -- as above
STATES = "state.json"
ID = re.compile(r"[a-z][a-z0-9_]{2,31}")
MANY = 200  # plugins


class Kept(NamedTuple):
    """One file for a backup. `told`: what a list says of it, its names by language and its version."""

    kind: str
    name: str
    told: Mapping[str, Any]
    content: bytes


class Brought(NamedTuple):
    """What a backup holds of folders: plugins (id, version, names by language), and languages by their own names."""

    plugins: tuple[tuple[str, str, Mapping[str, str]], ...] = ()
    languages: tuple[str, ...] = ()

    def without(self, ids: Sequence[str]) -> "Brought":
        """The same but for some plugins."""
        return self._replace(plugins=tuple(one for one in self.plugins if one[0] not in ids))


# ---- into a backup ----


def collect(data: DataFolder) -> tuple[list[Kept], list[str]]:
    """What goes in, and the ids of plugins and codes of languages that cannot: damaged, or too large together."""
    kept: list[Kept] = []
    left: list[str] = []
    room = MOST
    for name, found in _all(data):
        size = sum(len(one.content) for one in found)
        if found and size <= room:
            kept += found
            room -= size
        else:
            log.warning("%s does not go into the backup", name)
            left.append(name)
    return kept, left


def _all(data: DataFolder) -> Iterator[tuple[str, list[Kept]]]:
    for folder in installed(data):
        yield folder.name, _plugin(folder, data.work)
    for about in sorted((data.root / TONGUES).glob(f"*/{tongues.ABOUT}")):
        yield about.parent.name, _language(about)


def installed(data: DataFolder) -> list[Path]:
    """The folders of plugins that somebody brought in."""
    return sorted(one.parent for one in data.plugins.glob("[a-z]*/plugin.toml"))


def _plugin(folder: Path, work: Path) -> list[Kept]:
    """Nothing where it is not whole any more."""
    from loyalapp.plugin_system import packing  # noqa: PLC0415 -- most firms have none

    try:
        manifest = read_manifest(folder)
        file = packing.pack_again(folder, work / f"kept-{manifest.id}-{manifest.version}.loyalplugin")
        content = file.read_bytes()
        file.unlink(missing_ok=True)
    except (BadManifest, Refusal, OSError):
        log.exception("an installed plugin cannot be packed")
        return []
    told = {"version": manifest.version, "name": dict(manifest.name)}
    return [Kept(PLUGIN, f"{manifest.id}-{manifest.version}.loyalplugin", told, content)]


def _language(about: Path) -> list[Kept]:
    """Nothing where it cannot be read."""
    try:
        told = {"name": tongues.read(about, LANGUAGES).name}
        found = [about, *sorted(about.parent.glob("LC_MESSAGES/*.po"))]
        names = {f"{about.parent.name}/{one.relative_to(about.parent).as_posix()}": one for one in found}
        fit = {name: one for name, one in names.items() if _may_be_words(name, one.stat().st_size)}
        return [Kept(LANGUAGE, name, told, one.read_bytes()) for name, one in fit.items()]
    except (OSError, ValueError):
        log.exception("a language cannot be read")
        return []


def _may_be_words(name: str, size: int) -> bool:
    return NAME_OF_WORDS.fullmatch(name) is not None and size <= LARGEST_WORDS


def put_in(copy: Any, kept: list[Kept]) -> None:
    """Write them into the file of a backup, within its transaction."""
    copy.execute(f"DROP TABLE IF EXISTS {TABLE}")
    if kept:
        copy.execute(MAKE)
    for one in kept:
        told = json.dumps(one.told, ensure_ascii=False)
        copy.execute(PUT, (one.kind, one.name, told, _digest(one.content), one.content))


def switched_off(data: DataFolder) -> list[str]:
    """The plugins that somebody switched off."""
    return sorted(key for key, one in States.read(data.plugins / STATES).plugins.items() if one.wish == OFF)


def changed_at(data: DataFolder) -> float:
    """When a plugin or a language changed last, in seconds; 0 where there is none."""
    latest = 0.0
    words = (data.root / TONGUES).glob("*/LC_MESSAGES/*.po")
    for one in [*(folder / "plugin.toml" for folder in installed(data)), *words]:
        with suppress(OSError):
            latest = max(latest, one.stat().st_mtime)
    return latest


# ---- in a backup ----


def broken(link: Any) -> list[str]:
    """The plugins and languages in a backup that are not what was put in."""
    if not _is_in(link):
        return []
    return sorted({_owner(name) for _kind, name, digest, content in link.execute(READ) if _digest(content) != digest})


def _owner(name: str) -> str:
    """The plugin or the language that a file belongs to."""
    return name.rpartition("-")[0] if name.endswith(".loyalplugin") else name.split("/", maxsplit=1)[0]


def listed(link: Any) -> Brought:
    """What a backup says it holds of folders.

    :raises ValueError, TypeError: if that cannot be read.
    """
    if not _is_in(link):
        return Brought()
    plugins, languages = [], []
    for kind, name, told in link.execute(LIST):
        said = dict(json.loads(told))
        if kind == PLUGIN and NAME_OF_PLUGIN.fullmatch(name):
            names = {str(key): str(one) for key, one in dict(said.get("name") or {}).items()}
            plugin_id, _dash, version = name.removesuffix(".loyalplugin").rpartition("-")
            plugins.append((plugin_id, version, names))
        elif kind == LANGUAGE and name.endswith(tongues.ABOUT):
            languages.append(str(said.get("name") or name.split("/")[0]))
    return Brought(tuple(plugins), tuple(languages))


def _is_in(link: Any) -> bool:
    return bool(link.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (TABLE,)).fetchone())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# ---- out of a backup that came back, at a start, before anything is loaded ----


def bring_back(data: DataFolder, off: list[str]) -> None:
    """Put the plugins of the data that came back onto the shelf, and its languages where they are missing.

    Done again after a kill, it comes to the same.

    :param off: the plugins that were switched off.
    """
    there = {one.name for one in (data.root / TONGUES).glob("*") if one.is_dir() and not _is_half(one)}
    with closing(connector(data.database)()) as link:
        rows = link.execute(READ).fetchall() if _is_in(link) else []
    for kind, name, digest, content in sorted(rows, key=lambda one: str(one[1]).endswith(tongues.ABOUT)):
        target = _place_of(data, kind, str(name), len(content), there)
        if target is not None and _digest(content) == digest:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(target, content)
    states = States.read(data.plugins / STATES)
    for one in off[:MANY]:
        if ID.fullmatch(one) and one not in states.plugins:
            states.set_wish(one, OFF)


def _is_half(language: Path) -> bool:
    """What says that it is a language is written last."""
    return not (language / tongues.ABOUT).is_file()


def _place_of(data: DataFolder, kind: str, name: str, size: int, there: set[str]) -> Path | None:
    """Where a file goes; None for one that has no business here, whatever its name says, or is here already."""
    if kind == PLUGIN and NAME_OF_PLUGIN.fullmatch(name) and size <= MOST:
        return data.plugins / SHELF / name
    if kind == LANGUAGE and _may_be_words(name, size) and _owner(name) not in there:
        return data.root / TONGUES / name
    return None


# ---- on the shelf ----


def on_shelf(data: DataFolder) -> list[Path]:
    """The plugins that came with a backup and wait for somebody's yes."""
    return sorted(one for one in (data.plugins / SHELF).glob("*.loyalplugin") if NAME_OF_PLUGIN.fullmatch(one.name))


def take_off_shelf(data: DataFolder, plugin_id: str) -> None:
    """It was installed, or nobody wants it."""
    shelf = data.plugins / SHELF
    for one in shelf.glob(f"{plugin_id}-*.loyalplugin"):
        one.unlink(missing_ok=True)
    with suppress(OSError):  # it holds others still, or was never there
        shelf.rmdir()
