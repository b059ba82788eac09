"""Installs a plugin from a file: put aside, looked at, tried, and put in its place; nothing runs before the user's yes.

Its files wait under a token in `plugins/.staged/`. A new plugin lies in its place at once, switched off; the update of
one that runs waits for the next start, so that no running code meets files of another version.
"""

import re
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine

from loyalapp.core.paths import DataFolder, shipped
from loyalapp.plugin_system import discovery, fitting, signatures, state, trying
from loyalapp.plugin_system.calls import Registry
from loyalapp.plugin_system.package import LARGEST_PACKED, PIECE, Package, fingerprint, open_package, unpack
from loyalapp.plugin_system.places import Places
from loyalapp.plugin_system.refusal import Refusal
from loyalapp.plugin_system.signatures import Trusted
from loyalapp.plugin_system.trial import SECONDS

TOKEN = re.compile(r"[0-9a-f]{24}\Z")
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Review:
    """What the user is shown before saying yes."""

    token: str
    file_name: str
    package: Package
    signer: str
    key: str | None
    update_of: str | None
    newly_asked: frozenset[str]

    @property
    def signer_fingerprint(self) -> str:
        """What the user can compare with what the maker says, where it is signed."""
        return fingerprint(signatures.key_digest(self.key)) if self.key else ""


@dataclass(frozen=True)
class Installer:
    """The door through which plugins come into one data folder."""

    data: DataFolder
    plugins: Registry

    @property
    def places(self) -> Places:
        """Where plugins lie."""
        return Places(self.data.plugins, shipped("plugins"))

    # ---- before any code runs ----

    def stage(self, source: BinaryIO, called: str) -> str:
        """Put a file aside, counting its bytes; answers the token under which it is found again.

        :raises Refusal: `big`, or `full`.
        """
        self._clear_old()
        token = secrets.token_hex(12)
        folder = self.places.staged / token
        try:
            folder.mkdir(mode=0o700)
            (folder / "name").write_text(Path(called.replace("\\", "/")).name[:150], "utf-8")
            self._copy(source, folder / "file")
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise Refusal("full", details=str(error)) from error
        except Refusal:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return token

    def _copy(self, source: BinaryIO, target: Path) -> None:
        count = 0
        with target.open("xb") as stream:
            while piece := source.read(PIECE):
                count += len(piece)
                if count > LARGEST_PACKED:
                    raise Refusal("big")
                stream.write(piece)

    def _clear_old(self) -> None:
        for one in self.places.staged.iterdir():
            if time.time() - one.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(one, ignore_errors=True)

    def examine(self, token: str) -> Review:
        """Everything that can be known before any code runs.

        :raises Refusal: with the first thing that is wrong; `gone` where there is no such file (any more).
        """
        folder = self.places.staged / token
        if not TOKEN.match(token) or not (folder / "file").is_file():
            raise Refusal("gone")
        called = (folder / "name").read_text("utf-8")
        package = open_package(folder / "file", called)
        return self._review(token, called, package)

    def _review(self, token: str, called: str, package: Package) -> Review:
        manifest = package.manifest
        fitting.check_fits(package, self.plugins.plugins)
        key = signatures.verify(package.checksums, package.signature) if package.signature else None
        signer = Trusted.read(self.places.trusted).judge(manifest.id, key)
        size = self.data.database.stat().st_size if self.data.database.is_file() else 0
        fitting.check_space(self.data.plugins, package.unpacked, size)
        there = self.plugins.plugins.get(manifest.id)
        old = there.manifest if there else None
        asked = frozenset(manifest.access) - frozenset(old.access if old else ())
        return Review(token, called, package, signer, key, old.version if old else None, asked if old else frozenset())

    def discard(self, token: str) -> None:
        """The user said no, or it is done."""
        if TOKEN.match(token):
            shutil.rmtree(self.places.staged / token, ignore_errors=True)

    # ---- after the user's yes ----

    def try_out(self, review: Review, engine: Engine | None, seconds: int = SECONDS) -> None:
        """Load it in a process of its own on a copy of the data.

        :raises Refusal: with the reason why it is not installed.
        """
        self.try_package(review.package, engine, seconds)

    def try_package(self, package: Package, engine: Engine | None, seconds: int = SECONDS) -> None:
        """The same for a file that is only to be checked."""
        draft = self.places.new_draft()
        folder = draft / package.manifest.id
        folder.mkdir(mode=0o700, parents=True)
        try:
            unpack(package, folder)
            trying.try_out(folder, self.data.work, engine, self.data.plugins, seconds)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def install(self, review: Review) -> bool:
        """Put it in its place; True where it lies there now, False where it comes with the next start.

        :raises Refusal: `full`, `changed`; then everything is as before.
        """
        plugin_id = review.package.manifest.id
        places, draft = self.places, self.places.new_draft()
        try:
            draft.mkdir(mode=0o700)
            unpack(review.package, draft)
            is_new = plugin_id not in self.plugins.plugins
            if is_new:
                self.plugins.states.set_wish(plugin_id, state.OFF)
            if review.key:
                Trusted.read(places.trusted).trust(plugin_id, review.key)
            places.announce(plugin_id, draft)
        except OSError as error:
            raise Refusal("full", details=str(error)) from error
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        self.discard(review.token)
        if self._may_run(plugin_id, is_new=is_new):
            return False
        self.arrive(plugin_id)
        return True

    def _may_run(self, plugin_id: str, *, is_new: bool) -> bool:
        """Whether it runs, or soon will, here or in the window beside us."""
        is_wished = self.plugins.states.of(plugin_id).wish == state.ON
        is_beside = self.plugins.sentinel.is_guest and not is_new
        return is_wished or is_beside or plugin_id in self.plugins.running

    def arrive(self, plugin_id: str) -> None:
        """A plugin that does not run takes its place at once and is seen on the page, off or waiting as it was."""
        self.places.arrive(plugin_id)
        before = self.plugins.plugins.get(plugin_id)
        found = discovery.discover(self.places.shipped, self.places.root).get(plugin_id)
        if found is None:
            self.plugins.plugins.pop(plugin_id, None)
            return
        if found.status == discovery.OFF and before is not None and before.status in (state.PAUSED, state.QUARANTINED):
            found.status, found.reason = before.status, before.reason
        self.plugins.plugins[plugin_id] = found
