"""What a plugin's maker should know of its trouble, without a word of the customers: it may be sent to a stranger."""

import platform
import traceback
from collections.abc import Iterable
from pathlib import Path

from jinja2 import TemplateError

from loyalapp import __version__
from loyalapp.plugin_system.discovery import FAILED, QUARANTINED, RUNNING, UNREADABLE, Plugin
from loyalapp.plugin_system.manifest import API_VERSION

MOST_STEPS = 12
LONGEST_MESSAGE = 300
# Errors whose message speaks of the program and never of a row: any other may carry a name or a number.
ABOUT_CODE = (ImportError, SyntaxError, NameError, AttributeError, TemplateError)


def trace(error: BaseException, folder: Path, *, is_ours: bool = False) -> str:
    """The kind of an error and the way to it; its message only where that cannot speak of a customer.

    :param is_ours: the message was written by LoyalApp.
    """
    kind = type(error).__name__
    message = f": {str(error)[:LONGEST_MESSAGE]}" if is_ours or isinstance(error, ABOUT_CODE) else ""
    steps = traceback.extract_tb(error.__traceback__)[-MOST_STEPS:]
    ways = [f"  {_shown(step.filename, folder)}, line {step.lineno}, in {step.name}" for step in steps]
    if isinstance(error, SyntaxError) and error.filename:
        ways.append(f"  {_shown(error.filename, folder)}, line {error.lineno}")
    return "\n".join([f"{kind}{message}", *ways])


def _shown(file: str, folder: Path) -> str:
    """A file without the folders above it, which often carry the user's name."""
    path = Path(file)
    if path.is_relative_to(folder):
        return path.relative_to(folder).as_posix()
    parts = path.parts
    at = next((at for at, part in enumerate(parts) if part in ("loyalapp", "site-packages")), len(parts) - 1)
    return "/".join(parts[at:])


def report(plugin: Plugin, state: str, what: str, when: str, others: Iterable[Plugin]) -> str:
    """The text that the user copies and sends, in English.

    :param what: what happened, in a few lines.
    :param when: a moment in UTC, or empty.
    """
    manifest = plugin.manifest
    running = [f"{one.id} {one.manifest.version}" for one in others if one.status == RUNNING and one.manifest]
    facts = {
        "Plugin": f"{plugin.id} {manifest.version if manifest else ''}".strip(),
        "Made by": manifest.author if manifest else "",
        "State": state,
        "When": when,
        "LoyalApp": f"{__version__}, plugin API {'.'.join(map(str, API_VERSION))}",
        "Python": f"{platform.python_version()}, {platform.system()} {platform.release()} {platform.machine()}",
        "Other plugins": ", ".join(running) or "none",
    }
    head = "\n".join(f"{key}: {value}" for key, value in facts.items() if value)
    return f"{head}\n\n{what}".strip()


def what_is_known(plugin: Plugin) -> str:
    """What happened, as far as anybody knows."""
    if plugin.trace:
        return plugin.trace
    if plugin.status in (FAILED, UNREADABLE):
        return plugin.details
    if plugin.status == QUARANTINED:
        doing = "called" if plugin.reason == "run" else "being loaded"
        return f"the program died, or had to be ended, while the plugin was {doing}"
    return plugin.reason
