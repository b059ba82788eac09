"""Something long that a thread does while pages ask how far it is."""

import contextvars
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app

from loyalapp.core.db import db, reading
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import current_language, in_language
from loyalapp.core.logs import incident

DONE, FAILED, STOPPED = "done", "failed", "stopped"
BREATH = 0.0005


class Stopped(Exception):
    """The user pressed Stop."""


class Work:
    """One piece of work. `done` and `total` count rows, the total nearly; `error` is fit to be shown.

    `busy`: the states in which a thread is at work.
    """

    busy: frozenset[str] = frozenset()

    def __init__(self, state: str, total: int = 0) -> None:
        self.state, self.done, self.total = state, 0, total
        self.error: LoyalAppError | None = None
        self.stop = False
        self.thread: threading.Thread | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a thread is at work."""
        return self.state in self.busy

    def wait(self, seconds: float) -> None:
        """Give something short the time to be finished before the page is shown.

        The page lets go of the database first: as long as it holds it, the work could not write.
        """
        db.session.commit()
        if self.thread:
            self.thread.join(seconds)

    def fault(self, number: str) -> LoyalAppError:
        """What is said where the program itself has failed."""
        raise NotImplementedError

    def did(self, done: int) -> None:
        """So much is done.

        :raises Stopped: if the user wants no more of it.
        """
        self.done = done
        if self.stop:
            raise Stopped
        time.sleep(BREATH)  # pages of the app answer meanwhile


Some = TypeVar("Some", bound=Work)


def start(work: Some, verb: Callable[[Some], None], name: str) -> None:
    """Let a thread do it."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- the documented way to the real app
    work.done, work.error, work.stop = 0, None, False
    context, language = contextvars.copy_context(), current_language()
    work.thread = threading.Thread(target=context.run, args=(_whole, app, language, work, verb), name=name, daemon=True)
    work.thread.start()


def _whole(app: Flask, language: str, work: Some, verb: Callable[[Some], None]) -> None:
    """The whole life of the thread; every way out leaves a state that the page can show."""
    with app.app_context(), in_language(language):
        reading.set(False)
        try:
            verb(work)
        except Stopped:
            work.state = STOPPED
        except LoyalAppError as error:
            work.error, work.state = error, FAILED
        except Exception:  # noqa: BLE001 -- the edge of a thread: nobody above could show it; logged by incident()
            work.error, work.state = work.fault(incident("import")), FAILED
        finally:
            db.session.remove()
