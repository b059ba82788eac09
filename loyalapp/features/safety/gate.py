"""A small app that stands before the real one where data is encrypted: it asks for the password and nothing else.

It has the same door, languages and looks; the server hands its requests on to the real app as soon as that is there.
"""

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, current_app, make_response, render_template, request

from loyalapp.core import sealing, spare_seal
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.core.paths import DataFolder
from loyalapp.features.safety import opening
from loyalapp.features.staff import pins
from loyalapp.web.bare import bare_app

pages = Blueprint("gate", __name__, template_folder="templates")
PLACE = "/gate"
GATE = "loyalapp.gate"
AGAIN = 1  # seconds between two looks whether the real app is there


class Gate:
    """Asks until the password is right. `app`: what is seen meanwhile; `file`: what the program was started with.

    :param run: what the app shares with its window and server. `fault`: asked for the sentence, should the start fail.
    """

    def __init__(self, data: DataFolder, language: str, run: Any, fault: Callable[[], str | None]) -> None:
        self.data, self.fault = data, fault
        self.file: Path | None = None
        self.is_open = threading.Event()
        self._tries, self._tried_at = 0, 0.0
        self._house: Any = None
        self._then = "/"
        self._is_given_up = False
        self.app = _app(data, language, run, self)
        self.extensions = self.app.extensions  # the server looks there

    def __call__(self, surroundings: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request, or hand it on to the real app."""
        if self._house is None:
            answer: Iterable[bytes] = self.app(surroundings, start_response)
            return answer
        if surroundings.get("PATH_INFO") == PLACE:
            start_response("303 See Other", [("Location", self._then), ("Content-Length", "0")])
            return []
        handed: Iterable[bytes] = self._house(surroundings, start_response)
        return handed

    def hand_on(self, house: Any, then: str) -> None:
        """The real app is there; `then` is the page to go on with."""
        self._then, self._house = then, house

    def waits(self) -> bool:
        """Wait for the password; False where the program ends before it came."""
        self.is_open.wait()
        return not self._is_given_up

    def give_up(self) -> None:
        """The program ends."""
        self._is_given_up = True
        self.is_open.set()

    @property
    def is_lost(self) -> bool:
        """Whether nothing but the recovery key opens it, since the file with the key is lost, its copy too."""
        return spare_seal.is_lost(self.data.root)

    def go_on_without(self) -> None:
        """The recovery key is not at hand: what is shown then says so, and offers backups that anybody can open."""
        if self.may_go_on:
            self.is_open.set()

    @property
    def may_go_on(self) -> bool:
        """Whether there is a way on without the key: the file with it is not there at all."""
        return self.is_lost and not (self.data.root / sealing.FILE).is_file()

    def attempt(self, typed: str) -> None:
        """Open the data.

        :raises LoyalAppError: if it is not the password, or too early for the next try.
        """
        left = self._tried_at + pins.seconds_to_wait(self._tries) - time.monotonic()
        if self._tries and left > 0:
            raise LoyalAppError(pins.please_wait(int(left) + 1))
        if not opening.open_with(self.data.root, typed):
            self._tries, self._tried_at = self._tries + 1, time.monotonic()
            wait = pins.seconds_to_wait(self._tries)
            lost = _("This is not the recovery key of this data.")
            sentences = [lost if self.is_lost else _("This is neither the password nor the recovery key.")]
            raise LoyalAppError(" ".join([*sentences, *([pins.please_wait(wait)] if wait else [])]))
        self.is_open.set()


def _app(data: DataFolder, language: str, run: Any, gate: Gate) -> Flask:
    further = {GATE: gate, "loyalapp.open_file": lambda file: _wait_with(gate, file)}
    app = bare_app(data, language, run, **further)
    app.register_blueprint(pages)
    return app


def _wait_with(gate: Gate, file: Path) -> str:
    """The file is opened when the data is."""
    gate.file = file
    return PLACE


def _gate() -> Gate:
    found: Gate = current_app.extensions[GATE]
    return found


@pages.route("/", defaults={"_path": ""}, methods=["GET", "POST"])
@pages.route("/<path:_path>", methods=["GET", "POST"])
def ask(_path: str) -> Any:
    """Ask for the password, whatever page was asked for, and go on there."""
    gate, complaint = _gate(), ""
    if "without" in request.form:
        gate.go_on_without()
    elif not gate.is_open.is_set() and "password" in request.form:
        try:
            gate.attempt(request.form["password"])
        except LoyalAppError as error:
            complaint = str(error)
    if not gate.is_open.is_set():
        how = {"is_lost": gate.is_lost, "may_go_on": gate.may_go_on}
        page = render_template("safety/gate.html", complaint=complaint, place=_place(), **how)
        return page, 422 if complaint else 200
    fault = gate.fault()
    answer = make_response(render_template("safety/opening.html", fault=fault, place=_place()))
    if not fault:
        answer.headers["Refresh"] = f"{AGAIN}; url={_place()}"  # until the real app answers there
    return answer


def _place() -> str:
    return "/" + request.full_path.removesuffix("?").lstrip("/")
