"""The secret of encrypted data: on paper, behind a password, and in the file beside the data."""

import pytest

from loyalapp.core import sealing
from loyalapp.core.sealing import PASSWORD, Seal

SECRET = bytes(range(16))
WORDS = "پنکھا baarish टेबल"


@pytest.fixture(scope="module")
def seal() -> Seal:
    return Seal(PASSWORD, sealing.mark_of(SECRET), sealing.lock(SECRET, WORDS))


def test_the_key_on_paper_is_read_however_it_was_typed():
    paper = sealing.on_paper(SECRET)

    assert [len(one) for one in paper.split()] == [4] * 8
    for typed in (paper, paper.lower(), paper.replace(" ", ""), paper.replace(" ", "-"), f"  {paper}\n"):
        assert sealing.from_paper(typed) == SECRET
    assert sealing.from_paper(paper.replace("0", "O").replace("1", "l")) == SECRET


def test_a_slip_of_the_pen_is_found():
    letters = sealing.on_paper(SECRET).replace(" ", "")
    for at in range(len(letters)):
        other = "7" if letters[at] != "7" else "8"
        assert sealing.from_paper(letters[:at] + other + letters[at + 1 :]) is None
    for typed in ("", "hello", letters[:-1], letters + "0", "پاس ورڈ", "²" * 32):
        assert sealing.from_paper(typed) is None


def test_the_password_and_the_paper_open_it_and_nothing_else_does(seal):
    assert sealing.unlock(seal, WORDS) == SECRET
    assert sealing.unlock(seal, sealing.on_paper(SECRET)) == SECRET
    for typed in ("", WORDS + " ", sealing.on_paper(bytes(16))):
        assert sealing.unlock(seal, typed) is None


def test_what_lies_in_the_folder_gives_nothing_away(seal, tmp_path):
    sealing.write(tmp_path, seal)
    kept = (tmp_path / sealing.FILE).read_bytes()

    assert sealing.read(tmp_path) == seal
    assert (tmp_path / sealing.FILE).stat().st_mode & 0o077 == 0
    for told in (SECRET, SECRET.hex().encode(), sealing.key_of(SECRET).hex().encode(), WORDS.encode()):
        assert told not in kept


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"kept": "safe"}'])
def test_a_damaged_file_never_makes_the_data_count_as_open(tmp_path, content):
    (tmp_path / sealing.FILE).write_text(content, "utf-8")

    with pytest.raises(sealing.Sealed):
        sealing.read(tmp_path)
    assert sealing.open_quietly(tmp_path) is False


def test_a_restart_hands_the_secret_on_to_the_right_data_alone(seal, tmp_path, monkeypatch):
    monkeypatch.delenv(sealing.FROM_LAST_START, raising=False)
    for known, is_opened in ((SECRET, True), (bytes(16), False)):
        sealing.write(tmp_path, seal)
        sealing.know(tmp_path, known)
        sealing.to_next_start(tmp_path)
        sealing.forget(tmp_path)

        assert sealing.open_quietly(tmp_path) is is_opened
        assert sealing.FROM_LAST_START not in sealing.os.environ, "told once"
        sealing.forget(tmp_path)


def test_a_file_outside_of_the_folder_has_no_key(tmp_path):
    inside, outside = tmp_path / "data", tmp_path / "data beside"
    sealing.know(inside, SECRET)
    try:
        assert sealing.key_in_use(inside / "new.sqlite3") == sealing.key_of(SECRET)
        assert sealing.key_in_use(inside / "work" / "deep" / "new.sqlite3") is not None
        assert sealing.key_in_use(outside / "new.sqlite3") is None
    finally:
        sealing.forget(inside)
