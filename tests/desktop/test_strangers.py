"""Strangers on this computer before the real server: another user, a flood, nonsense (attacks 3, 4, 6, 11, 18)."""

import json
import os
import re
import socket
from pathlib import Path

import pytest

from tests.desktop.test_instance import Program, program, status  # noqa: F401 -- a fixture is used by its name

NOBODY = 65534
NONSENSE = (
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 400 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nzz\r\n\r\n",
    b"GET /" + b"a" * 300_000 + b" HTTP/1.1\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
)
BANNERS = ("waitress", "werkzeug", "python", "flask", "traceback")


@pytest.mark.slow
def test_strangers_get_nothing_and_keep_nobody_out(program: Program) -> None:  # noqa: F811 -- the fixture itself
    address, link = program.start("serve")
    port = int(address.rpartition(":")[2])

    assert listening(program.running[0].pid) == {("0100007F", port)} | listening_ear(program)
    for one in NONSENSE:
        answer = said_to(port, one)
        assert answer.split()[1:2] in ([b"400"], [b"403"], [b"413"], [b"414"], [b"431"], [b"505"]), answer[:200]
        assert not [word for word in BANNERS if word in answer.decode("latin-1").lower()], answer
    if os.getuid() == 0:
        assert as_nobody(port, link) == "403", "another user has seen the link in the list of processes"
        assert as_nobody(port, link, socket.AF_INET6) == "403"
        assert as_nobody(port, "/") == "403"
        key = key_of(port, program.start("serve")[1])
        assert asked_for(port, "/healthz", socket.AF_INET, key) == b"200", "our own user has come in with it"
        for family in (socket.AF_INET, socket.AF_INET6):
            said = as_nobody(port, "/healthz", family, key)
            assert said == "403", "our browser handed the cookie to a neighbour, who is another user all the same"
    held = [socket.create_connection(("127.0.0.1", port)) for _one in range(300)]
    for one in held:
        one.sendall(b"GET / HTTP/1.1\r\nHost: 127.")
    assert status(address + link) == 200, "we are still let in, by the same link"
    for one in held:
        one.close()


def listening_ear(program: Program) -> set[tuple[str, int]]:  # noqa: F811 -- handed on
    """Where later starts are heard."""
    return {("0100007F", int(json.loads((program.data / "running.json").read_text("utf-8"))["port"]))}


def listening(process: int) -> set[tuple[str, int]]:
    """The address and port of every socket on which a process listens, of both kinds of addresses."""
    mine = {str(one.readlink()) for one in Path(f"/proc/{process}/fd").iterdir() if one.is_symlink()}
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{process}/net/{table}").read_text("ascii").splitlines()[1:]:
            cells = line.split()
            if cells[3] == "0A" and f"socket:[{cells[9]}]" in mine:
                place, _, port = cells[1].partition(":")
                found.add((place, int(port, 16)))
    return found


def said_to(port: int, words: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as link:
        link.sendall(words)
        return link.recv(65536)


def key_of(port: int, link: str) -> str:
    """The cookie that a launch link is traded for."""
    said = said_to(port, f"GET {link} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()).decode("latin-1")
    found = re.search(r"^Set-Cookie: (loyalapp_[0-9a-f]+=[^;]+)", said, re.MULTILINE)
    assert found
    return found[1]


def as_nobody(port: int, path: str, family: int = socket.AF_INET, key: str = "") -> str:
    """What another user of this computer is answered; a process of its own, which becomes that user."""
    heard, told = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(told, asked_for(port, path, family, key))
        finally:
            os._exit(0)
    os.close(told)
    os.waitpid(process, 0)
    with os.fdopen(heard) as answer:
        return answer.read()


def asked_for(port: int, path: str, family: int, key: str = "") -> bytes:
    host = "127.0.0.1" if family == socket.AF_INET else "::ffff:127.0.0.1"
    with socket.socket(family) as link:
        link.settimeout(30)
        link.connect((host, port))
        link.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nCookie: {key}\r\n\r\n".encode())
        return link.recv(4096).split()[1]
