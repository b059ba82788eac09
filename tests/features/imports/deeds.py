"""What the tests of imports do again and again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, inspect, select, text

from loyalapp.core.db import db
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports import service
from tests.features.imports import made

ROOT = Path(__file__).resolve().parents[3]
OPENED = """
import sys
from pathlib import Path
from loyalapp.app import create_app
from loyalapp.core.config import Config
from loyalapp.features.imports import leaving, planning, service, staging, writing
app = create_app(Config.from_options(data_dir=sys.argv[1], testing=True, safe_mode=True))
def told(done):
    print(done, flush=True)
with app.app_context():
"""
COUNTING = {"version", "updated_at"}
NOT_DATA = {"import_run", "import_shape", "undo_step", "undo_row", "deed", "alembic_version", "setting"}
HEAD = ["Name", "Firm", "Mobile", "City", "Birthday", "Notes"]


def bring(path: Path, **wishes):
    """Look at a list and take it in."""
    return service.carry_out(service.plan(path, wishes))


def listed(folder: Path, rows: list[list[str]], name: str = "list.csv") -> Path:
    """A list of these rows."""
    return made.table(folder / name, rows)


def everybody() -> dict[str, Customer]:
    """All customers by name."""
    db.session.expire_all()
    return {one.name: one for one in db.session.scalars(select(Customer).order_by(Customer.id))}


def count(model) -> int:
    """How many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def whole_data() -> dict[str, list[str]]:
    """Every row of every table, but for what only counts changes."""
    found = {}
    with db.engine.connect() as link:
        for name in sorted(set(inspect(link).get_table_names()) - NOT_DATA):
            if name.startswith(("customer_index", "sqlite_")):
                continue
            rows = link.execute(text(f'SELECT * FROM "{name}"')).mappings()
            found[name] = sorted(repr({k: v for k, v in row.items() if k not in COUNTING}) for row in rows)
    return found


def killed(data_dir: Path, deed: str, lines: int, *arguments: object) -> None:
    """Do something in a process of its own, and end that by `kill -9` as soon as it has told its progress so often.

    :param deed: one line of Python, which calls `told`. Where it tells less often, it is done when it ends.
    """
    words = [sys.executable, "-c", f"{OPENED}    {deed}", str(data_dir), *map(str, arguments)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        for _turn in range(lines):
            if not child.stdout.readline():
                break
        else:
            os.kill(child.pid, signal.SIGKILL)
    assert child.returncode in (0, -signal.SIGKILL)
