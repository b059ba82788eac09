"""One running LoyalApp for each data folder: the lock, the hand-over, and starts as a user sees them."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalapp.core.locks import held, take
from loyalapp.desktop import instance
from loyalapp.desktop.server import is_this_computer

ROOT = Path(__file__).resolve().parents[2]
READY = re.compile(r"Ready: (http://127\.0\.0\.1:\d+)(/boot/\S+)\n")


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[instance.Seat]:
    made = instance.claim(tmp_path)
    assert made is not None
    yield made
    made.leave()


def test_a_second_claim_gets_no_seat(seat: instance.Seat, tmp_path: Path) -> None:
    assert instance.claim(tmp_path) is None


def test_the_seat_is_free_again_after_leaving(tmp_path: Path) -> None:
    for _ in range(2):
        made = instance.claim(tmp_path)
        assert made is not None
        made.listen(lambda message: message)
        made.leave()
    assert not (tmp_path / instance.PLACE).exists()


def test_a_wish_is_handed_over_and_answered(seat: instance.Seat, tmp_path: Path) -> None:
    seat.listen(lambda message: {"heard": message})
    assert instance.ask(tmp_path, {"do": "show", "file": "گاہک.xlsx"}) == {"heard": {"do": "show", "file": "گاہک.xlsx"}}


def test_the_key_is_for_this_user_alone(seat: instance.Seat, tmp_path: Path) -> None:
    seat.listen(lambda _: {})
    assert (tmp_path / instance.PLACE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "said",
    [
        b'{"do": "quit", "key": "wrong"}\n',
        b'{"do": "quit"}\n',
        b"not json\n",
        b"[]\n",
        b"\x80\x04\x95.\n",
        b"{" * 100_000,
        b"",
    ],
    ids=["wrong key", "no key", "no json", "no object", "a pickle", "endless", "nothing"],
)
def test_a_stranger_is_not_answered_and_harms_nothing(seat: instance.Seat, tmp_path: Path, said: bytes) -> None:
    heard: list[instance.Message] = []
    seat.listen(lambda message: heard.append(message) or {"done": True})
    port = json.loads((tmp_path / instance.PLACE).read_text("utf-8"))["port"]
    with socket.create_connection(("127.0.0.1", port), timeout=5) as link:
        try:
            link.sendall(said)
            link.shutdown(socket.SHUT_WR)
            assert link.recv(100) == b""
        except OSError:
            pass  # thrown out while still talking
    assert heard == []
    assert instance.ask(tmp_path, {"do": "show"}) == {"done": True}


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"port": "x", "key": "y"}', '{"port": 1, "key": "y"}'])
def test_a_damaged_or_stale_place_is_no_answer(tmp_path: Path, content: str) -> None:
    (tmp_path / instance.PLACE).write_text(content, "utf-8")
    assert instance.ask(tmp_path, {"do": "show"}) is None


def test_a_lock_is_let_go_when_its_holder_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    code = (
        f"import sys, time; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pathlib import Path; from loyalapp.core.locks import take\n"
        f"take(Path({str(file)!r})); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert take(file) is None
        holder.kill()
    handle = take(file)
    assert handle is not None
    os.close(handle)


def test_waiting_for_a_lock_is_said_once(tmp_path: Path) -> None:
    said: list[str] = []
    with held(tmp_path / "lock", waiting=lambda: said.append("waiting")):
        assert said == []
        assert take(tmp_path / "lock") is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.com", "127.0.0.1.example.com", ""])  # noqa: S104 -- to be refused
def test_only_this_computer_is_served(host: str) -> None:
    assert not is_this_computer(host)


class Program:
    """`loyalapp …` as a process on a data folder with Urdu letters and a space."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "میرا ڈیٹا"
        self.running: list[subprocess.Popen[str]] = []

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-X", "utf8", "-m", "loyalapp", *words, "--data-dir", str(self.data)]

    @property
    def surroundings(self) -> dict[str, str]:
        hidden = {"DISPLAY", "WAYLAND_DISPLAY", "LANG", "LC_MESSAGES"}
        kept = {name: value for name, value in os.environ.items() if name not in hidden}
        return {**kept, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}

    def start(self, *words: str) -> tuple[str, str]:
        """Start and wait for the address; answers it in two parts."""
        made = subprocess.Popen(
            self.command(*words), env=self.surroundings, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.running.append(made)
        return self.ready(made)

    def ready(self, made: "subprocess.Popen[str]") -> tuple[str, str]:
        assert made.stdout is not None
        for line in made.stdout:
            if found := READY.match(line):
                return found[1], found[2]
        raise AssertionError("no address")

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*words),
            env=self.surroundings,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    made = Program(tmp_path)
    yield made
    for one in made.running:
        one.kill()
        one.communicate()


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            code: int = answer.status
            return code
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.slow
def test_serving_and_second_starts(program: Program, tmp_path: Path) -> None:
    address, link = program.start("serve")
    assert status(address + link) == 200
    assert status(address + link) == 403, "a launch link opens once"
    assert status(address + "/") == 403, "without the key there is no page"

    again = program.run("serve")
    assert (again.returncode, again.stdout.count("\n")) == (0, 1)
    found = READY.match(again.stdout)
    assert found is not None
    assert found[1] == address
    assert status(found[1] + found[2]) == 200
    assert again.stderr == "LoyalApp is already running with this data; this is its address.\n"

    opened = program.run("desktop", "--language", "hi")
    assert opened.returncode == 0
    assert "पहले से चल रहा है" in opened.stdout + opened.stderr

    wrong = program.run("desktop", "--language", "ur", str(tmp_path / "نہیں.xlsx"))
    assert wrong.returncode == 2
    assert "نہیں.xlsx" in wrong.stderr
    assert "Traceback" not in wrong.stderr

    program.running[0].send_signal(signal.SIGTERM)
    assert program.running[0].wait(20) == 0
    assert not list(program.data.glob("*-wal")), "the database was closed in order"


@pytest.mark.slow
def test_a_wish_to_quit_ends_the_first(program: Program) -> None:
    program.start("serve")
    assert instance.ask(program.data, {"do": "quit"}) == {}
    assert program.running[0].wait(20) == 0


@pytest.mark.slow
def test_a_killed_program_leaves_the_folder_usable(program: Program) -> None:
    program.start("serve")
    program.running[0].kill()
    program.running[0].wait(20)
    assert (program.data / instance.PLACE).exists()
    program.start("serve")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "word"), [("ur", "لکھ نہیں سکتی"), ("hi", "लिख नहीं सकता"), ("en", "cannot write")]
)
def test_an_unwritable_data_folder_is_one_sentence(program: Program, tmp_path: Path, language: str, word: str) -> None:
    (tmp_path / "میرا ڈیٹا").write_text("a file where the folder should be", "utf-8")
    for command in ("desktop", "serve"):
        told = program.run(command, "--language", language)
        assert (told.returncode, told.stdout) == (2, "")
        assert word in told.stderr
        assert told.stderr.count("\n") == 1


@pytest.mark.slow
def test_a_taken_port_is_one_sentence(program: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = program.run("serve", "--port", str(port))
    assert told.returncode == 1
    assert told.stderr == f"Another program uses port {port}. Give another number with --port, or 0 for a free one.\n"


@pytest.mark.slow
def test_other_computers_are_refused(program: Program) -> None:
    told = program.run("serve", "--host", "0.0.0.0")  # noqa: S104 -- to be refused
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert "until logins exist" in told.stderr
