"""Where plugins lie while they come and go, all in one folder and so on one volume: each step is one rename.

`<id>/` is what the next start loads. `.staged/<token>/` holds files that were looked at; `.coming/<id>/` what takes the
place of a running plugin at the next start; `.previous/<id>-<version>/` what it took the place of; `.fresh/<id>` says
that an update has not started well yet; `.gone/` is thrown away. Whatever happens, `settle` makes sense of it.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loyalapp.core.paths import write_private
from loyalapp.plugin_system.manifest import BadManifest, read_manifest, version_numbers


@dataclass(frozen=True)
class Places:
    """The folder `plugins` in the user's data, and the folder of those that are shipped."""

    root: Path
    shipped: Path

    @property
    def staged(self) -> Path:
        return self._shelf("staged")

    @property
    def trusted(self) -> Path:
        return self.root / "trusted.json"

    def installed(self, plugin_id: str) -> Path:
        """What the next start loads."""
        return self.root / plugin_id

    def coming(self, plugin_id: str) -> Path:
        """What takes its place at the next start."""
        return self._shelf("coming") / plugin_id

    def leaving(self, plugin_id: str) -> Path:
        """A file that says: at the next start it goes, and the shipped one is back."""
        return self._shelf("leaving") / plugin_id

    def previous(self, plugin_id: str) -> Path | None:
        """The version before this one: a folder on the shelf, or the shipped one; None where there is none."""
        here = _version(self.installed(plugin_id))
        if not here:
            return None
        older = {_version(one): one for one in [*self._kept(plugin_id), self.shipped / plugin_id]}
        numbers = [version_numbers(one) for one in older if one and version_numbers(one) < version_numbers(here)]
        return older[".".join(map(str, max(numbers)))] if numbers else None

    def version(self, plugin_id: str) -> str:
        """The version that lies there; empty where it cannot say."""
        return _version(self.installed(plugin_id))

    def version_before(self, plugin_id: str) -> str | None:
        """The version to which one click goes back."""
        folder = self.previous(plugin_id)
        return _version(folder) if folder else None

    def arriving(self, plugin_id: str) -> Path:
        """What the next start will load: what is announced, or what is there."""
        if self.leaving(plugin_id).is_file():
            return self.shipped / plugin_id
        coming = self.coming(plugin_id)
        return coming if coming.is_dir() else self.installed(plugin_id)

    def coming_ids(self) -> list[str]:
        """Who takes a place, or leaves one, at the next start."""
        shelves = (self._shelf("coming"), self._shelf("leaving"))
        return sorted({one.name for shelf in shelves for one in shelf.iterdir() if not one.name.startswith(".")})

    # ---- an update that has not started well yet ----

    def fresh(self) -> dict[str, str]:
        """The updates whose first good start is still to come, each with the version before it (empty: shipped)."""
        return {one.name: one.read_text("utf-8") for one in self._shelf("fresh").iterdir() if _is_id(one)}

    def before(self, plugin_id: str) -> Path | None:
        """What an update that has not started well yet took the place of."""
        version = self.fresh().get(plugin_id)
        if version is None:
            return None
        folder = self._shelf("previous") / f"{plugin_id}-{version}" if version else self.shipped / plugin_id
        return folder if folder.is_dir() else None

    def proven(self, plugin_id: str) -> None:
        """The update started well."""
        (self._shelf("fresh") / plugin_id).unlink(missing_ok=True)

    def put_back(self, plugin_id: str) -> bool:
        """Undo an update that did not start; False where it was none. The bad version is thrown away."""
        before = self.before(plugin_id)
        if before is None:
            return False
        self._take_away(self.installed(plugin_id))
        if before.parent != self.shipped:
            before.replace(self.installed(plugin_id))
        self.proven(plugin_id)
        return True

    # ---- steps, each one rename ----

    def new_draft(self) -> Path:
        """A folder nobody looks into, to unpack in."""
        return self._shelf("gone") / secrets.token_hex(8)

    def announce(self, plugin_id: str, draft: Path) -> None:
        """Let a whole folder take the plugin's place at the next start; an earlier announcement is void."""
        self.take_back(plugin_id)
        draft.replace(self.coming(plugin_id))

    def take_back(self, plugin_id: str) -> None:
        """Nothing changes at the next start after all."""
        self.leaving(plugin_id).unlink(missing_ok=True)
        if self.coming(plugin_id).is_dir():
            self._shelve(self.coming(plugin_id), plugin_id)

    def arrive(self, plugin_id: str) -> None:
        """Put what was announced in its place, and what was there on the shelf of previous versions."""
        here, coming = self.installed(plugin_id), self.coming(plugin_id)
        if self.leaving(plugin_id).is_file():
            self._shelve(here, plugin_id)
            self.leaving(plugin_id).unlink()
        elif coming.is_dir():
            mark = self._shelf("fresh") / plugin_id
            if not mark.is_file() and (here.is_dir() or (self.shipped / plugin_id).is_dir()):
                write_private(mark, _version(here).encode())
            self._shelve(here, plugin_id)
            coming.replace(here)

    def take_out(self, plugin_id: str) -> None:
        """The plugin leaves with all its versions; its data is another matter."""
        self._take_away(self.installed(plugin_id))
        self.take_back(plugin_id)
        self.proven(plugin_id)
        for one in self._kept(plugin_id):
            self._take_away(one)

    def settle(self) -> None:
        """At a start, before anything is loaded: finish what was announced or was cut short, and tidy up."""
        for plugin_id in self.coming_ids():
            self.arrive(plugin_id)
        for plugin_id in self.fresh():
            if not self.installed(plugin_id).is_dir():  # cut short in the middle of put_back
                self.put_back(plugin_id)
        self.tidy()

    def tidy(self) -> None:
        """Throw away what is gone, and versions to which nobody goes back any more: each plugin keeps one."""
        self._prune()
        for one in self._shelf("gone").iterdir():
            shutil.rmtree(one, ignore_errors=True)

    def _shelf(self, name: str) -> Path:
        shelf = self.root / f".{name}"
        shelf.mkdir(mode=0o700, exist_ok=True)
        return shelf

    def _prune(self) -> None:
        for one in list(self._shelf("previous").iterdir()):
            plugin_id = one.name.rpartition("-")[0]
            if one not in (self.previous(plugin_id), self.before(plugin_id)):
                self._take_away(one)

    def _kept(self, plugin_id: str) -> Iterator[Path]:
        return (one for one in self._shelf("previous").iterdir() if one.name.rpartition("-")[0] == plugin_id)

    def _shelve(self, folder: Path, plugin_id: str) -> None:
        """Keep a version; where it cannot say which it is, throw it away."""
        if not folder.is_dir():
            return
        version = _version(folder)
        if not version:
            self._take_away(folder)
            return
        place = self._shelf("previous") / f"{plugin_id}-{version}"
        self._take_away(place)
        folder.replace(place)

    def _take_away(self, folder: Path) -> None:
        if os.path.lexists(folder):
            folder.replace(self.new_draft())


def _is_id(file: Path) -> bool:
    return file.is_file() and "." not in file.name


def _version(folder: Path) -> str:
    """The version in a folder, whatever the folder is called; empty where there is none to be read."""
    try:
        return read_manifest(folder, any_name=True).version
    except BadManifest:
        return ""
