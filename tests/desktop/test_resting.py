"""The window sleeps while nobody does anything, and still hears at once that it is to end."""

import os
import subprocess
import sys

from tests.sources import ROOT

SLEEPER = """
import gc, os, signal, sys, threading, time
from PySide6.QtCore import QCoreApplication, QTimer
from loyalapp.desktop import resting

application = QCoreApplication([])
signal.signal(signal.SIGTERM, lambda *_: application.exit(7))

def end(ticks, own):
    while ticks.interval() == resting.TICK:
        time.sleep(0.05)
    print(ticks.interval(), own.interval(), flush=True)
    own.setInterval(10 ** 6)
    os.kill(os.getpid(), signal.SIGTERM)

def create_window():  # as pywebview does
    timer, own = QTimer(), QTimer()
    timer.start(resting.TICK)
    timer.timeout.connect(lambda: None)
    own.start(700)
    QTimer.singleShot(0, resting.let_rest)
    threading.Thread(target=end, args=[timer, own], daemon=True).start()
    gc.freeze()  # as the start of the program does
    return application.exec()

sys.exit(create_window())
"""


def test_the_window_ticks_once_a_minute_and_a_signal_wakes_it_before():
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", SLEEPER], env=surroundings, capture_output=True, text=True, timeout=50, check=False
    )
    assert (done.stdout.split(), done.returncode) == (["60000", "700"], 7), done.stderr
