"""`ask` and `tell`: how the core speaks with plugins without being harmed by one.

pluggy keeps the catalogue and the order; the calls are our own, one plugin after another, since pluggy stops at the
first exception. A hook that fails is logged and skipped; after three failures of one hook the plugin is paused.
"""

import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any, get_args

from flask import Flask, current_app
from pluggy import HookImpl, PluginManager

from loyalapp.core.db import db
from loyalapp.core.logs import log
from loyalapp.plugin_system import hookspecs, state
from loyalapp.plugin_system.discovery import PAUSED, Plugin

FAILURES_UNTIL_PAUSE = 3
SLOW_SECONDS = 0.2


class Registry:
    """The plugins of one app, and the parts of the core that answer hooks too."""

    def __init__(self, states: state.States, *, safe_mode: bool = False) -> None:
        self.pluggy = PluginManager(hookspecs.PROJECT)
        self.pluggy.add_hookspecs(hookspecs)
        self.states = states
        self.safe_mode = safe_mode
        self.plugins: dict[str, Plugin] = {}
        self._pausing = threading.Lock()

    @property
    def running(self) -> dict[str, Plugin]:
        """The plugins that take part, by id."""
        return {key: one for key, one in self.plugins.items() if one.module is not None}

    def implementations(self, hook: str) -> list[HookImpl]:
        """Who answers a hook: the core's features first, then plugins in the order they were loaded."""
        return list(getattr(self.pluggy.hook, hook).get_hookimpls())

    def pause(self, plugin: Plugin, hook: str) -> None:
        """Take a plugin that keeps failing out of this run and the next, visibly."""
        with self._pausing:  # several pages may fail in the same moment
            if plugin.module is None:
                return
            self.pluggy.unregister(name=plugin.id)
            plugin.module = None
            plugin.status, plugin.reason = PAUSED, hook
        log.error("plugin %s was paused: %s failed %d times", plugin.id, hook, FAILURES_UNTIL_PAUSE)
        try:
            self.states.set_wish(plugin.id, state.PAUSED, hook)
        except OSError:
            log.exception("that %s is paused could not be written down", plugin.id)


def registry(app: Flask | None = None) -> Registry:
    """The plugins of this app."""
    found: Registry = (app or current_app).extensions["loyalapp.plugins"]
    return found


def ask(hook: str, use: Callable[[Any], Any] | None = None, **facts: Any) -> list[Any]:
    """Collect what the features and plugins answer, in one list; None and failures are left out.

    :param use: what is made of each answer, still inside the isolation: an address that does not exist or a template
        that fails is the fault of the plugin that gave it, and costs only its own piece of the page.
    """
    plugins = registry()
    return [one for found in plugins.implementations(hook) for one in _call(plugins, hook, found, facts, use)]


def tell(hook: str, **facts: Any) -> None:
    """Report what has happened, after the commit.

    The caller's session is closed first and each plugin gets an app context of its own, so that no commit, rollback
    or change of an object reaches anyone else.
    """
    plugins = registry()
    db.session.close()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- the documented way to the real app
    for implementation in plugins.implementations(hook):
        with app.app_context():
            _call(plugins, hook, implementation, facts, None)


def _call(
    plugins: Registry, hook: str, implementation: HookImpl, facts: dict[str, Any], use: Callable[[Any], Any] | None
) -> list[Any]:
    wanted = {name: facts[name] for name in implementation.argnames}
    plugin = plugins.plugins.get(implementation.plugin_name)
    if plugin is None:
        return _listed(hook, implementation.function(**wanted), use)
    begun = time.perf_counter()
    try:
        return _listed(hook, implementation.function(**wanted), use)
    except (Exception, SystemExit):  # noqa: BLE001 -- a plugin must not stop the app
        log.exception("plugin %s failed in %s", plugin.id, hook)
        db.session.rollback()
        _count_failure(plugins, plugin, hook)
        return []
    finally:
        took = time.perf_counter() - begun
        plugin.slowest[hook] = max(took, plugin.slowest.get(hook, 0.0))
        if took > SLOW_SECONDS:
            log.warning("plugin %s took %.2f s in %s", plugin.id, took, hook)


def _listed(hook: str, answer: Any, use: Callable[[Any], Any] | None) -> list[Any]:
    """One answer, several or none as a list. Generators are run here, inside the isolation, not later in a template."""
    if answer is None:
        return []
    answers = list(answer) if isinstance(answer, (list, tuple, set)) or hasattr(answer, "__next__") else [answer]
    kind = _kind_of_answer(hook)
    for one in answers:
        if kind and not isinstance(one, kind):
            raise TypeError(f"{hook} answers with {kind.__name__}, not with {type(one).__name__}")
    return [use(one) for one in answers] if use else answers


@cache
def _kind_of_answer(hook: str) -> type | None:
    """What the catalogue of hooks says that one answer is; None where it says nothing."""
    kinds = get_args(getattr(hookspecs, hook).__annotations__["return"])
    return kinds[0] if kinds else None


def _count_failure(plugins: Registry, plugin: Plugin, hook: str) -> None:
    plugin.failures[hook] = plugin.failures.get(hook, 0) + 1
    if plugin.failures[hook] >= FAILURES_UNTIL_PAUSE:
        plugins.pause(plugin, hook)
