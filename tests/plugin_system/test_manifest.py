"""A plugin's manifest: read without running its code, refused with one reason where it is not complete."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from loyalapp.plugin_system.manifest import LARGEST_MANIFEST, BadManifest, in_range, read_manifest, version_numbers

GOOD = """
id = "thanks"
version = "1.2.0"
api = ">=1.0,<2"
author = "عائشہ"
license = "MIT"
[name]
en = "Thank-you log"
ur = "شکریہ کا اندراج"
hi = "धन्यवाद पंजी"
[summary]
en = "Notes every thank-you."
ur = "ہر شکریہ لکھتا ہے۔"
hi = "हर धन्यवाद लिखता है।"
"""


def read(tmp_path, text: str | bytes, folder: str = "thanks"):
    home = tmp_path / folder
    home.mkdir(exist_ok=True)
    (home / "plugin.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    return read_manifest(home)


def test_a_complete_manifest_is_read(tmp_path):
    manifest = read(tmp_path, GOOD)

    assert (manifest.id, manifest.version, manifest.author) == ("thanks", "1.2.0", "عائشہ")
    assert manifest.name["ur"] == "شکریہ کا اندراج"
    assert manifest.fits()
    assert manifest.needs == {}


@pytest.mark.parametrize("key", ["id", "version", "api", "author", "license"])
@pytest.mark.parametrize("instead", ["", ' = ""', " = 5", ' = "  "', " = []"])
def test_each_text_is_needed(tmp_path, key, instead):
    lines = [
        line if not line.startswith(f"{key} ") else f"{key}{instead}" if instead else "" for line in GOOD.splitlines()
    ]

    with pytest.raises(BadManifest, match=key):
        read(tmp_path, "\n".join(lines))


@pytest.mark.parametrize("language", ["en", "ur", "hi"])
def test_name_and_summary_are_needed_in_every_language(tmp_path, language):
    without = "\n".join(line for line in GOOD.splitlines() if not line.startswith(f"{language} "))

    with pytest.raises(BadManifest, match=r"\[name\]"):
        read(tmp_path, without)


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "ab",
        "Thanks",
        "1thanks",
        "thank-you",
        "x" * 33,
        "thanks\n",
        "شکریہ",
        "thanks.py",
        "a b c",
        "con/x",
        "_thanks",
    ],
)
def test_ids_that_could_lead_elsewhere_are_refused(tmp_path, name):
    with pytest.raises(BadManifest):
        read(tmp_path, GOOD.replace('"thanks"', repr(name).replace("'", '"')))


@pytest.mark.parametrize("version", ["1", "1.0", "1.0.0.0", "v1.0.0", "1.0.0-beta", "1.0.x"])
def test_version_has_three_numbers(tmp_path, version):
    with pytest.raises(BadManifest, match="version"):
        read(tmp_path, GOOD.replace("1.2.0", version))


@pytest.mark.parametrize("wanted", ["", "1", "~1.0", ">=1.0 <2", ">=one", ">=1.0,,<2", "*", "=>1"])
def test_a_range_that_cannot_be_read_is_refused(tmp_path, wanted):
    with pytest.raises(BadManifest):
        read(tmp_path, GOOD.replace(">=1.0,<2", wanted))


@pytest.mark.parametrize("text", [b"\xff\xfe\x00", b"id = ", b"\x00", b"", b"a" * (LARGEST_MANIFEST + 1)])
def test_what_is_no_manifest_is_refused(tmp_path, text):
    with pytest.raises(BadManifest):
        read(tmp_path, text)


def test_a_folder_without_manifest_and_a_folder_instead_of_one_are_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadManifest, match="cannot be read"):
        read_manifest(tmp_path / "empty")
    (tmp_path / "folder" / "plugin.toml").mkdir(parents=True)
    with pytest.raises(BadManifest, match="cannot be read"):
        read_manifest(tmp_path / "folder")


@pytest.mark.parametrize(
    "addition",
    ['needs = "issues"', "[needs]\nissues = 5", '[needs]\nissues = "any"', 'access = "all"', '[access]\nnet = "x"'],
)
def test_needs_and_access_of_a_wrong_shape_are_refused(tmp_path, addition):
    text = addition + GOOD if not addition.startswith("[") else GOOD + addition

    with pytest.raises(BadManifest):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (">=1.0,<2", True),
        (">=1", True),
        ("==1.0", True),
        ("==1.0.0", True),
        (">1.0", False),
        (">=1.1", False),
        ("<1", False),
        ("<=1.0", True),
        (">=2,<1", False),
    ],
)
def test_ranges_are_compared_by_numbers(wanted, fits):
    assert in_range((1, 0), wanted) is fits


@given(some.tuples(*[some.integers(0, 999)] * 3))
def test_a_version_lies_between_itself_and_the_next(version):
    here = ".".join(map(str, version))
    above = f"{version[0]}.{version[1]}.{version[2] + 1}"

    assert in_range(version_numbers(here), f">={here},<{above}")
    assert not in_range(version_numbers(here), f">{here}")
