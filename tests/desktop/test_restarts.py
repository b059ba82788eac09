"""The real program: restarted without plugins and back, started again by itself where a plugin hangs, used beside."""

import http.cookiejar
import re
import signal
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from loyalapp.plugin_system import starting
from loyalapp.plugin_system.state import States
from tests.desktop.test_instance import Program, program  # noqa: F401 -- a fixture
from tests.plugin_system.parcels import folder, parcel

pytestmark = pytest.mark.slow


class Browser:
    """Somebody at the desk, let in by the launch link."""

    def __init__(self, address: str, link: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.get(link)

    def get(self, page: str) -> str:
        with self._opener.open(self.address + page, timeout=30) as answer:
            text: str = answer.read().decode()
        return text

    def post(self, page: str, **fields: str) -> str:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/plugins/"))
        assert token is not None
        sent = urllib.parse.urlencode({"csrf_token": token[1], **fields}).encode()
        with self._opener.open(self.address + page, sent, timeout=30) as answer:
            text: str = answer.read().decode()
        return text


@pytest.fixture
def desk(program: Program) -> Program:  # noqa: F811 -- the fixture itself
    """A firm is set up."""
    told = program.run("setup", "--firm", "Anmol Machinery", "--country", "PK", "--city", "Lahore")
    assert told.returncode == 0, told.stderr
    return program


def states(desk: Program) -> States:
    return States.read(desk.data / "plugins" / "state.json")


def test_restarted_without_plugins_and_with_them_again_by_one_click_each(desk: Program) -> None:
    browser = Browser(*desk.start("serve", "--language", "en"))
    assert "/plugins/greetings/" in browser.get("/")
    browser.post("/plugins/restart", safe_mode="1")

    again = Browser(*desk.ready(desk.running[0]))
    page = again.get("/customers/")
    assert "LoyalApp is open without plugins this time." in page
    assert "/plugins/greetings/" not in page
    assert again.address == browser.address, "on the same port, so that open pages find it again"
    again.post("/plugins/restart")

    page = Browser(*desk.ready(desk.running[0])).get("/customers/")
    assert "without plugins" not in page
    assert "/plugins/greetings/" in page


def test_leaving_safe_mode_leaves_what_the_command_line_had_wished(desk: Program) -> None:
    browser = Browser(*desk.start("serve", "--safe-mode"))
    assert "Leave safe mode and restart" in browser.get("/")
    browser.post("/plugins/restart")

    assert "Leave safe mode" not in Browser(*desk.ready(desk.running[0])).get("/")


def test_a_start_killed_twice_opens_without_plugins(desk: Program) -> None:
    for deaths in range(2):
        made = subprocess.Popen(desk.command("serve"), env=desk.surroundings, stdout=subprocess.DEVNULL)
        while starting.read(desk.data / "plugins") != (starting.CORE, deaths):
            assert made.poll() is None, "it came to an end before it was killed"
        made.send_signal(signal.SIGKILL)
        made.wait(20)

    assert "could not open twice in a row" in Browser(*desk.start("serve", "--language", "en")).get("/")


HANGS = '''"""Waits for ever, deaf to whatever is said to it."""

import time

while True:
    try:
        while True:
            time.sleep(0.05)
    except BaseException:
        pass
'''
IMPATIENT = (
    "import sys; from loyalapp.plugin_system import starting; starting.LONGEST_LOAD = 6.0; "
    "from loyalapp.cli import main; main(sys.argv[1:])"
)


def test_a_plugin_that_holds_up_the_start_is_left_out_and_the_program_starts_again_by_itself(desk: Program) -> None:
    place = folder(desk.data / "plugins", "deaf")
    (place / "plugin.py").write_text(HANGS, "utf-8")
    command = desk.command("serve", "--language", "en")
    command[command.index("-m") : command.index("-m") + 2] = ["-c", IMPATIENT]
    made = subprocess.Popen(
        command, env=desk.surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    desk.running.append(made)

    page = Browser(*desk.ready(made)).get("/")

    assert "stopped LoyalApp and was left out" in page
    assert "/plugins/greetings/" in page
    assert (states(desk).of("deaf").wish, states(desk).of("deaf").reason) == ("quarantined", "start")


def test_the_command_line_and_the_open_program_do_not_undo_each_others_wishes(desk: Program, tmp_path: Path) -> None:
    browser = Browser(*desk.start("serve", "--language", "en"))
    file = parcel(tmp_path)

    told = desk.run("plugin", "disable", "greetings")
    assert (told.returncode, told.stdout) == (0, "It changes with the next start of LoyalApp.\n")
    assert desk.run("plugin", "install", str(file), "--yes").returncode == 0
    assert desk.run("plugin", "enable", "stock").returncode == 0
    assert "Restart now" in browser.get("/plugins/"), "the open program sees what was wished"
    browser.post("/plugins/installed/issues/off")

    wishes = {one: states(desk).of(one).wish for one in ("greetings", "issues", "stock", "reviews")}
    assert wishes == {"greetings": "off", "issues": "off", "stock": "on", "reviews": "on"}

    told = desk.run("plugin", "remove", "stock")
    assert told.returncode == 1
    assert "LoyalApp is open and may be using this plugin." in told.stderr
    assert (desk.data / "plugins" / "stock").is_dir()
    told = desk.run("plugin", "enable", "nobody")
    assert (told.returncode, "There is no plugin called" in told.stderr) == (1, True)

    browser.post("/plugins/restart")
    page = Browser(*desk.ready(desk.running[0])).get("/plugins/")
    assert "Stock reminder" in page
    assert "Restart now" not in page


def test_an_update_from_the_command_line_waits_for_the_next_start_of_the_open_program(
    desk: Program, tmp_path: Path
) -> None:
    assert desk.run("plugin", "install", str(parcel(tmp_path / "one")), "--yes").returncode == 0
    assert desk.run("plugin", "enable", "stock").returncode == 0
    browser = Browser(*desk.start("serve"))
    browser.post("/plugins/installed/stock/off")

    assert desk.run("plugin", "install", str(parcel(tmp_path / "two", version="1.1.0")), "--yes").returncode == 0
    assert desk.run("plugin", "list").returncode == 0
    assert browser.get("/plugins/stock/") == "hello of 1.0.0"
    assert 'version = "1.0.0"' in (desk.data / "plugins" / "stock" / "plugin.toml").read_text("utf-8"), "it runs yet"

    browser.post("/plugins/installed/stock/on")
    browser.post("/plugins/restart")
    assert Browser(*desk.ready(desk.running[0])).get("/plugins/stock/") == "hello of 1.1.0"
