"""The program on one computer: its window or browser page, its local server, one instance, its first start."""

from typing import Any


def run(config: Any, **wishes: Any) -> int:
    """Start on the given `Config` and run to the end; the wishes are those of `desktop.start.Start`."""
    from loyalapp.desktop.start import Start  # the first start sets up with the standard library alone

    return Start(config, **wishes).run()
