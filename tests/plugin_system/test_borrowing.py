"""What a plugin may import is read from its files, each fault with its file and line; nothing of it runs."""

import pytest

from loyalapp import sdk
from loyalapp.plugin_system import borrowing
from tests.plugin_system.parcels import folder


def said(place, code: str, access=()) -> list[str]:
    (place / "plugin.py").write_text(f'"""A plugin."""\n\n{code}\n', "utf-8")
    return [str(one) for one in borrowing.faults(place, place.name, set(access))]


@pytest.fixture
def place(tmp_path):
    return folder(tmp_path)


@pytest.mark.parametrize(
    "code",
    [
        "from loyalapp import sdk\nsdk.log.info('x')",
        "from loyalapp.sdk import customers, hookimpl",
        "import loyalapp.sdk as sdk",
        "import json, re, datetime",
        "from __future__ import annotations",
        "from urllib.parse import quote",
        "from plugins.stock import models",
        "from . import models\nfrom .vendor.anything import Whatever",
        *(f"import {one}" for one in sorted(borrowing.LIBRARIES)),
    ],
)
def test_allowed(place, code):
    assert said(place, code) == []


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("from loyalapp.core.db import db", "of LoyalApp a plugin imports loyalapp.sdk alone"),
        ("import loyalapp", "of LoyalApp a plugin imports loyalapp.sdk alone"),
        ("from loyalapp import __version__", "of LoyalApp a plugin imports loyalapp.sdk alone"),
        ("from plugins.reviews import service", "plugins do not import each other"),
        ("def f():\n    import sqlite3", "sqlite3 may not be imported"),
        ("import os.path, subprocess", "subprocess may not be imported"),
        ("from ctypes.util import find_library", "ctypes may not be imported"),
        ("import _thread", "_thread is not shipped"),
        ("import requests", "requests is not shipped with LoyalApp; put it into the folder vendor/"),
        ("import pytest", "pytest is not shipped"),
        ("from urllib import request", "plugin.toml does not say so under [access.network]"),
        ("import http.client", "plugin.toml does not say so under [access.network]"),
        ("from loyalapp.sdk import Path", "loyalapp.sdk has no Path"),
        ("from loyalapp import sdk\nsdk.custmers.get(1)", "loyalapp.sdk has no custmers"),
        ("x = (", "SyntaxError"),
    ],
)
def test_refused(place, code, what):
    (fault,) = said(place, code)

    line = 4 if "\n" in code else 3
    assert fault.startswith(f"plugin.py, line {line}: ")
    assert what in fault


def test_the_network_is_allowed_where_it_is_said(place):
    assert said(place, "import smtplib\nfrom urllib.request import urlopen", access={"network"}) == []


def test_what_a_library_can_do_without_is_allowed(place):
    (place / "vendor" / "small").mkdir(parents=True)
    (place / "vendor" / "small" / "__init__.py").write_text(
        '"""A library."""\ntry:\n    import simplejson\nexcept ImportError:\n    import json\n', "utf-8"
    )
    assert said(place, "from .vendor import small") == []

    (place / "vendor" / "small" / "inner.py").write_text("try:\n    import sqlite3\nexcept ImportError:\n    pass\n")
    (fault,) = said(place, "from .vendor import small")
    assert fault.startswith("vendor/small/inner.py, line 2: sqlite3")


def test_tests_may_import_what_they_like(place):
    (place / "tests").mkdir()
    (place / "tests" / "test_it.py").write_text("import pytest, loyalapp.testing", "utf-8")

    assert said(place, "import json") == []


def test_what_is_shipped_is_there():
    for name in sorted(borrowing.LIBRARIES):
        __import__(name)


def test_a_name_on_its_way_out_still_works_and_is_said(place, monkeypatch, caplog):
    monkeypatch.setitem(sdk.LEAVING, "clients", ("customers", "2.0"))

    assert said(place, "from loyalapp import sdk\nsdk.clients") == []
    with caplog.at_level("WARNING", "loyalapp"):
        assert sdk.clients is sdk.customers
        assert sdk.clients is sdk.customers
    first = caplog.messages[0]
    assert "test_borrowing.py, line " in first
    assert "sdk.clients is gone in API 2.0; use sdk.customers" in first
    with pytest.raises(AttributeError, match=r"loyalapp\.sdk has no nothing"):
        sdk.nothing  # noqa: B018 -- asking for it is the test
