"""Makes the lists that tests are run on: workbooks with odd cells, locked and damaged files, text in every encoding."""

import struct
import zipfile
from pathlib import Path

LISTS = Path(__file__).parent / "lists"
LAHORE, DELHI = LISTS / "customers-lahore.xlsx", LISTS / "customers-delhi.csv"
PHONE, SALES, OLD = LISTS / "phone-contacts.vcf", LISTS / "sales.xlsx", LISTS / "old-workbook.xls"

PEOPLE = [
    ["نام", "دکان", "موبائل", "شہر"],
    ["عمران خان", "مدینہ ہارڈویئر", "03001234567", "لاہور"],
    ["ثنا بٹ", "", "0321 7654321", "کراچی"],
]


def workbook(path: Path, rows: list[list[object]], far: tuple[int, int] | None = None) -> Path:
    """An .xlsx of these rows, with one more cell far away from them if wanted."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if far:
        book.active.cell(*far, "x")
    book.save(path)
    return path


def table(path: Path, rows: list[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A text table."""
    quoted = [
        ['"{}"'.format(cell.replace('"', '""')) if set(cell) & {delimiter, '"', "\n"} else cell for cell in row]
        for row in rows
    ]
    path.write_bytes("\r\n".join(delimiter.join(row) for row in quoted).encode(encoding))
    return path


def open_document(path: Path, rows: list[list[str]]) -> Path:
    """An .ods as small as can be."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    sheet = f"<table:table table:name='One'>{cells}</table:table>"
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", kind)
        book.writestr(
            "content.xml", f"<?xml version='1.0'?><office:document-content {spaces}>{body}</office:document-content>"
        )
        book.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def locked_workbook(path: Path) -> Path:
    """What is written for a workbook with a password: two streams in an OLE file, here with nothing in them."""
    end, fat_sector, free = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
    sectors = 8  # 4096 bytes: shorter streams would lie elsewhere
    chains = [fat_sector, end]
    for start in (2, 2 + sectors):
        chains += [*range(start + 1, start + sectors), end]
    fat = struct.pack("<128I", *chains, *[free] * (128 - len(chains)))
    directory = (
        _entry("Root Entry", 5, child=1, start=end, size=0)
        + _entry("EncryptionInfo", 2, right=2, start=2, size=sectors * 512)
        + _entry("EncryptedPackage", 2, start=2 + sectors, size=sectors * 512)
        + bytes(128)
    )
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
        + struct.pack("<109I", 0, *[free] * 108)
    )
    path.write_bytes(header + fat + directory + bytes(512 * sectors * 2))
    return path


def _entry(name: str, kind: int, *, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", 0xFFFFFFFF, right, child)
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB", len(raw), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
