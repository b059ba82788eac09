"""What finds the page of an address is put together by a short way, which leads where the long one does."""

from itertools import product

import pytest
from flask import Flask, Request
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect
from werkzeug.test import EnvironBuilder

from loyalapp.web.addresses import HOSTS, House

PATHS = ("/a/1/", "/a/1", "/نام", "/", "/a//b", "/a/1/?x=%D9%86")


@pytest.fixture
def house():
    made = House("made")
    made.add_url_rule("/a/<int:number>/", "a", str)
    return made


def asked(host: str, path: str, root: str = "") -> Request:
    surroundings = EnvironBuilder(path=path).get_environ()
    return Request({**surroundings, "HTTP_HOST": host, "SCRIPT_NAME": root})


def found(adapter):
    try:
        return adapter.match()
    except RequestRedirect as leading:
        return leading.new_url
    except NotFound as error:
        return type(error)


@pytest.mark.parametrize(
    ("host", "path", "root"), list(product(("localhost:80", "127.0.0.1:5123", "LocalHost"), PATHS, ("", "/root")))
)
def test_the_short_way_leads_where_the_long_one_does(house, host, path, root):
    long, short = asked(host, path, root), asked(host, path, root)
    by_the_long = Flask.create_url_adapter(house, long)
    house.create_url_adapter(asked(host, path, root))

    by_the_short = house.create_url_adapter(short)

    assert list(house._hosts) == [host]
    assert found(by_the_short) == found(by_the_long)
    assert (by_the_short.query_args, short.host) == (by_the_long.query_args, long.host)


def test_only_a_few_hosts_are_remembered(house):
    for number in range(3 * HOSTS):
        assert house.create_url_adapter(asked(f"host-{number}", "/a/1/")).match() == ("a", {"number": 1})

    assert len(house._hosts) == HOSTS


def test_outside_a_page_there_is_none(house):
    assert house.create_url_adapter(None) is None
