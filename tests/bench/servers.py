"""Starts the app and the floor in processes of their own, and asks them for pages over connections kept open."""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
PYTHON = [sys.executable, "-X", "utf8", "-m"]
# As on a user's computer, where Python keeps what it compiled.
SURROUNDINGS = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass
class Server:
    """One running server and the way in. `started` is when its process was begun."""

    process: subprocess.Popen[str]
    address: str
    started: float

    def visitor(self) -> "Visitor":
        """A browser that came in through the door, if there is one."""
        return Visitor(self.address, self.cookie)

    cookie: str = ""

    def memory(self) -> int:
        """The memory it holds (at its highest, where the system tells), in bytes; 0 where it tells nothing."""
        try:
            lines = Path(f"/proc/{self.process.pid}/status").read_text("ascii").splitlines()
        except OSError:
            return 0
        told = dict(line.split(":", 1) for line in lines if ":" in line)
        return int((told.get("VmHWM") or told.get("VmRSS") or "0 kB").split()[0]) * 1024


class Visitor:
    """One keep-alive connection."""

    def __init__(self, address: str, cookie: str) -> None:
        self._link = http.client.HTTPConnection(urlsplit(address).netloc)
        self._cookies = [cookie] if cookie else []

    def get(self, path: str) -> bytes:
        """The page; anything but 200 ends the benchmark."""
        self._link.request("GET", path, headers={"Cookie": "; ".join(self._cookies)} if self._cookies else {})
        answer = self._link.getresponse()
        body = answer.read()
        if given := answer.getheader("Set-Cookie"):
            self._cookies.append(given.partition(";")[0])
        if answer.status != 200:
            raise SystemExit(f"{path} was answered with {answer.status}:\n{body[:500].decode('utf-8', 'replace')}")
        return body

    def weigh(self, path: str) -> int:
        """The bytes that a browser is sent for a file."""
        self._link.request("GET", path, headers={"Cookie": "; ".join(self._cookies), "Accept-Encoding": "gzip"})
        return len(self._link.getresponse().read())

    def send(self, path: str, fields: dict[str, str], file: Path | None = None) -> str:
        """Fill in the form of a page and send it; answers the address to go on at."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path).decode())
        assert token is not None
        kind, body = _form({"csrf_token": token[1], **fields}, file)
        self._link.request("POST", path, body, {"Cookie": "; ".join(self._cookies), "Content-Type": kind})
        answer = self._link.getresponse()
        told = answer.read()
        if answer.status != 303:
            raise SystemExit(f"{path} was answered with {answer.status}:\n{told[:500].decode('utf-8', 'replace')}")
        return answer.headers["Location"]

    def time(self, path: str) -> float:
        """Seconds until the page was there."""
        began = time.perf_counter()
        self.get(path)
        return time.perf_counter() - began


def _form(fields: dict[str, str], file: Path | None) -> tuple[str, bytes]:
    edge = "an-edge-that-no-list-has"
    head = '--{}\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    parts = [head.format(edge, name, "").encode() + text.encode() + b"\r\n" for name, text in fields.items()]
    if file:
        parts.append(head.format(edge, "file", f'; filename="{file.name}"').encode() + file.read_bytes() + b"\r\n")
    return f"multipart/form-data; boundary={edge}", b"".join(parts) + f"--{edge}--\r\n".encode()


@contextmanager
def running(*command: str) -> Iterator[Server]:
    """A server started by a command that prints `Ready: address`; ended at the end."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [*PYTHON, *command], cwd=ROOT, env=SURROUNDINGS, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        assert process.stdout is not None
        line = next((one for one in process.stdout if one.startswith("Ready: ")), None)
        if line is None:
            raise SystemExit(f"{' '.join(command)} did not start")
        yield _let_in(Server(process, line.split()[1], started))
    finally:
        process.terminate()
        process.wait()


def _let_in(server: Server) -> Server:
    """Trade the launch link, where there is one, for the cookie."""
    parts = urlsplit(server.address)
    if parts.path.startswith("/boot/"):
        link = http.client.HTTPConnection(parts.netloc)
        link.request("GET", parts.path)
        answer = link.getresponse()
        answer.read()
        server.cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    server.address = f"http://{parts.netloc}"
    return server


def app(data: Path):
    """The real app with every plugin, in Urdu, as `loyalapp serve` starts it."""
    return running("loyalapp", "serve", "--data-dir", str(data), "--language", "ur")


def floor(file: Path):
    """The bare pages."""
    return running("tests.bench.floor", str(file))


def hello():
    """Five bytes."""
    return running("tests.bench.floor", "hello")
