"""The program comes to its end whatever a plugin left running, and the next start finds everything in order."""

import signal

import pytest

from loyalapp.plugin_system.state import States
from tests.desktop.test_instance import Program, program  # noqa: F401 -- a fixture
from tests.desktop.test_restarts import Browser, desk  # noqa: F401 -- the same
from tests.plugin_system.conftest import let_in

pytestmark = pytest.mark.slow


def test_a_thread_that_a_plugin_left_running_does_not_keep_the_program_from_ending(desk: Program) -> None:  # noqa: F811 -- the fixture itself
    let_in(desk.data, "leaves_thread")
    for _turn in range(2):
        browser = Browser(*desk.start("serve", "--language", "en"))
        assert "It works" in browser.get("/plugins/leaves_thread/")
        running = desk.running[-1]
        running.send_signal(signal.SIGTERM)
        assert running.wait(40) == 0

    assert States.read(desk.data / "plugins" / "state.json").of("leaves_thread").wish == "on"
