"""Writes the next migration of a plugin: what lies between the tables as its migrations make them and its models.py."""

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.types import TypeDecorator

from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.core.migrations import is_behind, migrate, newest
from loyalapp.plugin_system.checking import BadPlugin
from loyalapp.plugin_system.loading import import_plugin, version_table
from loyalapp.plugin_system.whereabouts import said

WORDS = re.compile(r"[a-z0-9_]{1,21}\Z")  # with the date 32 letters: so long is the column of the version
FILE = '''"""Changes the tables: {sentence}."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {before!r}


def upgrade() -> None:
    {up}


def downgrade() -> None:
    {down}
'''


def draft(app: Flask, folder: Path, words: str) -> Path | None:
    """Write the migration; answers its file, or None where there is nothing to change.

    :param app: an app without plugins on data that may be thrown away: the plugin's code runs in it.
    :param words: what changes, such as `first` or `add_price`; part of the file's name.
    :raises BadPlugin: if the plugin has no tables, or cannot be imported.
    """
    if not WORDS.match(words):
        raise BadPlugin("the words of a migration are up to 21 small letters, digits and _")
    try:
        import_plugin(folder.name, folder)
    except Exception as error:  # -- it is raised again as what it means
        raise BadPlugin(f"it cannot be imported: {said(error, folder)}") from error
    base = getattr(sys.modules.get(f"plugins.{folder.name}.models"), "Base", None)
    if base is None:
        raise BadPlugin("it has no tables: models.py with Base = sdk.tables(id)")
    with app.app_context():
        up, down = _steps(db.engine, folder, base.metadata)
    if not up:
        return None
    before = newest(folder / "migrations")
    revision = _name(words, before)
    file = folder / "migrations" / "versions" / f"{revision}.py"
    file.parent.mkdir(parents=True, exist_ok=True)
    sentence = words.replace("_", " ")
    text = FILE.format(sentence=sentence, revision=revision, before=before, up=up, down=down)
    file.write_text(text, "utf-8", newline="\n")
    return file


def _name(words: str, before: str | None) -> str:
    """Date and words; where that would not sort behind the newest one, the day after it."""
    revision = f"{now():%Y_%m_%d}_{words}"
    if before is None or revision > before:
        return revision
    following = datetime.strptime(before[:10], "%Y_%m_%d").replace(tzinfo=UTC) + timedelta(days=1)
    return f"{following:%Y_%m_%d}_{words}"


def _steps(engine: Engine, folder: Path, wanted: Any) -> tuple[str, str]:
    """The lines of upgrade() and downgrade()."""
    from alembic.autogenerate import produce_migrations, render_python_code  # noqa: PLC0415 -- slow import
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 -- slow import

    migrations = folder / "migrations"
    if migrations.is_dir() and is_behind(engine, migrations, version_table(folder.name)):
        migrate(engine, migrations, version_table(folder.name))
    options = {
        "compare_type": True,
        "include_name": lambda name, kind, _parents: kind != "table" or str(name).startswith(f"plg_{folder.name}_"),
        "include_object": lambda _object, name, kind, _found, _there: (
            kind != "table" or name != version_table(folder.name)
        ),
    }
    with engine.connect() as link:
        context = MigrationContext.configure(link, opts=options)
        found = produce_migrations(context, wanted)
        if found.upgrade_ops is None or found.upgrade_ops.is_empty() or found.downgrade_ops is None:
            return "", ""
        up, down = (
            _without_remarks(render_python_code(one, migration_context=context, render_item=_rendered))
            for one in (found.upgrade_ops, found.downgrade_ops)
        )
        return up, down


def _without_remarks(code: str) -> str:
    """Alembic asks to look the code over; the manual does that."""
    lines = [line.rstrip() for line in code.splitlines() if not line.strip().startswith("# ###")]
    return "\n".join(lines).strip()


def _rendered(kind: str, found: Any, _context: Any) -> Any:
    """A type of the sdk is written as what it is in the database; an older LoyalApp must be able to read it."""
    if kind == "type" and isinstance(found, TypeDecorator):
        return f"sa.{type(found.impl_instance).__name__}()"
    return False
