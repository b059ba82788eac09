"""The program on one computer: its window or browser page, its local server, one instance, its first start."""

from typing import Any


def run(config: Any, **wishes: Any) -> int:
    """Start on the given `Config` and run to the end; the wishes are those of `desktop.start.Start`."""
    from loyalapp.core import collecting, heap, terse

    heap.share()
    terse.speak()
    with collecting.at_rest():
        from loyalapp.desktop import ending
        from loyalapp.desktop.start import Start  # the first start sets up with the standard library alone

    before = ending.threads()
    try:
        code = Start(config, **wishes).run()
    except SystemExit as leaving:  # a new process has taken over
        ending.end(leaving.code if isinstance(leaving.code, int) else 1, before)
        raise
    ending.end(code, before)
    return code
