"""What the window remembers from one start to the next, and what it does with a file that is damaged."""

import json

import pytest

from loyalapp.desktop.remembered import SIZE, ZOOMS, Remembered, next_zoom

LEFT = {"language": "hi", "width": 900, "height": 700, "zoom": 1.25, "maximized": True, "x": 5, "y": -3}


def test_everything_is_there_again_at_the_next_start(tmp_path):
    first = Remembered(tmp_path)
    first.was_on("/customers/7?x=1")
    first.keep(**LEFT)

    again = Remembered(tmp_path)
    assert (again.language, again.size, again.place, again.zoom, again.maximized) == (
        "hi",
        (900, 700),
        (5, -3),
        1.25,
        True,
    )
    assert again.page == "/customers/7?x=1"
    assert (tmp_path / "window.json").stat().st_mode & 0o077 == 0


def test_a_new_day_begins_with_today(tmp_path):
    Remembered(tmp_path).keep(page="/customers/7", day="2020-01-01")

    assert Remembered(tmp_path).page is None


@pytest.mark.parametrize("page", ["//evil.example/", "https://evil.example/", "/" + "x" * 600, 7, None])
def test_a_page_that_is_none_of_ours_is_no_page(tmp_path, page):
    first = Remembered(tmp_path)
    first.was_on("/")
    first.keep(page=page)

    assert Remembered(tmp_path).page is None


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'{"width": "x", "zoom": 99, "x": 1.5, "language": 3}'])
def test_a_damaged_file_counts_as_an_empty_one(tmp_path, content):
    (tmp_path / "window.json").write_bytes(content)
    found = Remembered(tmp_path)

    assert (found.language, found.size, found.place, found.zoom, found.page) == (None, SIZE, None, 1.0, None)


def test_what_is_noted_is_written_with_the_next_keep_and_only_where_it_changed(tmp_path):
    first = Remembered(tmp_path)
    first.note(zoom=2.0)
    assert not (tmp_path / "window.json").exists()
    first.keep()
    first.keep()

    assert json.loads((tmp_path / "window.json").read_text("utf-8")) == {"zoom": 2.0}


def test_a_full_disk_stops_nobody(tmp_path):
    Remembered(tmp_path / "gone").keep(zoom=2.0)


def test_zoom_goes_by_steps_and_stops_at_the_ends():
    assert [next_zoom(1.0, 1), next_zoom(1.0, -1), next_zoom(1.03, 1)] == [1.1, 0.9, 1.1]
    assert (next_zoom(ZOOMS[-1], 1), next_zoom(ZOOMS[0], -1)) == (ZOOMS[-1], ZOOMS[0])
