"""The house that stands: what would be lost if it were closed now, and what a restart waits for."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalapp.core import at_work
from loyalapp.core.config import Config
from loyalapp.desktop import house as house_module
from loyalapp.desktop.house import FAILED, House
from loyalapp.desktop.words import sentence
from loyalapp.features.imports import jobs
from loyalapp.plugin_system import starting
from tests.conftest import close
from tests.desktop.test_server import Page, asked, ended
from tests.postgres import free_port

LANGUAGES = ("ur", "hi", "en")


@pytest.fixture
def house(data_dir: Path) -> Iterator[House]:
    made = House(Config(data_dir, testing=True), "ur")
    made.decide(safe_mode=True)
    assert made.stands(60), made.fault
    yield made
    made._server.stop()
    close(made._app)


def test_a_list_on_its_way_in_is_asked_about_and_a_restart_waits_for_it(house, monkeypatch):
    gate, looked, restarted = threading.Event(), threading.Semaphore(0), threading.Event()
    monkeypatch.setattr(jobs.Job, "did", lambda _job, _done: gate.wait(60))
    monkeypatch.setattr(house_module, "LOOKS_APART", 0.01)
    assert house.losing("ur") is None
    with house._app.app_context():
        job = jobs.begin_with_text("Name,Mobile\nAmina,0300 1234567\n")

    said = [house.losing(one) for one in LANGUAGES]
    assert [one and one.split()[0] for one in said] == ["ایک", "एक", "A"]
    at_work.tell(house._app, "imports", lambda: looked.release() or said[0] if job.is_busy else None)
    house.when_restart_wanted(restarted.set)
    house._app.extensions["loyalapp"].restart_wanted.set()
    assert [looked.acquire(timeout=60) for _twice in range(2)] == [True, True]
    assert not restarted.is_set()
    gate.set()
    assert restarted.wait(60)
    assert job.state == jobs.READY


@pytest.mark.parametrize(("state", "is_asked"), [(jobs.BRINGING, True), (jobs.LEAVING, False), (jobs.READY, False)])
def test_what_comes_back_or_goes_on_by_itself_is_not_asked_about(house, state, is_asked):
    with house._app.app_context():
        job = jobs.begin_with_text("Name,Mobile\nAmina,0300 1234567\n")
        job.wait(60)
    job.state = state

    assert bool(house.losing("en")) is is_asked


def test_a_deed_that_takes_its_time_is_asked_about(house, monkeypatch):
    page = Page()
    monkeypatch.setattr(house._server._turns, "_app", page)
    monkeypatch.setattr(house_module, "LONG", 600.0)
    threads = asked(house._server._turns, 1, "POST")
    page.begun.acquire(timeout=60)
    quick = house.losing("en")
    monkeypatch.setattr(house_module, "LONG", 0.0)
    said = [house.losing(one) for one in LANGUAGES]

    assert ended(page, threads)
    assert quick is None, "one that is over at once keeps nobody from closing"
    assert [one and "LoyalApp" in one for one in said] == [True, True, True]
    assert house.losing("en") is None


def test_a_database_that_does_not_answer_is_said_and_is_no_death_of_the_program(tmp_path):
    nowhere = f"postgresql+psycopg://x@127.0.0.1:{free_port()}/x"
    for _turn in range(3):
        house = House(Config(tmp_path / "data", database_url=nowhere, is_seated=True), "ur")
        house.decide(safe_mode=False)

        assert not house.stands(60)
        assert (house.fault, house.code) == (sentence("no_database", "ur"), FAILED)
        house.tear_down()
    assert starting.read(tmp_path / "data" / "plugins")[1] == 0
