"""The pages of a plugin: under `/plugins/<id>/`, behind the door, ended where they hang, reaching nobody else's pages.

A plugin's blueprint is first registered on an empty app, which shows what it would do to ours; what reaches beyond its
own pages is refused with the reason.
"""

import sys
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, g
from werkzeug.exceptions import HTTPException

from loyalapp.core.errors import LoyalAppError
from loyalapp.core.logs import log
from loyalapp.core.paths import PACKAGE
from loyalapp.plugin_system import budgets, supervision
from loyalapp.plugin_system.calls import Registry
from loyalapp.plugin_system.checking import BadPlugin
from loyalapp.plugin_system.discovery import Plugin

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
LARGEST_PAGE = 10_000_000  # bytes of one page
INSTEAD = {
    "before_app_request": "before_request",
    "after_app_request": "after_request",
    "teardown_app_request": "teardown_request",
    "app_errorhandler": "errorhandler",
    "app_context_processor": "context_processor",
    "app_url_defaults": "url_defaults",
    "app_url_value_preprocessor": "the arguments of the page",
    "url_value_preprocessor": "the arguments of the page",
}
FILTERS = [f"{how}app_template_{what}" for how in ("", "add_") for what in ("filter", "test", "global")]
# Of a Flask app: what is done for every page, by the name of a blueprint or None for all.
FOR_EVERYBODY = ("before_request_funcs", "after_request_funcs", "teardown_request_funcs", "url_default_functions")


class Pages(Blueprint):
    """What `sdk.blueprint(id)` and `sdk.late_pages(id, …)` answer. `waiting`: modules that are loaded when needed."""

    waiting: tuple[str, ...] = ()

    def record(self, func: Callable[..., None]) -> None:
        _only_by_flask("record")
        super().record(func)

    def record_once(self, func: Callable[..., None]) -> None:
        _only_by_flask("record_once")
        super().record_once(func)


def _only_by_flask(name: str) -> None:
    """What is recorded gets the app in its hands."""
    if sys._getframe(2).f_globals.get("__name__", "").partition(".")[0] != "flask":  # noqa: SLF001 -- who calls is what matters
        raise BadPlugin(f"{name}() is not for plugins: they do not get the app")


def _refusing(name: str, instead: str) -> Callable[..., Any]:
    def refuse(*_words: Any, **_options: Any) -> Any:
        raise BadPlugin(f"{name} would reach pages of others; use {instead}")

    return refuse


for _name, _instead in {**INSTEAD, **dict.fromkeys(FILTERS, "values given to sdk.render")}.items():
    setattr(Pages, _name, _refusing(_name, _instead))


def add(app: Flask, plugins: Registry, plugin: Plugin, pages: Any) -> None:
    """Put the plugin's pages into the app, each of its functions under supervision.

    :raises BadPlugin: if it reaches beyond its own pages.
    """
    if not isinstance(pages, Pages) or pages.name != plugin.id:
        raise BadPlugin("pages() must answer with sdk.blueprint(id) or sdk.late_pages(id, …)")
    if pages.deferred_functions or pages._blueprints:  # noqa: SLF001 -- one without pages needs no look
        _check_on_an_empty_app(app, plugin.id, pages)
    pages.template_folder = str(plugin.folder / "templates")
    app.register_blueprint(pages, url_prefix=f"/plugins/{plugin.id}")
    plugins.with_pages.add(plugin.id)
    _supervise(app, plugins, plugin)


# ---- before ----


def _check_on_an_empty_app(app: Flask, plugin_id: str, pages: Pages) -> None:
    empty = Flask(plugin_id, static_folder=None, root_path=str(PACKAGE), instance_path=str(PACKAGE))
    empty.url_rule_class = app.url_rule_class  # ours builds no address before one is needed
    empty.url_map.converters = dict(app.url_map.converters)
    converters = set(empty.url_map.converters)
    empty.register_blueprint(pages, url_prefix=f"/plugins/{plugin_id}")
    if reached := _reached(empty) or (set(empty.url_map.converters) - converters and "converters of addresses"):
        raise BadPlugin(f"it reaches pages of others: {reached}")
    for rule in empty.url_map.iter_rules():
        _check_rule(plugin_id, rule)


def _reached(empty: Flask) -> str:
    """What of it does not belong to its own pages; empty if all does."""
    found = [name for name in FOR_EVERYBODY if None in getattr(empty, name)]
    found += ["url_value_preprocessors"] if empty.url_value_preprocessors else []
    found += ["errorhandlers"] if any(empty.error_handler_spec.get(None, {}).values()) else []
    found += ["context processors"] if len(empty.template_context_processors[None]) > 1 else []
    found += ["filters of templates"] if "jinja_env" in vars(empty) else []
    found += ["extensions"] if empty.extensions else []
    found += ["teardown of the app"] if empty.teardown_appcontext_funcs else []
    return ", ".join(found)


def _check_rule(plugin_id: str, rule: Any) -> None:
    home = f"/plugins/{plugin_id}/"
    if not f"{rule.rule}/".startswith(home) or ".." in rule.rule.split("/"):
        raise BadPlugin(f"the page {rule.rule} lies outside of {home}")
    if rule.subdomain or rule.host or rule.websocket:
        raise BadPlugin(f"the page {rule.rule} may not ask for a host or a websocket")
    if rule.redirect_to is not None or rule.alias:
        raise BadPlugin(f"the page {rule.rule} may not be only a way to another one")
    if strange := (rule.methods or set()) - METHODS:
        raise BadPlugin(f"the page {rule.rule} has a method that is not protected: {min(strange)}")


# ---- afterwards ----


def _supervise(app: Flask, plugins: Registry, plugin: Plugin) -> None:
    """Wrap everything that Flask calls for its pages. A refusal at the door is none of its business."""
    begin = f"{plugin.id}."  # also of blueprints inside its own
    for endpoint in [one for one in app.view_functions if one.startswith(begin)]:
        app.view_functions[endpoint] = _page(app, plugins, plugin, endpoint)
    for name in [plugin.id, *[one for one in app.blueprints if one.startswith(begin)]]:
        before, after = app.before_request_funcs, app.after_request_funcs
        before[name] = [_step(plugins, plugin, app.ensure_sync(one)) for one in before.get(name, [])]
        after[name] = [_after(plugins, plugin, app.ensure_sync(one)) for one in after.get(name, [])]
        teardown = app.teardown_request_funcs
        teardown[name] = [_after(plugins, plugin, app.ensure_sync(one)) for one in teardown.get(name, [])]
        processors = app.template_context_processors
        processors[name] = [_words_of_page(one) for one in processors.get(name, [])]
        for handlers in app.error_handler_spec.get(name, {}).values():
            for kind, handler in handlers.items():
                handlers[kind] = _handler(app, app.ensure_sync(handler), kind)


def _page(app: Flask, plugins: Registry, plugin: Plugin, endpoint: str) -> Callable[..., Any]:
    view = app.view_functions[endpoint]  # perhaps one that waits: asked for nothing before its page is

    def page(**values: Any) -> Any:
        return _taken(plugins, plugin, endpoint, lambda: _whole(app, app.ensure_sync(view)(**values)))

    page.__dict__.update(getattr(view, "__dict__", {}))  # what is written on it, such as `sdk.private_page`
    return page


def _taken(plugins: Registry, plugin: Plugin, endpoint: str, do: Callable[[], Any]) -> Any:
    what = f"{supervision.PAGE} {endpoint}"
    return supervision.take(plugins, plugin, what, budgets.PAGE, do, allowed=(LoyalAppError, HTTPException))


def _whole(app: Flask, answer: Any) -> Any:
    """The whole answer, made here and not while it is sent; one that no window could show is a fault."""
    whole = app.make_response(answer)
    if whole.is_streamed and not whole.direct_passthrough:
        whole.make_sequence()
    size = whole.calculate_content_length() if (whole.mimetype or "").startswith("text/") else None
    if size and size > LARGEST_PAGE:
        raise ValueError(f"a page has at most {LARGEST_PAGE} bytes, not {size}")
    return whole


def _step(plugins: Registry, plugin: Plugin, do: Callable[..., Any]) -> Callable[..., Any]:
    def step(*values: Any) -> Any:
        return _taken(plugins, plugin, f"{plugin.id}.{getattr(do, '__name__', 'step')}", lambda: do(*values))

    return step


def _after(plugins: Registry, plugin: Plugin, do: Callable[..., Any]) -> Callable[..., Any]:
    """What comes after a page changes its answer or leaves it; nothing of it reaches one who was not let in."""
    step = _step(plugins, plugin, do)

    def after(answer: Any) -> Any:
        if not g.get("inside"):
            return answer
        try:
            return step(answer)
        except Exception as error:  # noqa: BLE001 -- the answer that is there already is better than none
            log.exception("plugin %s failed after a page", plugin.id)
            supervision.count_failure(plugins, plugin, f"{supervision.PAGE} {plugin.id}", error)
            return answer

    return after


def _words_of_page(do: Callable[..., Any]) -> Callable[..., Any]:
    """What its templates know besides; the page that says sorry does without."""
    return lambda: {} if g.get("sorry") else do()


def _handler(app: Flask, do: Callable[..., Any], kind: type[Exception]) -> Callable[..., Any]:
    """Its own words for an error of its own pages; who stands before the door hears ours."""

    def handle(error: Any) -> Any:
        if g.get("inside"):
            return do(error)
        of_all = app.error_handler_spec[None][None]
        return next(of_all[one] for one in kind.__mro__ if one in of_all)(error)

    return handle
