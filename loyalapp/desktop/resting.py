"""While nobody does anything the window sleeps: it need not wake twice a second to see whether it is to end.

On Qt pywebview wakes Python that often, since a signal (Ctrl+C, the end of the session) is heard only while it runs.
Here signals wake the loop of the window by themselves, and the tick becomes a seldom one.
"""

import inspect
import signal
import socket
from typing import Any

TICK, SELDOM = 500, 60_000  # milliseconds: pywebview's, and ours
_kept: list[Any] = []  # the loop must find them until the program ends


def let_rest() -> None:
    """From now on; to be called once, in the thread of the window, which must be the main thread."""
    _hear_signals()
    _slow_the_tick()


def _hear_signals() -> None:
    from PySide6.QtCore import QSocketNotifier

    heard, told = socket.socketpair()
    heard.setblocking(False)
    told.setblocking(False)
    signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(heard.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda *_: heard.recv(4096))  # Python runs, and so does what the signal asks for
    _kept.extend((heard, told, notifier))


def _slow_the_tick() -> None:
    """pywebview's timer lies with the function that runs the window's loop, out of which we are called.

    It is not waited for in an event filter of the application: that wraps things which are just being destroyed, and
    ends the program (seen with PySide 6.12).
    """
    from PySide6.QtCore import QTimer

    frame = inspect.currentframe()
    while frame is not None:
        for one in list(frame.f_locals.values()):
            if type(one) is QTimer and one.interval() == TICK and one.parent() is None and not one.isSingleShot():
                one.setInterval(SELDOM)
        frame = frame.f_back
