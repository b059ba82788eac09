"""What libraries name but no page of ours uses is not loaded with them, and is there for whoever asks for it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = """
import sys
from pathlib import Path
from loyalapp.core import unasked
from loyalapp.core.config import Config
with unasked.left_out():
    from loyalapp.app import create_app
    app = create_app(Config.from_options(data_dir=Path(sys.argv[1]), door_open=True))
answer = app.test_client().get("/", headers={"Host": "127.0.0.1"})
print(answer.status_code, *(one for one in (*unasked.NAMES, "asyncio.events") if one in sys.modules))
"""
LATER = """
import sys
from loyalapp.core import unasked
with unasked.left_out():
    import asyncio as early
    import sqlalchemy.dialects.sqlite
    from sqlalchemy.util import concurrency
    from urllib import request as early_request
async def nothing(): pass
waiting = nothing()
print(concurrency.iscoroutine(waiting), concurrency.is_exit_exception(early.CancelledError()))
waiting.close()
import asyncio, asyncio.subprocess, urllib.request
print(early is not asyncio, early.run is asyncio.run, early_request.urlopen is urllib.request.urlopen)
print(hasattr(early, "no such thing"), sys.modules["asyncio"] is asyncio)
"""
IN_THE_BLOCK = """
import sys
from loyalapp.core import unasked
with unasked.left_out():
    import asyncio.subprocess
    from asyncio import run
    import asyncio
print(asyncio.run is run, type(sys.modules["asyncio"]).__name__, asyncio.subprocess.PIPE)
"""

BEFORE = """
import asyncio as real
from loyalapp.core import unasked
with unasked.left_out():
    import asyncio
print(asyncio is real)
"""


def said(program, *words):
    """What a Python of its own prints, in which nothing is loaded yet."""
    command = [sys.executable, "-X", "utf8", "-c", program, *words]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_the_app_and_its_first_page_do_without(tmp_path):
    said(APP, str(tmp_path))  # the first start makes the tables, with a library that takes more

    assert said(APP, str(tmp_path)) == ["302"]


def test_whoever_asks_for_something_of_it_gets_the_real_one():
    assert said(LATER) == ["True True", "True True True", "False True"]


def test_it_can_be_imported_inside_the_block_too():
    assert said(IN_THE_BLOCK) == ["True module -1"]


def test_what_is_loaded_already_stays():
    assert said(BEFORE) == ["True"]
