"""The end of the program: a thread that a plugin left running may not keep it from ending."""

import logging
import os
import sys
import threading
import time

PATIENCE = 3.0  # seconds that work begun in this run is given to come to its end


def threads() -> set[threading.Thread]:
    """Those that the end of a Python program waits for."""
    return {one for one in threading.enumerate() if not one.daemon and one is not threading.main_thread()}


def end(code: int, before: set[threading.Thread]) -> None:
    """Returns where nothing is left running; else the program ends here, with everything of its own closed before.

    :param before: the threads that ran when the program began.
    """
    until = time.monotonic() + PATIENCE
    left = threads() - before - {threading.current_thread()}
    for one in left:
        one.join(max(0.0, until - time.monotonic()))
    if not any(one.is_alive() for one in left):
        return
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(code)
