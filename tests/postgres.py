"""A throw-away PostgreSQL server for tests: on a free port, in a temporary folder, gone afterwards.

Started as the user `postgres` where the tests run as root, since the server refuses root.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl: on the PATH, or where Debian hides them; None where there is no server."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), default=None)


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def stepping_down(folder: Path) -> dict[str, Any]:
    """How to run as another user than root, to whom the folder is given."""
    if os.getuid() != 0:
        return {}
    import pwd  # not there on Windows

    who = pwd.getpwnam("postgres")
    shutil.chown(folder, who.pw_uid, who.pw_gid)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


class Server:
    """One that can be stopped and started again. `url`: to which a database name is to be added."""

    def __init__(self) -> None:
        place = binaries()
        assert place is not None, "there is no PostgreSQL server on this machine"
        self._place, self._folder, port = place, Path(tempfile.mkdtemp(prefix="pg-")), free_port()
        self._user = stepping_down(self._folder)
        self._wishes = f"-p {port} -h 127.0.0.1 -k {self._folder} -F -c full_page_writes=off"
        self._is_started = False
        self.url = f"postgresql+psycopg://loyal@127.0.0.1:{port}/"
        wishes = ("-U", "loyal", "-E", "UTF8", "--locale", "C.UTF-8", "-A", "trust", "--no-sync")
        self._run("initdb", "-D", "data", *wishes)

    def start(self) -> None:
        """Ready when this is over."""
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", self._wishes, "start")
        self._is_started = True

    def stop(self) -> None:
        """At once, as when somebody ends it by force: whoever is in the middle of something is cut off."""
        self._run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")
        self._is_started = False

    def remove(self) -> None:
        """It leaves nothing."""
        if self._is_started:
            self.stop()
        shutil.rmtree(self._folder)

    def _run(self, tool: str, *words: str) -> None:
        surroundings = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        quiet: dict[str, Any] = {"env": surroundings, "stdout": subprocess.DEVNULL, **self._user}
        subprocess.run([str(self._place / tool), *words], check=True, cwd=self._folder, **quiet)


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty server, to which a database name is to be added; ready in about a second."""
    one = Server()
    try:
        one.start()
        yield one.url
    finally:
        one.remove()


def _run_sql(url: str, sentence: str) -> None:
    import psycopg  # only with a server

    address = url.replace("postgresql+psycopg://", "postgresql://") + "postgres"
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(sentence)


def create_database(url: str, name: str) -> None:
    """A new, empty database."""
    _run_sql(url, f'CREATE DATABASE "{name}"')


def copy_database(url: str, source: str) -> str:
    """A copy of a prepared database; returns its name."""
    name = f"copy_{secrets.token_hex(6)}"
    _run_sql(url, f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    return name


def drop_database(url: str, name: str) -> None:
    """The copy goes again."""
    _run_sql(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
