"""The packages of Windows and macOS, made there by the same recipe. Neither has been tried on those systems yet."""

import shutil
import subprocess
import sys
from pathlib import Path

from contents import ROOT, VERSION

HERE = ROOT / "packaging"
MARK = ROOT / "loyalapp" / "web" / "static" / "mark.svg"
INNO = ("iscc", r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe", r"C:\Program Files\Inno Setup 6\ISCC.exe")
SIDES = (16, 32, 48, 64, 128, 256)
PART_OF_ICON = 16  # bytes of the list entry of one picture


def pngs(sides: tuple[int, ...]) -> list[bytes]:
    """The mark in several sizes, drawn by typst, which the program brings anyway."""
    import typst  # noqa: PLC0415 -- only there where a package with an icon is built

    page = '#set page(width: 100pt, height: 100pt, margin: 0pt, fill: none)\n#image("mark.svg", width: 100%)'
    compiler = {"root": str(MARK.parent), "format": "png"}
    return [typst.compile(page.encode(), ppi=side * 72 / 100, **compiler) for side in sides]


def ico(pictures: list[bytes], sides: tuple[int, ...]) -> bytes:
    """An icon of Windows that holds PNGs (since Windows Vista)."""
    head = bytes([0, 0, 1, 0, len(pictures), 0])
    at = len(head) + PART_OF_ICON * len(pictures)
    entries = b""
    for side, picture in zip(sides, pictures, strict=True):
        entries += (
            bytes([side % 256, side % 256, 0, 0, 1, 0, 32, 0])
            + len(picture).to_bytes(4, "little")
            + at.to_bytes(4, "little")
        )
        at += len(picture)
    return head + entries + b"".join(pictures)


def icns(pictures: list[bytes], sides: tuple[int, ...]) -> bytes:
    """An icon of macOS that holds PNGs."""
    kinds = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08"}
    parts = [
        kinds[side] + (8 + len(one)).to_bytes(4, "big") + one
        for side, one in zip(sides, pictures, strict=True)
        if side in kinds
    ]
    body = b"".join(parts)
    return b"icns" + (8 + len(body)).to_bytes(4, "big") + body


def draw_icons(folder: Path) -> None:
    """Where this system's program carries its icon inside, draw it."""
    if sys.platform == "linux":
        return
    folder.mkdir(parents=True, exist_ok=True)
    pictures = pngs(SIDES)
    (folder / "loyalapp.ico").write_bytes(ico(pictures, SIDES))
    (folder / "loyalapp.icns").write_bytes(icns(pictures, SIDES))


def windows(folder: Path, out: Path) -> list[Path]:
    """`LoyalApp-VERSION-setup.exe` by Inno Setup; the folder alone as a zip where that is not installed."""
    inno = next((found for one in INNO if (found := shutil.which(one))), None)
    if inno is None:
        print("Inno Setup 6 is not installed here: the folder is packed as a zip instead.")
        return [Path(shutil.make_archive(str(out / f"LoyalApp-{VERSION}-windows"), "zip", folder.parent, folder.name))]
    given = [f"/DVersion={VERSION}", f"/DProgram={folder}", f"/O{out}"]
    subprocess.run([inno, "/Qp", *given, str(HERE / "windows" / "loyalapp.iss")], check=True)
    return [out / f"LoyalApp-{VERSION}-setup.exe"]


def macos(folder: Path, out: Path) -> list[Path]:
    """`LoyalApp-VERSION.dmg` with the program and a way into the folder of programs."""
    made = out / f"LoyalApp-{VERSION}.dmg"
    subprocess.run([str(HERE / "macos" / "disk_image.sh"), str(folder), str(made)], check=True)
    return [made]
