"""Sets a card or sheet of somebody else's making in a process of its own, with an end to its time and its memory.

A mistake in a template can loop for ever, or take so much memory that typst ends the whole program; nothing of that can
be caught from within. A page costs an eighth of a second more this way.

`python -m loyalapp.core.typeset_apart`: what to set comes in as JSON, the finished page goes out.
"""

import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from loyalapp.core.paths import PACKAGE
from loyalapp.core.typeset import Format, TemplateError, typeset

WORK = 6  # seconds of the processor, where the system counts them
LONGEST = 25.0  # seconds until nobody waits any longer
MEMORY = 1 << 30
LARGEST = 10_000_000  # bytes of the finished page
LAST_WORDS = 2_000


def typeset_apart(
    template: Path,
    data: dict[str, Any],
    format: Format = "png",  # noqa: A002 -- the word typst itself uses
    ppi: float = 144,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The same as `typeset` for one page, whatever the template does and whatever the pictures are.

    :raises TemplateError: if it comes to no end, takes too much memory, is too large, or has a mistake.
    """
    wish: dict[str, Any] = {"template": str(template), "data": data, "format": format, "ppi": ppi, "work": WORK}
    wish["pictures"] = {name: b64encode(content).decode() for name, content in (pictures or {}).items()}
    try:
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-B", "-m", "loyalapp.core.typeset_apart"],
            input=json.dumps(wish, ensure_ascii=False).encode(),
            capture_output=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(PACKAGE.parent), *filter(None, sys.path)])},
            timeout=LONGEST,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise TemplateError(f"{template.name}: it comes to no end") from error
    if done.returncode:
        said = done.stderr[:LAST_WORDS].decode("utf-8", "replace").strip()
        raise TemplateError(said or f"{template.name}: it ended with {done.returncode}, out of time or memory")
    if len(done.stdout) > LARGEST:
        raise TemplateError(f"{template.name}: a page has at most {LARGEST} bytes, not {len(done.stdout)}")
    return done.stdout


def _main() -> int:
    wish = json.load(sys.stdin.buffer)
    _limit_ourselves(wish["work"])
    pictures = {name: b64decode(content) for name, content in wish["pictures"].items()}
    try:
        page = typeset(
            Path(wish["template"]), wish["data"], wish["format"], wish["ppi"], is_one_page=True, pictures=pictures
        )
    except TemplateError as error:
        sys.stderr.write(str(error))
        return 1
    sys.stdout.buffer.write(page)
    return 0


def _limit_ourselves(work: int) -> None:
    """Where the system can (not on Windows), it ends what works or takes too much."""
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (work, work))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(_main())
