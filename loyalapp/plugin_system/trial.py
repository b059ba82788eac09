"""The trial run of a plugin, in a process of its own: it is loaded into a real app on a copy of the data.

`python -m loyalapp.plugin_system.trial FOLDER --database COPY --report FILE [--installed DIR] [--timeout SECONDS]
[--sealed]`

FOLDER is called after the plugin's id. COPY is `loyalapp.sqlite3` in a folder that may be thrown away; where the data
lies on PostgreSQL it does not exist yet, and the trial makes a fresh SQLite database instead. The report is one JSON
object: `{"ok": true}`, or `{"code": …, "details": …, "values": {…}}` as `Refusal` takes them, or `{"ours": …}` with the
traceback of a bug of LoyalApp. A process that ends
without a report was killed by the plugin. Limits of memory hold on Linux and macOS; on Windows there is the time alone.
"""

import argparse
import faulthandler
import hashlib
import importlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

MEMORY = 1 << 30
SECONDS = 60
ROWS_AT_ONCE = 1_000


class FaultOfOurs(Exception):
    """The app itself did not start; no plugin is to blame."""


def main(words: list[str]) -> int:
    """Try the plugin and write the report; the answer is the exit code."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("folder", type=Path)
    reader.add_argument("--database", type=Path, required=True)
    reader.add_argument("--report", type=Path, required=True)
    reader.add_argument("--installed", type=Path)
    reader.add_argument("--timeout", type=int, default=SECONDS)
    reader.add_argument("--sealed", action="store_true", help="the copy is encrypted; its secret is what comes in")
    wishes = reader.parse_args(words)
    faulthandler.dump_traceback_later(wishes.timeout, exit=True)  # says where it hangs, and ends
    _limit_ourselves(wishes.timeout)
    from loyalapp.core import sealing  # noqa: PLC0415 -- the clock runs first
    from loyalapp.plugin_system.refusal import Refusal  # noqa: PLC0415 -- the clock runs first

    if wishes.sealed:
        sealing.know(wishes.database.parent, sys.stdin.buffer.read())
    try:
        _try(_make_app(wishes.database), wishes.folder, wishes.installed)
        report: dict[str, Any] = {"ok": True}
    except Refusal as refusal:
        report = {"code": refusal.code, "details": refusal.details, "values": refusal.values}
    except MemoryError:
        report = {"code": "trial_memory", "details": "MemoryError", "values": {}}
    except FaultOfOurs as fault:
        report = {"ours": "".join(traceback.format_exception(fault))}
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- whatever a plugin does is its verdict
        report = {"code": "trial_failed", "details": f"{type(error).__name__}: {error}", "values": {}}
    faulthandler.cancel_dump_traceback_later()
    wishes.report.write_text(json.dumps(report), "utf-8")
    return 0


def _limit_ourselves(seconds: int) -> None:
    """Rather this process ends than that the computer grinds to a halt (not available on Windows)."""
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 5, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _make_app(database: Path) -> Any:
    """The app without plugins, on the copy."""
    from loyalapp.core.config import Config  # noqa: PLC0415 -- the clock runs first

    try:
        # By name: the app stands above this storey, and no module here may import it.
        create_app = importlib.import_module("loyalapp.app").create_app
        return create_app(Config.from_options(data_dir=database.parent, safe_mode=True))
    except Exception as error:  # -- it is raised again as what it means
        raise FaultOfOurs from error


def _try(app: Any, folder: Path, installed: Path | None) -> None:
    """Everything that a start does with a plugin, and more strictly."""
    from loyalapp.core.db import db  # noqa: PLC0415 -- the clock runs first
    from loyalapp.plugin_system import loading, strictness  # noqa: PLC0415 -- the clock runs first
    from loyalapp.plugin_system.calls import registry  # noqa: PLC0415 -- the clock runs first

    plugins = registry(app)
    tried = _line_up(plugins, folder, installed)
    strictness.check_imports(tried)
    strictness.check_words(tried)
    with app.app_context():
        before = _core_tables(db.engine, tried.id)
    plugins.safe_mode = False
    loading.load_plugins(app, plugins)
    strictness.check_loaded(tried)
    strictness.check_pages(app, tried)
    with app.app_context():
        strictness.check_tables(db.engine, tried)
        after = _core_tables(db.engine, tried.id)
    strictness.check_templates(app, tried)
    strictness.check_untouched(before, after)


def _line_up(plugins: Any, folder: Path, installed: Path | None) -> Any:
    """Only the plugin and what it needs are loaded: the others were tried in their own time."""
    from loyalapp.core.paths import shipped  # noqa: PLC0415 -- the clock runs first
    from loyalapp.plugin_system import discovery, state  # noqa: PLC0415 -- the clock runs first
    from loyalapp.plugin_system.manifest import read_manifest  # noqa: PLC0415 -- the clock runs first

    there = discovery.discover(shipped("plugins"), installed or folder / "nothing")
    tried = discovery.Plugin(folder.name, folder, shipped=False, manifest=read_manifest(folder))
    there[tried.id] = tried
    wanted, waiting = set(), [tried.id]
    while waiting:
        name = waiting.pop()
        one = there.get(name)
        if one is not None and one.manifest is not None and name not in wanted:
            wanted.add(name)
            waiting += one.manifest.needs
    for name in there:
        plugins.states.plugins[name] = state.PluginState(state.ON if name in wanted else state.OFF)
    plugins.plugins.clear()
    plugins.plugins.update({name: there[name] for name in sorted(wanted)})
    return tried


def _core_tables(engine: Any, plugin_id: str) -> dict[str, str]:
    """Form and content of every table that is not the plugin's, by name."""
    with engine.connect() as link:
        forms = link.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").all()
        foreign = [one for one in forms if not _is_own(one[2], plugin_id)]
        told = {f"{kind} {name}": str(sql) for kind, name, _table, sql in foreign}
        for kind, name, _table, sql in foreign:
            if kind == "table" and not str(sql).upper().startswith("CREATE VIRTUAL"):
                told[f"rows of {name}"] = _digest(link, name)
    return told


def _is_own(table: str, plugin_id: str) -> bool:
    return table.startswith(f"plg_{plugin_id}_")


def _digest(link: Any, table: str) -> str:
    made = hashlib.blake2b(digest_size=16)
    rows = link.exec_driver_sql(f'SELECT * FROM "{table}"')  # noqa: S608 -- a name that the database itself gave
    while some := rows.fetchmany(ROWS_AT_ONCE):
        made.update(repr([tuple(row) for row in some]).encode("utf-8", "surrogatepass"))
    return made.hexdigest()


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # a thread that the plugin left running must not keep us
