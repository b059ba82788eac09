"""Starts LoyalApp by its own command, and lets a test look into the page of its window; nothing else is changed.

Each line that comes in is `{"number": 1, "js": "…"}`, each line that goes out `{"number": 1, "value": …}`.
"""

import json
import os
import socket
import sys
import threading
from typing import Any

from loyalapp import desktop
from loyalapp.cli import main
from loyalapp.desktop.window import Window

LINK = "LOYALAPP_TEST_LINK"  # the number of the open socket to the test


def look_through(window: Window, link: socket.socket) -> None:
    """Answer each question in a thread of its own: one that meets a page on its way out is never answered."""
    with link.makefile("r", encoding="utf-8") as questions:
        for line in questions:
            threading.Thread(target=_answer, args=[window, link, json.loads(line)], daemon=True).start()


def _answer(window: Window, link: socket.socket, question: dict[str, Any]) -> None:
    value = window.made.run_js(question["js"])
    link.sendall(json.dumps({"number": question["number"], "value": value}).encode() + b"\n")


def outlive_restarts(link: socket.socket) -> None:
    """The program that takes over when LoyalApp starts again is this one once more, and finds the same socket."""
    take_over = os.execv

    def hand_on(*command: Any) -> None:
        link.set_inheritable(True)
        take_over(*command)

    os.execv = hand_on


def start(words: list[str]) -> None:
    """As `python -m loyalapp …`."""
    link = socket.socket(fileno=int(os.environ[LINK]))
    link.set_inheritable(False)
    outlive_restarts(link)
    run = desktop.run
    desktop.run = lambda config, **wishes: run(config, **wishes, watch=lambda window: look_through(window, link))
    main.main(args=words, prog_name="loyalapp")


if __name__ == "__main__":
    start(sys.argv[1:])
