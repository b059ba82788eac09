"""Whatever comes in as a file is taken for what it is, never for what it is called: each door, with a wrong name."""

import io
from pathlib import Path

import pytest
from sqlalchemy import func, select

from loyalapp.app import open_file
from loyalapp.core.db import db
from loyalapp.features.backups import service as backups
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports import jobs
from tests.core.test_pictures import JPEG, png
from tests.features.imports import made
from tests.features.imports.test_import_pages import follow
from tests.plugin_system.parcels import parcel
from tests.walk import token_of

LAHORE = made.LISTS / "customers-lahore.xlsx"
SCRIPT = b"<script>alert(1)</script>"
PAGE = b"<!doctype html><html><body><p>Hello</p>" + SCRIPT + b"</body></html>"
NO_CODE = "<script>alert(1)"


def send(client, page: str, field: str, content: bytes, name: str, **more):
    """Choose a file under this name; answers the page it ends on."""
    data = {"csrf_token": token_of(client), field: (io.BytesIO(content), name), **more}
    answer = client.post(page, data=data, content_type="multipart/form-data", buffered=True)
    answer.request.environ["wsgi.input"].close()
    return follow(client, answer)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (LAHORE.read_bytes(), "customers.csv", "customers.csv"),
        ((made.LISTS / "phone-contacts.vcf").read_bytes(), "phone.xlsx", "phone.xlsx"),
        (b"Name,Mobile\nAmina,0300 1234567\n", "list.pdf", "Amina"),
    ],
    ids=["a workbook named csv", "contacts named xlsx", "a table named pdf"],
)
def test_a_list_is_read_by_its_content(client, content, name, said):
    page = send(client, "/imports/new", "file", content, name).text

    assert said in page
    assert 'name="column-0"' in page, "its columns are offered"


@pytest.mark.parametrize(
    ("content", "name"),
    [(PAGE, "friends.vcf"), (png(4, 4), "list.csv"), (JPEG, "list.xlsx"), (b"MZ\x90\0" + SCRIPT, "list.vcf")],
    ids=["a page named vcf", "a picture named csv", "a photo named xlsx", "a program named vcf"],
)
def test_what_is_no_list_brings_nobody_in_and_is_never_shown_as_a_page(app, client, content, name):
    answer = send(client, "/imports/new", "file", content, name)

    assert answer.mimetype == "text/html"
    assert NO_CODE not in answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Customer)) == 0


def test_a_plugin_and_a_backup_are_known_under_any_name(app, client, tmp_path):
    with app.app_context():
        backup = backups.create().path.read_bytes()
    plugin = parcel(tmp_path).read_bytes()

    assert "Stock reminder" in send(client, "/plugins/install", "file", plugin, "holiday.jpg").text
    assert "It holds" in send(client, "/backups/from-file", "file", backup, "holiday.jpg").text
    refused = send(client, "/plugins/install", "file", PAGE, "stock-1.0.0.loyalplugin")
    assert (refused.status_code, NO_CODE in refused.text) == (422, False)
    assert "not a whole backup" in send(client, "/backups/from-file", "file", png(4, 4), "mine.loyalbackup").text


def test_what_the_program_is_started_with_goes_to_the_door_it_belongs_to(app, client, tmp_path):
    with app.test_request_context():
        given = {
            "/plugins/install/": (parcel(tmp_path), "a list.csv"),
            "/backups/given-": (backups.create().path, "loyalapp.sqlite3"),
            "/imports/": (LAHORE, "photo.png"),
        }
        for door, (file, name) in given.items():
            renamed = tmp_path / name
            renamed.write_bytes(Path(file).read_bytes())
            assert open_file(renamed).startswith(door)
        for job in list(app.extensions["loyalapp.imports"].values()):
            job.wait(60)
            assert job.state == jobs.READY
