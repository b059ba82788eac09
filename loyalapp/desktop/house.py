"""The app and its server, built in a thread so that a window can show meanwhile, and taken down in order."""

import errno
import logging
import shutil
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from loyalapp.core import collecting, logs, sealing, unasked, zones
from loyalapp.core.config import Config
from loyalapp.core.errors import Damaged, LoyalAppError, NewerData
from loyalapp.core.logs import log
from loyalapp.core.paths import DataFolder, UnusableDataFolder
from loyalapp.desktop.server import LocalServer
from loyalapp.desktop.words import sentence

FAILED, UNUSABLE = 1, 2  # exit codes
LEAST_SPACE = 20_000_000  # bytes; below that a database cannot be written safely
NO_SPACE = (errno.ENOSPC, errno.EDQUOT)


def trouble_with(data: DataFolder, language: str) -> str | None:
    """Why the data folder cannot be used, in one sentence; None where it can (it is made where it was missing)."""
    try:
        data.prepare()
        if shutil.disk_usage(data.root).free < LEAST_SPACE:
            return sentence("folder_full", language, folder=data.root)
    except UnusableDataFolder as error:
        key = "folder_full" if error.errno in NO_SPACE else "folder_not_writable"
        return sentence(key, language, folder=data.root)
    return None


PATIENCE = 20  # seconds that a start under way is given when the window is closed
LONGEST_DOUBT = 10  # seconds that the start waits to hear whether the user holds a key
LOOKS_APART = 1.0  # seconds between two looks at a start that may hang, and at work that a restart waits for
LONG = 1.0  # seconds, of a deed after which one notices that it takes its time


class House:
    """One app on one data folder behind one server. `fault` and `code` say why it could not be built."""

    def __init__(self, config: Config, language: str) -> None:
        self.config = config._replace(ask_safe_mode=self._is_safe_mode_wished)
        self.language = language
        self.fault: str | None = None
        self.code = 0
        self._app: Any = None
        self._gate: Any = None  # stands before the app where somebody has to give the password of the data
        self._server: LocalServer | None = None
        self._built = threading.Event()
        self._shown = threading.Event()
        self._decided = threading.Event()
        self._is_safe_mode = False
        self._first_words: str | None = None
        threading.Thread(target=self._build, name="house", daemon=True).start()

    def decide(self, *, safe_mode: bool) -> None:
        """Let plugins be loaded or not; the rest is being built meanwhile."""
        self._is_safe_mode = safe_mode
        self._decided.set()

    def _is_safe_mode_wished(self) -> bool:
        """Asked just before plugins are loaded, when the window has long been begun in another thread."""
        self._decided.wait(LONGEST_DOUBT)
        return self._is_safe_mode

    def stands(self, patience: float | None = None) -> bool:
        """Wait until it, or who asks for its password, can be seen; False where that failed or takes longer."""
        return self._shown.wait(patience) and self.fault is None

    @property
    def port(self) -> int:
        """Where the server listens."""
        return self._server.port if self._server else 0

    def address(self, then: str | None = None) -> str:
        """A fresh one-time address that lets one window or browser in, and on to the page `then`."""
        from loyalapp.web.door import launch_path, say_at_first

        assert self._server is not None  # noqa: S101 -- asked only when it stands
        if self._first_words:
            say_at_first(self._face, self._first_words)
            self._first_words = None
        further = f"?then={quote(then, safe='')}" if then else ""
        return f"{self._server.address}{launch_path(self._face)}{further}"

    @property
    def _face(self) -> Any:
        """The app that answers now."""
        return self._app if self._app is not None else self._gate.app

    def say_at_first(self, sentence: str) -> None:
        """A note for whoever is let in first."""
        self._first_words = sentence

    def open_file(self, file: Path) -> str:
        """Give a list or a plugin to the app; answers the page that goes on with it.

        :raises LoyalAppError: if it is neither.
        """
        face = self._face
        with face.app_context():
            page: str = face.extensions["loyalapp.open_file"](file)
            return page

    def when_restart_wanted(self, do: Callable[[], None]) -> None:
        """Wait in a thread for the wish to start anew (after a plugin was switched on, say)."""

        def wait() -> None:
            if self._built.wait() and self.fault is None:
                self._app.extensions["loyalapp"].restart_wanted.wait()
                while self._losing(self.language):  # a list on its way in, say
                    time.sleep(LOOKS_APART)
                do()

        threading.Thread(target=wait, name="restart", daemon=True).start()

    def losing(self, language: str) -> str | None:
        """What would be lost if the program ended now, in one sentence; None where nothing would."""
        if said := self._losing(language):
            return said
        is_at_it = self._server is not None and self._server.is_at_it(LONG)
        return sentence("deed_under_way", language) if is_at_it else None

    def _losing(self, language: str) -> str | None:
        from loyalapp.core import at_work

        return None if self._app is None else at_work.losing(self._app, language)

    @property
    def is_safe_mode_next(self) -> bool:
        """Whether the restart that is wished is one without plugins."""
        return self._app is not None and bool(self._app.extensions["loyalapp"].restart_in_safe_mode)

    def when_it_hangs(self, do: Callable[[], None]) -> None:
        """Look in a thread whether a plugin holds up the start for ever; a new start will leave that one out."""

        def look() -> None:
            from loyalapp.plugin_system.starting import HangWatch, let_go

            watch = HangWatch(DataFolder(self.config.data_dir).plugins)
            while not self._built.wait(LOOKS_APART):
                is_asking = self._gate is not None and not self._gate.is_open.is_set()  # nothing is loaded yet
                if not is_asking and (culprit := watch.hanging()):
                    log.error("plugin %s holds up the start; the program starts again without it", culprit)
                    self._failed(sentence("start_hangs", self.language, name=culprit), FAILED)
                    self._built.set()
                    self._shown.set()
                    let_go()
                    do()
                    return

        threading.Thread(target=look, name="hang-watch", daemon=True).start()

    def tear_down(self) -> None:
        """Answer what was asked, close the database (which folds its log back in), let go of the log file.

        A start that is still under way is waited for, so that what it has opened is closed too; one that hangs (a
        plugin may) is left after a while, and the next start finds the culprit.
        """
        self._decided.set()
        if self._gate is not None:
            self._gate.give_up()
        self._built.wait(PATIENCE)
        if self._server is not None:
            self._server.stop()
        if self._app is not None and "sqlalchemy" in self._app.extensions:  # else it only helps
            from loyalapp.core.db import db

            for end in self._app.extensions.get("loyalapp.at_end", {}).values():
                end()
            self._app.extensions["loyalapp.plugins"].notes.close()
            with self._app.app_context():
                db.engine.dispose()
        logs.close_log()
        logging.shutdown()

    def _build(self) -> None:
        try:
            if not self._is_open():
                return
            with collecting.at_rest(), unasked.left_out():
                with zones.taken_from_file():
                    from loyalapp.app import create_app

                app = create_app(self.config)
            self._move_in(app)
        except LoyalAppError as error:
            self._failed(str(error), FAILED)
        except Damaged as found:
            self._help(found)
        except NewerData:
            self._failed(sentence("newer_data", self.language), UNUSABLE)
        except UnusableDataFolder:
            self._failed(trouble_with(DataFolder(self.config.data_dir), self.language) or "", UNUSABLE)
        except Exception as error:  # noqa: BLE001 -- the main loop's edge: any bug in a start ends in one sentence and a number
            self._failed(self._told(error), FAILED)
        finally:
            self._built.set()
            self._shown.set()

    def _help(self, found: Damaged) -> None:
        """The data is damaged: what is shown instead of it says so, saves what can be read, and brings backups back."""
        from loyalapp.app import Run
        from loyalapp.features.first_aid.aid import first_aid_app

        data = DataFolder(self.config.data_dir)
        log.error("the data is damaged (%s); it is left as it is", found)
        self._move_in(first_aid_app(data, self.language, Run(self.config, data), found))

    def _is_open(self) -> bool:
        """Ask for the password where encrypted data needs one; False if the program ends before it came."""
        if self.config.database_url or sealing.open_quietly(self.config.data_dir):
            return True
        from loyalapp.app import Run
        from loyalapp.features.safety.gate import Gate

        data = DataFolder(self.config.data_dir)
        self._gate = Gate(data, self.language, Run(self.config, data), lambda: self.fault)
        self._serve(self._gate, self._gate.app)
        self._shown.set()
        opened: bool = self._server is not None and self._gate.waits()
        return opened

    def _move_in(self, app: Any) -> None:
        """Answer with the app from now on; whoever the gate let in stays in."""
        if self._gate is None:
            self._app = app
            self._serve(app, app)
            return
        ours, gates = app.extensions["loyalapp.door"], self._gate.app.extensions["loyalapp.door"]
        ours.token, ours.links, app.config["DOOR_PORT"] = gates.token, gates.links, self.port
        self._app = app
        then = "/"
        if self._gate.file is not None:
            try:
                then = self.open_file(self._gate.file)
            except LoyalAppError as error:
                print(error, file=sys.stderr, flush=True)
        self._gate.hand_on(app, then)

    def _serve(self, pages: Any, app: Any) -> None:
        try:
            self._server = LocalServer(pages, self.config.host, self.config.port)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            self._failed(sentence("port_taken", self.language, port=self.config.port), FAILED)
            return
        app.config["DOOR_PORT"] = self._server.port

    def _failed(self, fault: str, code: int) -> None:
        self.fault, self.code = fault, code
        if sys.stderr is not None:
            print(fault, file=sys.stderr, flush=True)

    def _told(self, error: Exception) -> str:
        if isinstance(error, OSError) and error.errno in NO_SPACE:
            return sentence("folder_full", self.language, folder=self.config.data_dir)
        from loyalapp.core import outages

        if outages.is_one(error):
            return sentence("no_database", self.language)
        number = logs.incident("the start failed")
        file = DataFolder(self.config.data_dir).logs / "loyalapp.log"
        return sentence("start_failed", self.language, number=number, file=file)
