"""The commands for makers of plugins, from nothing to a plugin that runs and passes its own test."""

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from loyalapp.cli import main
from loyalapp.core.logs import close_log
from loyalapp.core.paths import PACKAGE
from loyalapp.features.customers import service as customers
from loyalapp.plugin_system import loading, making, packing
from tests.plugins.arriving import arrived

NAMES = {"en": "Diary", "ur": "ڈائری", "hi": "डायरी"}


@pytest.fixture
def diary(tmp_path) -> Path:
    return making.make(tmp_path / "source", "diary", NAMES, "Meera Joshi")


def test_the_names_are_asked_for_until_they_can_be_used(run, tmp_path):
    told = run("new", "diary", "--in", tmp_path, answer='The "best"\nDiary\nڈائری\nडायरी\nMeera Joshi\n')

    assert told.exit_code == 0
    assert told.output.count("Name in English") == 2
    assert 'ur = "ڈائری"' in (tmp_path / "diary" / "plugin.toml").read_text("utf-8")
    again = run("new", "diary", "--in", tmp_path, "--name-en", "a", "--name-ur", "b", "--name-hi", "c", "--author", "d")
    assert again.exit_code == 1


def test_nothing_is_asked_where_all_is_given(run, tmp_path):
    names = ("--name-en", "Diary", "--name-ur", "ڈائری", "--name-hi", "डायरी", "--author", "Meera Joshi")

    assert run("new", "diary", "--in", tmp_path, *names).exit_code == 0
    bad = run("new", "customers", "--in", tmp_path, *names)
    assert (bad.exit_code, "is taken by LoyalApp itself" in bad.output) == (1, True)


def test_words_are_collected_and_what_is_empty_is_counted(run, diary):
    assert run("words", diary).exit_code == 0
    (diary / "more.py").write_text('"""More."""\n\nfrom .views import _\n\nRICE = _("Fresh rice")\n', "utf-8")

    told = run("words", diary)
    assert told.exit_code == 1
    assert told.output.count("1 to translate") == 2
    assert 'msgid "Fresh rice"' in (diary / "translations" / "hi" / "LC_MESSAGES" / "diary.po").read_text("utf-8")


def test_a_migration_is_written_once(run, diary):
    assert "agree already" in run("migration", diary).output

    loading._forget("diary")  # the command is a new process
    models = diary / "models.py"
    models.write_text(models.read_text("utf-8") + "    price: Mapped[int | None]\n", "utf-8")
    told = run("migration", diary, "add_price")
    assert told.exit_code == 0
    assert "price" in Path(told.output.strip()).read_text("utf-8")


@pytest.mark.slow
def test_what_is_new_is_checked_and_what_is_wrong_has_its_line(run, diary):
    told = run("check", diary)
    assert re.fullmatch(r"ok diary 1\.0\.0 [0-9A-F ]+\n", told.output)

    (diary / "service.py").write_text('"""Bad."""\nimport sqlite3\n', "utf-8")
    told = run("check", diary)
    assert told.exit_code == 1
    assert "service.py, line 2: sqlite3 may not be imported" in told.output


@pytest.mark.slow
def test_a_new_plugin_is_packed_installed_and_speaks_every_language(diary, data_dir, tmp_path):
    with arrived(data_dir, diary, tmp_path) as desk:
        with desk.app.app_context():
            customer = customers.add({"name": "Rukhsana Bibi"}).id
        desk.send(f"/plugins/diary/new/{customer}", what="Blue thread", due_on="1/1/2026")
        for language, name in NAMES.items():
            desk.speak(language)
            assert name in desk.read("/plugins/diary/")
            assert "Blue thread" in desk.read("/")
            for page in ("/plugins/diary/", f"/plugins/diary/new/{customer}"):
                assert desk.stray_english(page) == []


@pytest.mark.slow
def test_the_test_of_a_new_plugin_passes_and_can_fail(diary):
    def tested() -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        known = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
        return subprocess.run(words, cwd=diary, env=known, capture_output=True, text=True, check=False)

    assert "5 passed" in tested().stdout
    plugin = (diary / "plugin.py").read_text("utf-8")
    (diary / "plugin.py").write_text(plugin.replace("service.waiting(limit, day)", "service.wating(day)"), "utf-8")
    assert "a hook failed: today_entries" in tested().stdout
    (diary / "plugin.py").write_text("import nothing_at_all\n", "utf-8")
    assert "the plugin is failed: ModuleNotFoundError" in tested().stdout


@pytest.mark.slow
def test_a_run_uses_the_folder_and_leaves_nothing_linked(diary, tmp_path):
    place = tmp_path / "workshop"
    words = [sys.executable, "-B", "-m", "loyalapp", "plugin", "run", "diary", "--serve", "--data-dir", str(place)]
    known = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(words, cwd=diary.parent, env=known, stdout=subprocess.PIPE, text=True) as child:
        try:
            ready = next(line for line in child.stdout if line.startswith("Ready: "))
            address = ready.split()[1]
            opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            opener.open(address).read()
            house = address.split("/boot/")[0]
            assert "Diary" in opener.open(house + "/plugins/diary/").read().decode()
            shown = opener.open(house + "/plugins/").read().decode()
            assert "Under development" in shown
            assert str(diary) in shown
            assert "/plugins/installed/diary/off" not in shown
        finally:
            child.terminate()
            child.wait(30)
    assert not (place / "plugins" / "diary").exists()
    listed = CliRunner().invoke(main, ["plugin", "list", "--data-dir", str(place)], catch_exceptions=False)
    close_log()
    assert "reviews" in listed.output
    assert "diary" not in listed.output


def test_the_same_files_give_the_same_bytes_on_every_computer(diary, tmp_path):
    first = packing.pack(diary, tmp_path).read_bytes()
    for file in diary.rglob("*"):
        os.utime(file, (1, 1))
        file.chmod(0o700 if file.is_dir() else 0o400)
    before = os.umask(0o077)
    try:
        again = packing.pack(diary, tmp_path / "again.loyalplugin").read_bytes()
    finally:
        os.umask(before)

    assert again == first
