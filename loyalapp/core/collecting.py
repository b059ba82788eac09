"""Python's search for unreachable objects rests while the app is put together, as nothing made then is thrown away."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """Load libraries a tenth faster; afterwards what was made is left out of later searches for good."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
