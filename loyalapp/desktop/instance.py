"""One running LoyalApp for each data folder; a second start hands its wish over to the first.

The first start holds a lock and listens on this computer's own address; where and with which key is written in a file
that this user alone can read. A message is one line of JSON each way, never a pickle.
"""

import hmac
import json
import os
import secrets
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from loyalapp.core.locks import is_held, take
from loyalapp.core.logs import log
from loyalapp.core.paths import write_private

LOCK, PLACE = "running.lock", "running.json"
LONGEST = 64 * 1024
SECONDS = 20.0

Message = dict[str, Any]


class Seat:
    """The right to be the one that runs, and the ear for those that come later."""

    def __init__(self, folder: Path, handle: int) -> None:
        self._folder = folder
        self._handle = handle
        self._ear: socket.socket | None = None

    def listen(self, answer: Callable[[Message], Message]) -> None:
        """Answer later starts in a thread; `answer` gets their wish and says what was done."""
        self._ear = socket.create_server(("127.0.0.1", 0))
        key = secrets.token_urlsafe(32)
        place = {"port": self._ear.getsockname()[1], "key": key, "process": os.getpid()}
        write_private(self._folder / PLACE, json.dumps(place).encode())
        threading.Thread(target=self._hear, args=[self._ear, key, answer], name="instance", daemon=True).start()

    def leave(self) -> None:
        """Let the next start take over."""
        if self._ear is not None:
            (self._folder / PLACE).unlink(missing_ok=True)
            self._ear.close()
        os.close(self._handle)

    def _hear(self, ear: socket.socket, key: str, answer: Callable[[Message], Message]) -> None:
        while True:
            try:
                link, _ = ear.accept()
            except OSError:
                return  # closed by leave()
            threading.Thread(target=_serve, args=[link, key, answer], daemon=True).start()


def _serve(link: socket.socket, key: str, answer: Callable[[Message], Message]) -> None:
    link.settimeout(SECONDS)
    with link:
        try:
            message = _receive(link)
            if hmac.compare_digest(str(message.pop("key", "")).encode(), key.encode()):
                _send(link, answer(message))
        except (OSError, ValueError):
            log.warning("a message from another start could not be read")


def claim(folder: Path) -> Seat | None:
    """The seat of this data folder, or None where another LoyalApp has it."""
    handle = take(folder / LOCK)
    return None if handle is None else Seat(folder, handle)


def is_taken(folder: Path) -> bool:
    """Whether a LoyalApp runs on this data folder."""
    return is_held(folder / LOCK)


def ask(folder: Path, message: Message) -> Message | None:
    """Hand a wish to the LoyalApp that runs with this folder; None where it does not answer (yet)."""
    try:
        place = json.loads((folder / PLACE).read_text("utf-8"))
        with socket.create_connection(("127.0.0.1", int(place["port"])), timeout=SECONDS) as link:
            _send(link, {**message, "key": place["key"]})
            return _receive(link)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _send(link: socket.socket, message: Message) -> None:
    link.sendall(json.dumps(message).encode() + b"\n")


def _receive(link: socket.socket) -> Message:
    """One line of JSON.

    :raises ValueError: if it is none, or longer than any message of ours.
    """
    with link.makefile("rb") as stream:
        line = stream.readline(LONGEST)
    message = json.loads(line)
    if not line.endswith(b"\n") or not isinstance(message, dict):
        raise ValueError("not a message")
    return message
