"""The door: attacks 1 to 16 of the list in shared performance-and-safety.md, over every address of the app.

The neighbour on another port (6) is tried once more with a real browser: tests/browser/test_neighbour.py.
"""

import re

import pytest

from loyalapp.web.door import MOST_LINKS, launch_path
from tests import walk
from tests.walk import token_of

FOREIGN_HOSTS = (
    "evil.example",
    "127.0.0.1.evil.example",
    "[::1]:80",
    "127.0.0.1.",
    "localhost.",
    "127.0.0.2",
    "127.0.0.1@evil.example",
)
LINK = "/boot/not-a-launch-link"
SECRETS = ("Walk Example", "Anmol Machinery", "1234567")


def every(app, method="GET") -> list[str]:
    """Every address, and some that are none."""
    return [
        *(url for _rule, url in walk.addresses(app, method)),
        "/nothing",
        "/static/nothing.css",
        "/plugins/nothing/",
    ]


def leaks(answer) -> bool:
    """Whether a refusal says anything about the app or hands out a cookie."""
    return (
        len(answer.data) > 3
        or "Set-Cookie" in answer.headers
        or any(one in answer.get_data(as_text=True) for one in SECRETS)
    )


# ---- 1, 2: names of hosts ----


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_foreign_host_is_refused_on_every_address(full, inside, host):
    answers = {url: inside.get(url, headers={"Host": host}, buffered=True) for url in every(full)}

    assert {
        url: one.status_code for url, one in answers.items() if one.status_code not in (400, 403) or leaks(one)
    } == {}


def test_no_host_at_all_is_refused(inside):
    answer = inside.get("/", environ_overrides={"HTTP_HOST": ""})

    assert answer.status_code == 400
    assert not leaks(answer)


def test_only_the_own_port_is_right_once_it_is_known(full, inside, monkeypatch):
    monkeypatch.setitem(full.config, "DOOR_PORT", 4711)
    given = {
        host: inside.get("/healthz", headers={"Host": host}).status_code
        for host in ("127.0.0.1:4711", "localhost:4711")
    }
    refused = [
        inside.get("/healthz", headers={"Host": host}).status_code
        for host in ("127.0.0.1:80", "127.0.0.1", "localhost:47110")
    ]

    # The cookie was given to "localhost"; to the test client 127.0.0.1 is another site.
    assert given["localhost:4711"] == 200
    assert refused == [400, 400, 400]


def test_forwarded_headers_have_no_effect(inside):
    headers = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-For": "8.8.8.8",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Port": "1",
    }
    answer = inside.get("/", headers=headers)

    assert answer.status_code == 200
    assert "evil.example" not in answer.get_data(as_text=True)


# ---- 3, 4: keys ----


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"])
def test_without_the_cookie_nothing_is_answered(full, method):
    stranger = full.test_client()
    before = walk.database_hash(full)
    answers = {
        url: stranger.open(url, method=method, buffered=True)
        for url in every(full, "POST" if method == "POST" else "GET")
    }

    if method == "OPTIONS":
        assert answers.pop(LINK).data == b"", "which methods a launch link takes is no secret"
    assert {url: one.status_code for url, one in answers.items() if one.status_code != 403 or leaks(one)} == {}
    assert walk.database_hash(full) == before


def test_session_of_an_earlier_run_opens_nothing(full, inside):
    """The session cookie outlives a run (the language is in it), the door's cookie must not be replaced by it."""
    inside.get("/customers/new")
    inside.delete_cookie(full.extensions["loyalapp.door"].cookie)

    for url in every(full, "POST"):
        answer = inside.post(url)
        assert answer.status_code in (400, 403)
        assert not leaks(answer), url


@pytest.mark.parametrize("value", ["", "x", "é" * 20, "0" * 43])
def test_wrong_cookie_opens_nothing(full, value):
    stranger = full.test_client()
    stranger.set_cookie(full.extensions["loyalapp.door"].cookie, value)

    assert stranger.get("/").status_code == 403


def test_launch_link_works_once_and_leaves_no_trace(app, data_dir, caplog):
    link = launch_path(app)
    browser = app.test_client()

    first = browser.get(link)
    second = app.test_client().get(link)

    assert (first.status_code, second.status_code) == (200, 403)
    assert len(link.removeprefix("/boot/")) >= 43, "256 bits"
    secret = link.removeprefix("/boot/")
    assert secret not in first.get_data(as_text=True) + str(first.headers) + caplog.text
    assert all(secret.encode() not in file.read_bytes() for file in data_dir.rglob("*") if file.is_file())


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(app):
    browser = app.test_client()
    given = [
        *browser.get(launch_path(app)).headers.getlist("Set-Cookie"),
        *browser.get("/customers/new").headers.getlist("Set-Cookie"),
    ]

    assert len(given) == 2
    for cookie in given:
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; ")), cookie
        assert re.match(r"loyalapp_(session_)?[0-9a-f]{8}=", cookie), "the name holds the installation's id"


def test_unused_links_do_not_pile_up(app):
    links = [launch_path(app) for _ in range(MOST_LINKS + 5)]

    assert len(app.extensions["loyalapp.door"].links) <= MOST_LINKS + 1
    assert app.test_client().get(links[0]).status_code == 403
    assert app.test_client().get(links[-1]).status_code == 200


# ---- 5, 6, 8, 9, 10: other sites ----

STRANGERS = (
    {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:9999", "Sec-Fetch-Site": "same-site"},
    {"Origin": "http://localhost:9999"},
    {"Origin": "https://localhost"},
    {"Sec-Fetch-Site": "cross-site"},
)


@pytest.mark.parametrize("headers", STRANGERS, ids=str)
def test_post_from_another_site_changes_nothing(full, inside, headers):
    token = {"csrf_token": token_of(inside)}
    before = walk.database_hash(full)
    for url in every(full, "POST")[:-3]:
        for content_type in ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain"):
            data = token if content_type != "text/plain" else f"csrf_token={token['csrf_token']}"
            answer = inside.post(url, headers=headers, data=data, content_type=content_type)
            assert answer.status_code == 403, url

    assert walk.database_hash(full) == before


def test_post_without_a_token_changes_nothing(full, inside):
    inside.get("/customers/new")
    before = walk.database_hash(full)
    for url in every(full, "POST")[:-3]:
        for token in ({}, {"csrf_token": "wrong"}):
            answer = inside.post(url, data={"name": "Planted", **token})
            assert answer.status_code == 400, url

    assert walk.database_hash(full) == before


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}], ids=str)
def test_other_sites_cannot_embed_anything(full, inside, headers):
    for url in every(full):
        if not url.startswith("/boot"):
            answer = inside.get(url, headers=headers, buffered=True)
            assert answer.status_code == 403, url
            assert not leaks(answer)


def test_no_other_origin_is_ever_allowed(full, inside):
    for url in every(full):
        for method, extra in (("GET", {}), ("OPTIONS", {"Access-Control-Request-Method": "POST"})):
            answer = inside.open(url, method=method, headers={"Origin": "http://evil.example", **extra}, buffered=True)
            assert [name for name in answer.headers.keys() if name.lower().startswith("access-control")] == [], url  # noqa: SIM118 -- not a dict
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
