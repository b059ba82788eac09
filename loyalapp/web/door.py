"""The local server is a door: who may knock, who gets in, and what leaves (design §6).

A one-time launch link is traded for an HttpOnly, SameSite=Strict cookie; everything else without it is refused.
Foreign `Host`, foreign `Origin` and cross-site `Sec-Fetch-Site` are refused. Cookies ignore the port, and so does
"same-site": hence the exact origin, and a cookie name with the installation's own id.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, flash, g, render_template, request

from loyalapp.web.peer import is_stranger

LOOPBACK = frozenset({"127.0.0.1", "localhost"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_LINKS = 20
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass
class Door:
    """The keys of this run: unused launch links, and the one cookie value that opens the door."""

    cookie: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    links: list[str] = field(default_factory=list)
    said: str | None = None  # a note for whoever comes in first


def install(app: Flask, secret: bytes) -> None:
    """Put the door in front of every page, of plugins too."""
    name = hashlib.sha256(b"cookie" + secret).hexdigest()[:8]
    app.extensions["loyalapp.door"] = Door(cookie=f"loyalapp_{name}")
    app.config.update(
        SESSION_COOKIE_NAME=f"loyalapp_session_{name}",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
    )
    app.before_request(_check)
    app.after_request(_seal)
    app.add_url_rule("/boot/<link>", "boot", _boot)


def _door() -> Door:
    found: Door = current_app.extensions["loyalapp.door"]
    return found


def launch_path(app: Flask) -> str:
    """A fresh one-time path that lets one window or browser in."""
    door: Door = app.extensions["loyalapp.door"]
    link = secrets.token_urlsafe(32)
    door.links = [*door.links[-MOST_LINKS:], link]
    return f"/boot/{link}"


def say_at_first(app: Flask, sentence: str) -> None:
    """A note at the head of the first page."""
    app.extensions["loyalapp.door"].said = sentence


def _check() -> None:
    _check_host()
    if request.endpoint == "boot":
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        abort(403)
    if request.method not in SAFE_METHODS:
        _check_origin()
    if not current_app.config["DOOR_OPEN"] and not _has_key():
        abort(403)
    g.inside = True


def _check_host() -> None:
    host, _, port = request.environ.get("HTTP_HOST", "").partition(":")
    known = current_app.config.get("DOOR_PORT")
    if host not in LOOPBACK or (known and port != str(known)):
        abort(400)


def _check_origin() -> None:
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin)[:2] != ("http", request.environ["HTTP_HOST"]):
        abort(403)


def _has_key() -> bool:
    door = _door()
    return hmac.compare_digest(request.cookies.get(door.cookie, "").encode(), door.token.encode())


def _boot(link: str) -> Response:
    """Trade the link for the cookie, on a page that moves on by itself: a Strict cookie would not follow a redirect."""
    door = _door()
    known = [one for one in door.links if hmac.compare_digest(one.encode(), link.encode())]
    if not known or is_stranger(request.environ):
        abort(403)
    door.links.remove(known[0])
    if door.said:
        flash({"text": door.said, "undo": None})  # type: ignore[arg-type]  # -- the session keeps plain values
        door.said = None
    answer = Response(render_template("boot.html", then=_own_page(request.args.get("then", "/"))))
    answer.set_cookie(door.cookie, door.token, httponly=True, samesite="Strict")
    return answer


def _own_page(wanted: str) -> str:
    """The page to go on to: one of ours, or the first."""
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if is_ours else "/"


def _seal(answer: Response) -> Response:
    answer.headers.update(HEADERS)
    if request.endpoint != "static":
        answer.headers["Cache-Control"] = "no-store"
    return answer
