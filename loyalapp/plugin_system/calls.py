"""`ask` and `tell`: how the core speaks with plugins without being harmed by one.

pluggy keeps the catalogue and the order; the calls are our own, one plugin after another, since pluggy stops at the
first exception. A plugin that fails in a hook is logged and skipped; `supervision` says when it is paused.
"""

import contextlib
import threading
from collections.abc import Callable, Mapping
from functools import cache
from itertools import islice
from types import FunctionType, MappingProxyType
from typing import Any, get_args

from flask import Flask
from pluggy import HookImpl, PluginManager
from sqlalchemy.exc import SQLAlchemyError

from loyalapp.core.db import db
from loyalapp.core.logs import log
from loyalapp.core.moment import this_app
from loyalapp.plugin_system import budgets, guests, hookspecs, state, supervision
from loyalapp.plugin_system.answers import CardDesign, NavLink
from loyalapp.plugin_system.at_work import Notes
from loyalapp.plugin_system.discovery import PAUSED, Plugin
from loyalapp.plugin_system.starting import Sentinel

MOST_ANSWERS = 2_000  # of one plugin to one question
MOST_LETTERS = 500_000  # of one ready piece of a page


class Catalogue(PluginManager):
    """pluggy's catalogue; whether a name of a module answers a hook it finds out at a fifth of the price."""

    def parse_hookimpl_opts(self, plugin: Any, name: str) -> Any:
        """None for what cannot answer one, such as everything that the module imported."""
        found = vars(plugin).get(name)
        if isinstance(found, FunctionType) and hookspecs.MARK in vars(found):
            return super().parse_hookimpl_opts(plugin, name)
        return None


class Registry:
    """The plugins of one app, and the parts of the core that answer hooks too."""

    def __init__(
        self,
        states: state.States,
        *,
        safe_mode: bool = False,
        sentinel: Sentinel | None = None,
        is_strict: bool = False,
    ) -> None:
        self.pluggy = Catalogue(hookspecs.PROJECT)
        self.pluggy.add_hookspecs(hookspecs)
        self.states = states
        self.safe_mode = safe_mode
        self.is_strict = is_strict  # as in tests: asking in the middle of writing is an error
        self.sentinel = sentinel or Sentinel(states.file.parent)
        self.notes = Notes()
        self.plugins: dict[str, Plugin] = {}
        self.with_pages: set[str] = set()
        self._pausing = threading.Lock()

    @property
    def running(self) -> dict[str, Plugin]:
        """The plugins that take part, by id."""
        return {key: one for key, one in self.plugins.items() if one.module is not None}

    def implementations(self, hook: str) -> list[HookImpl]:
        """Who answers a hook: the core's features first, then plugins in the order they were loaded."""
        return list(getattr(self.pluggy.hook, hook).get_hookimpls())

    def owner_of(self, endpoint: str | None) -> Plugin | None:
        """The plugin whose page this is, also one that was paused in this run."""
        name = (endpoint or "").partition(".")[0]
        return self.plugins.get(name) if name in self.with_pages else None

    def is_removed(self, endpoint: str | None) -> bool:
        """Whether a page belongs to a plugin that was removed in this run; Flask still knows it."""
        name = (endpoint or "").partition(".")[0]
        return name in self.with_pages and name not in self.plugins

    def pause(self, plugin: Plugin, reason: str, details: str = "") -> None:
        """Take a plugin that keeps failing out of this run and the next, visibly.

        :param reason: the hook that failed, after a word of `supervision` where it did something else than fail.
        :param details: what its maker should know.
        """
        with self._pausing:  # several pages may fail in the same moment
            if plugin.module is None:
                return
            self.pluggy.unregister(name=plugin.id)
            plugin.module = None
            plugin.status, plugin.reason, plugin.trace = PAUSED, reason, details
        log.error("plugin %s was paused: %s", plugin.id, reason)
        if plugin.is_linked:
            return
        try:
            self.states.set_wish(plugin.id, state.PAUSED, reason, details)
        except OSError:
            log.exception("that %s is paused could not be written down", plugin.id)


def registry(app: Flask | None = None) -> Registry:
    """The plugins of this app."""
    found: Registry = (app or this_app()).extensions["loyalapp.plugins"]
    return found


def health() -> tuple[tuple[bool, int], ...]:
    """Changes when a plugin fails or is paused: then nothing that was asked before is remembered any longer."""
    return tuple((one.module is not None, sum(one.failures.values())) for one in registry().plugins.values())


def ask(hook: str, use: Callable[[Any], Any] | None = None, **facts: Any) -> list[Any]:
    """Collect what the features and plugins answer, in one list; None and failures are left out.

    Whoever asks does so before writing: while plugins answer, the transaction of the moment only reads.

    :param use: what is made of each answer, still inside the isolation: an address that does not exist or a template
        that fails is the fault of the plugin that gave it, and costs only its own piece of the page.
    """
    plugins = registry()
    found: list[Any] = []
    with guests.asking(is_strict=plugins.is_strict):
        for one in plugins.implementations(hook):
            plugin = plugins.plugins.get(one.plugin_name)
            if plugin is None:
                found += _listed(hook, one.function(**{name: facts[name] for name in one.argnames}), use)
            else:
                found += _ask_plugin(plugins, plugin, hook, one, facts, use)
    return found


def _ask_plugin(
    plugins: Registry,
    plugin: Plugin,
    hook: str,
    implementation: HookImpl,
    facts: dict[str, Any],
    use: Callable[[Any], Any] | None,
) -> list[Any]:
    def do() -> list[Any]:
        return _listed(hook, implementation.function(**_own(implementation, facts)), use, plugin, facts)

    try:
        with guests.lent():
            return supervision.take(plugins, plugin, hook, budgets.of(hook), do)
    except Exception as error:  # noqa: BLE001 -- a plugin must not stop the app
        log.exception("plugin %s failed in %s", plugin.id, hook)
        supervision.count_failure(plugins, plugin, hook, error)
        return []


def tell(hook: str, **facts: Any) -> None:
    """Report what has happened, after the commit.

    The caller's session is closed first and each plugin gets an app context of its own, so that no commit, rollback
    or change of an object reaches anyone else.
    """
    plugins = registry()
    guests.check_is_done(db.session(), is_strict=plugins.is_strict)
    db.session.close()
    app = this_app()
    for one in plugins.implementations(hook):
        with app.app_context():
            plugin = plugins.plugins.get(one.plugin_name)
            if plugin is None:
                one.function(**{name: facts[name] for name in one.argnames})
            else:
                _tell_plugin(plugins, plugin, hook, one, facts)


def _tell_plugin(plugins: Registry, plugin: Plugin, hook: str, implementation: HookImpl, facts: dict[str, Any]) -> None:
    def do() -> None:
        implementation.function(**_own(implementation, facts))

    try:
        supervision.take(plugins, plugin, hook, budgets.of(hook), do)
    except Exception as error:  # noqa: BLE001 -- a plugin must not stop the app
        log.exception("plugin %s failed in %s", plugin.id, hook)
        with contextlib.suppress(SQLAlchemyError):  # its session may be what it broke; it is thrown away next
            db.session.rollback()
        supervision.count_failure(plugins, plugin, hook, error)


def _own(implementation: HookImpl, facts: dict[str, Any]) -> dict[str, Any]:
    """What one plugin wants to know, as values that it cannot change for others."""
    return {name: _frozen(facts[name]) for name in implementation.argnames}


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, set):
        return frozenset(value)
    return MappingProxyType(dict(value)) if isinstance(value, dict) else value


def _listed(
    hook: str,
    answer: Any,
    use: Callable[[Any], Any] | None,
    plugin: Plugin | None = None,
    facts: Mapping[str, Any] = MappingProxyType({}),
) -> list[Any]:
    """One answer, several or none as a list. Generators are run here, inside the isolation, not later in a template."""
    if answer is None:
        return []
    answers = _counted(hook, answer, facts) if plugin else _collected(answer)
    kind = _kind_of_answer(hook)
    for one in answers:
        if kind and not isinstance(one, kind):
            raise TypeError(f"{hook} answers with {kind.__name__}, not with {type(one).__name__}")
    if plugin:
        answers = [_of_its_own(plugin, one) for one in answers]
    return [_measured(use(one)) for one in answers] if use else answers


def _of_its_own(plugin: Plugin, answer: Any) -> Any:
    """What leads somewhere, or names a file, stays with the plugin itself."""
    if isinstance(answer, NavLink) and not answer.endpoint.startswith(f"{plugin.id}."):
        raise ValueError(f"a tab leads to a page of the plugin itself, not to {answer.endpoint}")
    return answer.of(plugin.id, plugin.folder) if isinstance(answer, CardDesign) else answer


def _collected(answer: Any) -> list[Any]:
    return list(answer) if isinstance(answer, (list, tuple, set)) or hasattr(answer, "__next__") else [answer]


def _counted(hook: str, answer: Any, facts: Mapping[str, Any]) -> list[Any]:
    """Not more than anybody could look at, or than was asked about; a generator may have no end."""
    most = max([MOST_ANSWERS, *(len(one) for one in facts.values() if isinstance(one, (list, tuple, set)))])
    if hasattr(answer, "__next__"):
        answer = list(islice(answer, most + 1))
    answers = _collected(answer)
    if len(answers) > most:
        raise ValueError(f"{hook} answers with at most {most} entries")
    return answers


def _measured(piece: Any) -> Any:
    """A piece of a page that no window could show is a fault."""
    for one in piece if isinstance(piece, tuple) else (piece,):
        if isinstance(one, str) and len(one) > MOST_LETTERS:
            raise ValueError(f"a piece of a page has at most {MOST_LETTERS} letters, not {len(one)}")
    return piece


@cache
def _kind_of_answer(hook: str) -> type | None:
    """What the catalogue of hooks says that one answer is; None where it says nothing."""
    kinds = get_args(getattr(hookspecs, hook).__annotations__["return"])
    return kinds[0] if kinds else None
