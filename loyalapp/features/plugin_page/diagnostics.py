"""Behind the scenes of the plugins: what each was asked, how long it took, what failed, and how much room it takes."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, table
from sqlalchemy.engine import Connection

from loyalapp.core.db import db
from loyalapp.plugin_system import leftovers
from loyalapp.plugin_system.calls import Registry, registry
from loyalapp.plugin_system.discovery import Plugin
from loyalapp.plugin_system.records import Call, HookRecord


@dataclass(frozen=True)
class Asked:
    """One hook or page of a plugin; times in milliseconds."""

    what: str
    calls: int
    average: int
    slowest: int
    failures: int


@dataclass(frozen=True)
class Findings:
    """What is known of one plugin."""

    plugin: Plugin
    name: str
    load: int
    asked: list[Asked]
    never_asked: list[str]
    newest: list[tuple[Call, int]]
    tables: list[tuple[str, int]]
    size: int


def all_findings(language: str) -> list[Findings]:
    """Every plugin, by name."""
    plugins = registry()
    present = set(plugins.plugins)
    with db.engine.connect() as link:
        found = [_findings(link, plugins, one, present, language) for one in plugins.plugins.values()]
    return sorted(found, key=lambda one: one.name)


def _findings(link: Connection, plugins: Registry, plugin: Plugin, present: Collection[str], language: str) -> Findings:
    return Findings(
        plugin,
        plugin.name(language),
        load=_milliseconds(plugin.load_seconds),
        asked=[_summed_up(*one) for one in sorted(plugin.record.hooks.items())],
        never_asked=_never_asked(plugins, plugin),
        newest=[(one, _milliseconds(one.seconds)) for one in reversed(plugin.record.newest)],
        tables=[(name, _rows(link, name)) for name in leftovers.tables_of(db.engine, plugin.id, present)],
        size=_size(plugin.folder),
    )


def _never_asked(plugins: Registry, plugin: Plugin) -> list[str]:
    """The hooks that it answers and that nobody has needed so far."""
    found = plugins.pluggy.get_hookcallers(plugin.module) if plugin.module else None
    return sorted({one.name for one in found or []} - {"pages"} - plugin.record.hooks.keys())


def _summed_up(what: str, record: HookRecord) -> Asked:
    average = _milliseconds(record.seconds / max(1, record.calls))
    return Asked(what, record.calls, average, _milliseconds(record.slowest), record.failures)


def _milliseconds(seconds: float) -> int:
    """Whole ones, and never less than one for what was done."""
    return max(1, round(seconds * 1000)) if seconds else 0


def _rows(link: Connection, name: str) -> int:
    return int(link.execute(select(func.count()).select_from(table(name))).scalar_one())


def _size(folder: Path) -> int:
    """Bytes on the disk; what goes while we look is not counted."""
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size if file.is_file() else 0
        except OSError:
            continue
    return total
