"""What lists that were stopped or cut off leave behind goes at the next start, and what takes long goes on after it."""

import os
import threading
import time

import pytest

from loyalapp.core import clock
from loyalapp.features.imports import cut_off, leaving, service, undo_jobs, writing
from loyalapp.plugin_system.calls import ask
from tests.conftest import close, open_app
from tests.features.imports.deeds import whole_data
from tests.features.imports.test_undo_portions import two_lists


def test_a_start_clears_old_files_away_and_leaves_young_ones(data_dir):
    work = data_dir / "work"
    work.mkdir(parents=True, exist_ok=True)
    old, young, other = work / "import-abc", work / "list-def", work / "something-else"
    for file in (old, young, other):
        file.write_text("name,phone\n", "utf-8")
    long_ago = time.time() - cut_off.OLD - 60
    for file in (old, other):
        os.utime(file, (long_ago, long_ago))
    open_app(data_dir)
    assert (old.exists(), young.exists(), other.exists()) == (False, True, True)


def test_a_missing_folder_is_no_fault(tmp_path):
    cut_off.clear_away(tmp_path / "nothing")


def test_today_says_what_is_still_being_undone_after_a_start(data_dir, tmp_path, monkeypatch):
    class PowerCut(BaseException):
        pass

    def cut() -> None:
        raise PowerCut

    monkeypatch.setattr(leaving, "PORTION", 3)
    app = open_app(data_dir)
    with app.app_context():
        before, import_id = two_lists(tmp_path)
        monkeypatch.setattr(writing, "breathe", cut)
        with pytest.raises(PowerCut):
            service.undo(import_id)
    close(app)
    gate = threading.Event()
    monkeypatch.setattr(writing, "breathe", lambda: gate.wait(30))

    app = open_app(data_dir)
    try:
        with app.test_request_context():
            told = ask("today_notices", day=clock.today())
        assert [one.url for one in told] == [f"/imports/{import_id}/undo/progress"]
    finally:
        gate.set()
    with app.app_context():
        undo_jobs.of(import_id).wait(60)
        assert whole_data() == before
        assert undo_jobs.under_way() == []
    close(app)
