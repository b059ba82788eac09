"""What the trial run asks of a plugin beyond what a start asks: allowed imports, whole words, tables that fit."""

import importlib
import sys
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import TemplateError
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from loyalapp.core.i18n import LANGUAGES
from loyalapp.core.migrations import is_behind, migrate
from loyalapp.plugin_system import discovery
from loyalapp.plugin_system.discovery import Plugin
from loyalapp.plugin_system.loading import migrations_folder, version_table
from loyalapp.plugin_system.refusal import Refusal

MOST_FAULTS = 20


def check_imports(plugin: Plugin) -> None:
    """Whether it imports only what a plugin may, read from its files before any of them runs.

    :raises Refusal: `trial_imports` with file and line of each; `trial_failed` where a file is not Python.
    """
    from loyalapp.plugin_system import borrowing  # noqa: PLC0415 -- only here

    access = set(plugin.manifest.access) if plugin.manifest else set()
    if found := borrowing.faults(plugin.folder, plugin.id, access):
        code = "trial_failed" if any(one.is_unreadable for one in found) else "trial_imports"
        raise Refusal(code, details="\n".join(map(str, found[:MOST_FAULTS])))


def check_loaded(plugin: Plugin) -> None:
    """Whether the start took it.

    :raises Refusal: `trial_failed` or `trial_memory` with what it failed on.
    """
    if plugin.status != discovery.RUNNING:
        code = "trial_memory" if plugin.details.startswith("MemoryError") else "trial_failed"
        raise Refusal(code, details=plugin.details or f"{plugin.status} {plugin.reason}".strip())


def check_pages(app: Flask, plugin: Plugin) -> None:
    """The modules of its pages that a start does not load are whole too; what they raise is the trial's verdict."""
    for module in getattr(app.blueprints.get(plugin.id), "waiting", ()):
        importlib.import_module(module)


def check_words(plugin: Plugin) -> None:
    """Each catalogue can be read whole and has the plural forms of its language; a start is content with English.

    :raises Refusal: `trial_words`.
    """
    for file in sorted((plugin.folder / "translations").glob("*/LC_MESSAGES/*.po")):
        language = file.parents[1].name
        try:
            fault = _fault_of_words(file, language)
        except Exception as error:  # noqa: BLE001 -- babel raises whatever the text makes it stumble over
            fault = f"{type(error).__name__}: {error}"
        if fault:
            raise Refusal("trial_words", details=f"{file.relative_to(plugin.folder)}: {fault}", language=language)


def _fault_of_words(file: Path, language: str) -> str | None:
    from babel import Locale  # noqa: PLC0415 -- slow import
    from babel.messages.pofile import read_po  # noqa: PLC0415 -- slow import

    if language not in LANGUAGES:
        return "LoyalApp speaks ur, hi and en"
    with file.open("rb") as stream:
        words = read_po(stream, abort_invalid=True)
    wanted = len(Locale.parse(language).plural_form.tags) + 1
    if words.locale is not None and words.locale.language != language:
        return f"its header says Language: {words.locale.language}"
    if words.num_plurals > wanted:
        return f"its header says {words.num_plurals} plural forms, {language} has {wanted}"
    for message in words:
        said = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        if message.id and message.pluralizable and any(said) and (len(said) != wanted or not all(said)):
            return f"line {message.lineno}: {sum(map(bool, said))} plural forms instead of {wanted}"
    return None


def check_tables(engine: Engine, plugin: Plugin) -> None:
    """Migrating once more changes nothing, and the tables are those of models.py.

    :raises Refusal: `trial_again` or `trial_failed`.
    """
    folder = migrations_folder(plugin)
    if folder.is_dir():
        if is_behind(engine, folder, version_table(plugin.id)):
            raise Refusal("trial_again", details="after migrating it is still behind")
        migrate(engine, folder, version_table(plugin.id))
    models = sys.modules.get(f"plugins.{plugin.id}.models")
    if models is None:
        return
    with engine.connect() as link:
        for table in models.Base.metadata.tables.values():
            try:
                link.execute(select(table).limit(0))
            except SQLAlchemyError as error:
                raise Refusal("trial_failed", details=f"{table.name} is not as models.py says: {error}") from error


def check_templates(app: Flask, plugin: Plugin) -> None:
    """Each template compiles and what it extends or imports by name is there.

    :raises Refusal: `trial_failed`.
    """
    from jinja2 import meta  # noqa: PLC0415 -- only here

    folder = plugin.folder / "templates"
    for file in sorted(folder.rglob("*.html")):
        name = file.relative_to(folder).as_posix()
        try:
            tree = app.jinja_env.parse(file.read_text("utf-8"), name=name)
            app.jinja_env.compile(tree, name, str(file))
            for other in meta.find_referenced_templates(tree):
                if other is not None:
                    app.jinja_env.get_template(other)
        except (TemplateError, UnicodeDecodeError, SyntaxError) as error:
            raise Refusal("trial_failed", details=f"templates/{name}: {type(error).__name__}: {error}") from error


def check_untouched(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Whether form and content of all other tables are as they were.

    :raises Refusal: `trial_core_tables`.
    """
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if changed:
        raise Refusal("trial_core_tables", details=", ".join(changed[:5]))
