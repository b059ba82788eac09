"""Where data lies that another program or another computer may spoil (attack 72)."""

from pathlib import Path

import pytest

from loyalapp.core import disks

MOUNTED = """\
/dev/sda1 / ext4 rw 0 0
//server/shop /mnt/our\\040shop cifs rw 0 0
me@far: /srv/me/far fuse.sshfs rw 0 0
tmpfs /srv/me/far/near tmpfs rw 0 0
odd
"""


@pytest.fixture
def mounts(tmp_path, monkeypatch):
    file = tmp_path / "mounts"
    file.write_text(MOUNTED, "utf-8")
    monkeypatch.setattr(disks.sys, "platform", "linux")
    monkeypatch.setattr(disks, "MOUNTS", file)
    return file


@pytest.mark.parametrize(
    ("folder", "is_shared"),
    [
        ("/srv/me/.local/share/LoyalApp", False),
        ("/mnt/our shop/LoyalApp", True),
        ("/srv/me/far/data", True),
        ("/srv/me/far/near/data", False),
        ("/srv/me/OneDrive - Anmol/LoyalApp", True),
        ("/srv/me/Dropbox/LoyalApp", True),
        ("/srv/me/my dropbox of old/LoyalApp", False),
    ],
)
def test_a_folder_of_the_cloud_or_of_another_computer_is_told_from_our_own(mounts, folder, is_shared):
    assert disks.is_shared(Path(folder)) is is_shared


def test_where_the_system_does_not_say_it_is_our_own(mounts):
    mounts.unlink()
    assert not disks.is_shared(Path("/mnt/our shop/LoyalApp"))
