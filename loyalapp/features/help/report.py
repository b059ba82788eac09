"""The report that is copied for whoever helps: versions, health and the end of the log; nothing about customers."""

import platform
import sys
from collections.abc import Iterator, Sequence

from flask import current_app

from loyalapp import __version__
from loyalapp.core import logs
from loyalapp.features.help.checks import Finding

LINES = 30  # of the log


def text(found: Sequence[Finding]) -> str:
    """The report as it is copied, in English, since whoever reads it may know neither Urdu nor Hindi."""
    return "\n".join([*_program(), "", *map(line, found), "", *_log()])


def line(finding: Finding) -> str:
    """One finding as the command line and the report write it."""
    return f"{'ok ' if finding.is_good else 'BAD'} {finding.what}: {finding.answer}"


def _program() -> Iterator[str]:
    kind = "package" if getattr(sys, "frozen", False) else "source"
    yield f"LoyalApp {__version__} ({kind}), Python {platform.python_version()}, {current_app.config['LANGUAGE']}"
    yield f"{platform.system()} {platform.release()} {platform.machine()}"


def _log() -> list[str]:
    return logs.last_lines(current_app.extensions["loyalapp.data"].logs, LINES)
