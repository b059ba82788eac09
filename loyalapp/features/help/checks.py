"""The health of an installation, for `loyalapp check`: database, plugins, words, fonts."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app

from loyalapp.core import logs
from loyalapp.core.clock import now, written_ahead
from loyalapp.core.db import db
from loyalapp.core.disks import is_shared
from loyalapp.core.i18n import LANGUAGES
from loyalapp.core.paths import PACKAGE, shipped
from loyalapp.plugin_system import discovery
from loyalapp.plugin_system.calls import registry

OLDEST_SQLITE = (3, 51, 3)  # older ones can damage a WAL database (sqlite.org/wal.html#walresetbug)
FONTS = 10
LEAST_FREE = 200_000_000  # bytes: room for a backup or two of a shop


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    answer: str
    is_good: bool


def findings() -> list[Finding]:
    """Everything that was looked at, the database first."""
    return [*_database(), *about_program()]


def about_program() -> list[Finding]:
    """All but the database, which takes a while to read where it is large."""
    return [*_plugins(), *_words(), *_fonts(), *_disk(), *_clock()]


def _database() -> Iterator[Finding]:
    if db.engine.dialect.name != "sqlite":
        with db.engine.connect() as link:
            yield Finding("database", str(link.exec_driver_sql("SELECT version()").scalar_one()).split(" on ")[0], True)
        return
    with db.engine.connect() as link:
        version = str(link.exec_driver_sql("SELECT sqlite_version()").scalar_one())
        yield Finding("SQLite", version, tuple(map(int, version.split("."))) >= OLDEST_SQLITE)
        verdict = str(link.exec_driver_sql("PRAGMA integrity_check").scalar_one())
        yield Finding("database", verdict, verdict == "ok")
        orphans = len(link.exec_driver_sql("PRAGMA foreign_key_check").all())
        yield Finding("rows without owner", str(orphans), orphans == 0)


def _plugins() -> Iterator[Finding]:
    for plugin in registry().plugins.values():
        is_good = plugin.status in (discovery.RUNNING, discovery.OFF, discovery.SAFE_MODE)
        yield Finding(f"plugin {plugin.id}", " ".join(filter(None, (plugin.status, plugin.details))), is_good)


def _words() -> Iterator[Finding]:
    for language in LANGUAGES:
        if language != "en":
            source = shipped("translations") / language / "LC_MESSAGES" / "messages.po"
            yield Finding(f"words {language}", "there" if source.is_file() else "missing", source.is_file())


def _fonts() -> Iterator[Finding]:
    count = len(list((PACKAGE / "web" / "static" / "fonts").glob("*.woff2")))
    yield Finding("fonts", str(count), count >= FONTS)
    data = current_app.extensions["loyalapp.data"]
    shared = is_shared(data.root)
    answer = f"{data.root}; it is copied over the internet or the network" if shared else str(data.root)
    yield Finding("data folder", answer, data.root.is_dir() and not shared)


def _disk() -> Iterator[Finding]:
    used, free = space()
    yield Finding("disk use", f"{used / 1e6:.1f} MB of data, {free / 1e9:.1f} GB free", free > LEAST_FREE)


def space() -> tuple[int, int]:
    """The bytes that the data folder takes up, and those that are free beside it."""
    root = current_app.extensions["loyalapp.data"].root
    sizes = (sum((Path(folder) / name).lstat().st_size for name in names) for folder, _, names in os.walk(root))
    return sum(sizes), shutil.disk_usage(root).free


def _clock() -> Iterator[Finding]:
    written = written_in_the_future()
    answer = f"{now():%Y-%m-%d %H:%M} UTC, {current_app.config['ZONE']}"
    if written:
        answer = f"{answer}; but the data was last written on {written:%Y-%m-%d %H:%M} UTC: the clock went back"
    yield Finding("clock", answer, written is None)


def written_in_the_future() -> datetime | None:
    """When the data was last written, where that is yet to come by this computer's clock: then the clock is wrong."""
    data = current_app.extensions["loyalapp.data"]
    return written_ahead([data.database, data.logs / logs.NAME])
