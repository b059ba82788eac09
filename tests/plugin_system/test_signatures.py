"""Signatures: made by the author, trusted by the user's word the first time, refused when the key changes."""

import base64
import json
import stat
import sys

import pytest

from loyalapp.plugin_system import signatures
from loyalapp.plugin_system.package import open_package
from loyalapp.plugin_system.packing import sign_package
from loyalapp.plugin_system.refusal import Refusal
from loyalapp.plugin_system.signatures import Trusted
from tests.plugin_system.parcels import parcel


@pytest.fixture
def key(tmp_path):
    signatures.make_key(tmp_path / "key.pem")
    return tmp_path / "key.pem"


def test_a_key_is_for_this_user_alone_and_never_overwritten(tmp_path):
    public = signatures.make_key(tmp_path / "key.pem")

    assert len(base64.b64decode(public)) == 32
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        signatures.make_key(tmp_path / "key.pem")


def test_signed_and_verified(tmp_path, key):
    found = open_package(parcel(tmp_path, key=key))

    assert signatures.verify(found.checksums, found.signature) == signatures.verify(b"x", signatures.sign(b"x", key))


def test_signing_later_gives_the_same_bytes(tmp_path, key):
    first = parcel(tmp_path, key=key).read_bytes()
    later = parcel(tmp_path)
    assert open_package(later).signature is None
    sign_package(later, key)

    assert later.read_bytes() == first


@pytest.mark.parametrize(
    "change",
    [
        lambda made: {**made, "signature": made["signature"][:-4] + "AAA="},
        lambda made: {**made, "key": base64.b64encode(bytes(32)).decode()},
        lambda made: {**made, "key": "short"},
        lambda made: {"key": made["key"]},
        lambda made: {**made, "signature": 5},
        lambda _made: [],
    ],
)
def test_a_signature_that_does_not_hold_is_refused(key, change):
    made = json.loads(signatures.sign(b"x", key))

    with pytest.raises(Refusal, match="bad_signature"):
        signatures.verify(b"x", json.dumps(change(made)).encode())


@pytest.mark.parametrize("raw", [b"", b"\xff", b"[" * 100_000, b"null"])
def test_nonsense_instead_of_a_signature_is_refused(raw):
    with pytest.raises(Refusal, match="bad_signature"):
        signatures.verify(b"x", raw)


def test_other_checksums_break_the_signature(key):
    with pytest.raises(Refusal, match="bad_signature"):
        signatures.verify(b"y", signatures.sign(b"x", key))


def test_trust_begins_with_the_first_version_and_lasts(tmp_path):
    trusted = Trusted.read(tmp_path / "trusted.json")
    assert trusted.judge("stock", None) == signatures.UNSIGNED
    assert trusted.judge("stock", "A") == signatures.NEW
    trusted.trust("stock", "A")

    again = Trusted.read(tmp_path / "trusted.json")
    assert again.judge("stock", "A") == signatures.KNOWN
    assert again.judge("other", "B") == signatures.NEW
    with pytest.raises(Refusal, match="other_signer"):
        again.judge("stock", "B")
    with pytest.raises(Refusal, match="no_longer_signed"):
        again.judge("stock", None)

    again.forget("stock")
    assert Trusted.read(tmp_path / "trusted.json").judge("stock", "B") == signatures.NEW


@pytest.mark.parametrize("raw", ["", "[]", "{", '{"stock": 5}', '{"stock": {}}', "\x00"])
def test_a_damaged_list_of_keys_trusts_nobody_and_stops_nothing(tmp_path, raw):
    (tmp_path / "trusted.json").write_text(raw, "utf-8")

    assert Trusted.read(tmp_path / "trusted.json").keys == {}
