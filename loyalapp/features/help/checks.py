"""The health of an installation, for `loyalapp check`: database, plugins, words, fonts."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app

from loyalapp.core.db import db
from loyalapp.core.i18n import LANGUAGES
from loyalapp.core.paths import PACKAGE, shipped
from loyalapp.plugin_system import discovery
from loyalapp.plugin_system.calls import registry

OLDEST_SQLITE = (3, 51, 3)  # older ones can damage a WAL database (sqlite.org/wal.html#walresetbug)
FONTS = 8


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    answer: str
    is_good: bool


def findings() -> list[Finding]:
    """Everything that was looked at, the database first."""
    return [*_database(), *_plugins(), *_words(), *_fonts()]


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
    yield Finding("data folder", str(data.root), data.root.is_dir())
