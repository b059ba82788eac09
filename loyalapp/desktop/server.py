"""The local web server: waitress on this computer's own address, on a free port where none was asked for."""

import contextlib
import logging
import os
import threading
import time
from typing import Any

from flask import Flask

THREADS = 8
PORT_AGAIN = "LOYALAPP_PORT_AGAIN"  # set for the process that a restart begins, so that open pages find it again


def is_this_computer(host: str) -> bool:
    """Whether an address is this computer talking to itself, in a form that the door lets in."""
    return host in ("127.0.0.1", "localhost")


class LocalServer:
    """Serves one app in threads of its own; made is bound, so the port is known before anything is answered.

    :raises OSError: if the port is taken.
    """

    def __init__(self, app: Flask, host: str = "127.0.0.1", port: int = 0) -> None:
        self.host = "127.0.0.1" if host == "localhost" else host
        self._server = self._bound(app, port or int(os.environ.pop(PORT_AGAIN, "0")), port)
        self.port: int = self._server.effective_port
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # no news for a shop
        self._ending = threading.Event()
        self._loop = threading.Thread(target=self._run, name="server", daemon=True)
        self._loop.start()

    @property
    def address(self) -> str:
        """Without a slash at the end."""
        return f"http://{self.host}:{self.port}"

    def stop(self, patience: float = 5.0) -> None:
        """Finish the requests being answered, send what is ready, close everything."""
        self._server.task_dispatcher.shutdown(timeout=patience)
        until = time.monotonic() + 1
        while time.monotonic() < until and any(channel.total_outbufs_len for channel in self._channels()):
            time.sleep(0.02)
        self._ending.set()
        with contextlib.suppress(OSError):  # the loop may have woken by itself, and closed everything already
            self._server.pull_trigger()
        self._loop.join(patience)

    def _bound(self, app: Flask, again: int, asked: int) -> Any:
        from waitress import create_server

        choices = {"host": self.host, "threads": THREADS, "ident": "LoyalApp", "map": {}}
        try:
            return create_server(app, port=again, **choices)
        except OSError:
            if asked:
                raise
            return create_server(app, port=0, **choices)

    def _channels(self) -> list[Any]:
        return list(self._server.active_channels.values())

    def _run(self) -> None:
        from waitress import wasyncore

        while not self._ending.is_set():
            wasyncore.loop(timeout=1, map=self._server._map, count=1)  # noqa: SLF001 -- waitress's own run() cannot be ended from outside
        wasyncore.close_all(self._server._map, ignore_all=True)  # noqa: SLF001 -- as above
