"""Whose a connection is: asked of the system in two ways, which say the same."""

import os
import socket
import sys
from contextlib import ExitStack

import pytest

from loyalapp.web import peer

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux says whose a connection is")


@pytest.fixture(params=["asked", "looked up"])
def owners(request):
    return peer._asked if request.param == "asked" else peer._looked_up


@pytest.mark.parametrize("host", ["127.0.0.1", "::ffff:127.0.0.1"])
def test_an_open_connection_has_its_owner_and_a_closed_one_none(owners, host):
    with ExitStack() as opened:
        listening = opened.enter_context(socket.create_server(("127.0.0.1", 0)))
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        link = opened.enter_context(socket.socket(family))
        link.connect((host, listening.getsockname()[1]))
        ours, theirs = listening.accept()
        opened.enter_context(ours)

        assert owners(theirs, ours.getsockname()) == {os.getuid()}
        assert not peer.is_strangers(theirs, ours.getsockname())
        link.close()  # nobody says any more whose it was
        assert owners(theirs, ours.getsockname()) == set()
        assert peer.is_strangers(theirs, ours.getsockname())


def test_who_only_listens_there_and_who_has_the_same_number_elsewhere_is_not_meant(owners):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        place = listening.getsockname()
        assert owners(place, ("127.0.0.1", 9)) == set()
        with socket.create_connection(place) as link:
            mine = link.getsockname()
            assert owners(("127.0.0.2", mine[1]), place) == set()


def test_another_users_connection_is_a_strangers(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.create_connection(listening.getsockname()) as link:
        ends, told = (link.getsockname(), listening.getsockname()), {}
        monkeypatch.setattr(peer, "_asked", lambda *asked: told.get(asked, {os.getuid()}))
        for user, is_strangers in ((os.getuid(), False), (peer.SYSTEM, False), (65534, True)):
            told[ends] = {user}
            assert peer.is_strangers(*ends) is is_strangers


def test_a_system_that_answers_no_questions_has_its_table(monkeypatch):
    def silent(*_ends):
        raise OSError("no such questions here")

    monkeypatch.setattr(peer, "_asked", silent)
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.create_connection(listening.getsockname()) as link:
        assert not peer.is_strangers(link.getsockname(), listening.getsockname())
        monkeypatch.setattr(peer, "TABLES", ("/nowhere",))
        assert not peer.is_strangers(("127.0.0.1", 1), listening.getsockname()), "where nothing is told, nobody is"


@pytest.mark.parametrize("said", [set(), {65534}])
def test_a_system_that_does_not_even_know_our_own_connections_keeps_nobody_out(monkeypatch, said):
    monkeypatch.setattr(peer, "_asked", lambda *_ends: said)
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.create_connection(listening.getsockname()) as link:
        assert not peer.is_strangers(link.getsockname(), listening.getsockname())
