"""The local web server: waitress on this computer's own address, on a free port where none was asked for."""

import contextlib
import logging
import os
import threading
import time
from typing import Any

from flask import Flask

from loyalapp.desktop.line import Line

THREADS = 8
IDLE = 60  # seconds that the server sleeps where nobody asks for anything; whoever does, and its end, wake it
MOST_LINKS = 200  # open connections: a window holds six, each of several desks too
PORT_AGAIN = "LOYALAPP_PORT_AGAIN"  # set for the process that a restart begins, so that open pages find it again


def is_this_computer(host: str) -> bool:
    """Whether an address is this computer talking to itself, in a form that the door lets in."""
    return host in ("127.0.0.1", "localhost")


class Turns:
    """Pages that only show are made one after the other, since Python lets one thread work at a time anyway.

    Left to themselves, eight that want to work keep taking turns in the middle of a page, which costs a fifth of the
    time of each. They are made in the order in which they were asked for. One that is slow holds up the others for no
    longer than `PATIENCE`; what writes waits for nobody.

    :param are_given: where they are not (the database is elsewhere, so others can work while one waits), what writes
        is counted all the same.
    """

    PATIENCE = 0.1  # seconds

    def __init__(self, app: Flask, *, are_given: bool = True) -> None:
        self._app = app
        self._are_given = are_given
        self._line = Line(self.PATIENCE)
        self._deeds: dict[object, float] = {}  # what writes, and since when

    def __call__(self, surroundings: dict[str, Any], start_response: Any) -> Any:
        if surroundings["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._do(surroundings, start_response)
        if not self._are_given:
            return self._app(surroundings, start_response)
        place = self._line.enter()
        try:
            return self._app(surroundings, start_response)
        finally:
            self._line.leave(place)

    def _do(self, surroundings: dict[str, Any], start_response: Any) -> Any:
        deed = object()
        self._deeds[deed] = time.monotonic()
        try:
            return self._app(surroundings, start_response)
        finally:
            del self._deeds[deed]

    def is_at_it(self, longer_than: float) -> bool:
        """Whether something that was asked for, and that writes, is under way for so many seconds."""
        return any(time.monotonic() - since > longer_than for since in list(self._deeds.values()))


class LocalServer:
    """Serves one app in threads of its own; made is bound, so the port is known before anything is answered.

    :raises OSError: if the port is taken.
    """

    def __init__(self, app: Flask, host: str = "127.0.0.1", port: int = 0) -> None:
        self.host = "127.0.0.1" if host == "localhost" else host
        waits = app.extensions["loyalapp"].config.database_url  # for a database elsewhere, while others can work
        self._turns = Turns(app, are_given=not waits)
        self._server = self._bound(port or int(os.environ.pop(PORT_AGAIN, "0")), port)
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

    def is_at_it(self, longer_than: float) -> bool:
        """Whether something that was asked for, and that writes, is under way for so many seconds."""
        return self._turns.is_at_it(longer_than)

    def _bound(self, again: int, asked: int) -> Any:
        from waitress import create_server

        from loyalapp.desktop.visitors import Visitor

        choices = {
            "host": self.host,
            "threads": THREADS,
            "ident": "LoyalApp",
            "map": {},
            "connection_limit": MOST_LINKS * 4,
        }
        try:
            made = create_server(self._turns, port=again, **choices)
        except OSError:
            if asked:
                raise
            made = create_server(self._turns, port=0, **choices)
        made.channel_class = Visitor
        return made

    def _make_room(self) -> None:
        """Somebody who opens connections and says nothing must not keep our own window out: the idlest ones go."""
        if len(self._server.active_channels) <= MOST_LINKS:
            return
        idle = sorted((one for one in self._channels() if not one.requests), key=lambda one: float(one.last_activity))
        for one in idle[: len(idle) // 2]:
            one.handle_close()

    def _channels(self) -> list[Any]:
        return list(self._server.active_channels.values())

    def _run(self) -> None:
        from waitress import wasyncore

        while not self._ending.is_set():
            self._make_room()
            pause = IDLE if len(self._server.active_channels) <= MOST_LINKS else 1
            wasyncore.loop(timeout=pause, use_poll=True, map=self._server._map, count=1)  # noqa: SLF001 -- waitress's own run() cannot be ended from outside
        wasyncore.close_all(self._server._map, ignore_all=True)  # noqa: SLF001 -- as above
