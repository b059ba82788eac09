"""Works a long list out in a process of its own: pages of the app answer meanwhile, and its memory stays as it is.

`python -m loyalapp.features.imports.plan_start`: a pickled `Task` comes in, lines go out: `rows N` while it reads,
then `plan` and the pickled plan, or `refused REASON`. Anything else that goes wrong is a traceback and an exit code.
"""

import pickle
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

from loyalapp.core import sealing
from loyalapp.core.db import engine_options
from loyalapp.features.imports.choices import Choices
from loyalapp.features.imports.planning import Plan, Planner, Progress, Surroundings
from loyalapp.features.imports.reading import SourceList
from loyalapp.features.imports.refusals import UnreadableList
from loyalapp.features.imports.selling import SalePlanner

PLANNERS = {"contacts": Planner, "sales": SalePlanner}
ROWS, PLAN, REFUSED = b"rows", b"plan", b"refused"


@dataclass(frozen=True)
class Task:
    """What is to be worked out, and where the database is."""

    source: SourceList
    choices: Choices
    around: Surroundings
    url: str | None
    database: Path
    secret: bytes | None  # of data that is encrypted


def worked_out(
    session: Session,
    source: SourceList,
    choices: Choices,
    around: Surroundings,
    progress: Progress,
    helper: "subprocess.Popen[bytes] | None" = None,
) -> Plan:
    """What will become of a list; changes nothing.

    :param helper: a process that gives the people their keys, so that both cores of a small computer work.
    """
    planner: Planner = PLANNERS[choices.kind](session, source, choices, around)
    if helper is not None:
        planner.plan.people.hand_over(helper)
    return planner.go_through(progress)


def main(helper: "subprocess.Popen[bytes]") -> int:
    """Work one task out.

    :param helper: is ended here.
    """
    task: Task = pickle.load(sys.stdin.buffer)  # noqa: S301 -- from the app, which started us
    if task.secret:
        sealing.know(task.database.parent, task.secret)
    out = sys.stdout.buffer

    def progress(done: int) -> None:
        out.write(b"%s %d\n" % (ROWS, done))
        out.flush()

    try:
        with Session(_only_reading(task)) as session:
            plan = worked_out(session, task.source, task.choices, task.around, progress, helper)
    except UnreadableList as error:
        out.write(b"%s %s\n" % (REFUSED, error.reason.encode()))
    else:
        out.write(PLAN + b"\n")
        pickle.dump(plan, out)
    with suppress(BrokenPipeError):
        out.flush()
    return 0


def _only_reading(task: Task) -> Engine:
    address, options = engine_options(task.url, task.database)
    engine = create_engine(address, **options)

    def begin(link: Any) -> None:
        if link.dialect.name == "sqlite":
            link.connection.driver_connection.execute("PRAGMA query_only = ON")
            link.connection.driver_connection.execute("BEGIN")
        else:
            link.exec_driver_sql("SET TRANSACTION READ ONLY")

    event.listen(engine, "begin", begin)
    return engine
