"""Address books that other programs exported, and cells that were pasted."""

from typing import Any

import pytest

from loyalapp.features.customers import service as customers
from loyalapp.features.imports import exports, jobs, reading, service
from tests.features.imports import made
from tests.features.imports.deeds import bring, everybody

GOOGLE = [
    "First Name",
    "Middle Name",
    "Last Name",
    "Phonetic First Name",
    "Name Prefix",
    "Name Suffix",
    "Nickname",
    "File As",
    "Organization Name",
    "Organization Title",
    "Organization Department",
    "Birthday",
    "Notes",
    "Photo",
    "Labels",
    "E-mail 1 - Label",
    "E-mail 1 - Value",
    "E-mail 2 - Label",
    "E-mail 2 - Value",
    "Phone 1 - Label",
    "Phone 1 - Value",
    "Phone 2 - Label",
    "Phone 2 - Value",
    "Address 1 - Label",
    "Address 1 - Formatted",
    "Address 1 - Street",
    "Address 1 - City",
    "Address 1 - Region",
    "Website 1 - Value",
]
OLD_GOOGLE = [
    "Name",
    "Given Name",
    "Additional Name",
    "Family Name",
    "Yomi Name",
    "Birthday",
    "Gender",
    "Notes",
    "Group Membership",
    "E-mail 1 - Type",
    "E-mail 1 - Value",
    "Phone 1 - Type",
    "Phone 1 - Value",
    "Organization 1 - Name",
    "Organization 1 - Title",
]
OUTLOOK = [
    "First Name",
    "Middle Name",
    "Last Name",
    "Title",
    "Suffix",
    "Nickname",
    "Given Yomi",
    "E-mail Address",
    "E-mail 2 Address",
    "Home Phone",
    "Business Phone",
    "Mobile Phone",
    "Business Fax",
    "Company",
    "Job Title",
    "Department",
    "Business Street",
    "Business City",
    "Business State",
    "Business Country/Region",
    "Home Street",
    "Home City",
    "Birthday",
    "Anniversary",
    "Gender",
    "Notes",
    "Categories",
    "Priority",
    "Private",
    "Sensitivity",
]


def row_of(heading: list[str], **cells: str) -> list[str]:
    names = {name.replace(" ", "_").replace("-", "").replace("/", "_"): name for name in heading}
    by_name = {names[key]: value for key, value in cells.items()}
    return [by_name.get(name, "") for name in heading]


def test_contacts_of_google(app, tmp_path):
    person = row_of(
        GOOGLE,
        First_Name="Ayesha",
        Middle_Name="Bano",
        Last_Name="Khan",
        Name_Prefix="Dr",
        Organization_Name="Khan Clinic",
        Organization_Title="Dentist",
        Birthday="1985-03-12",
        Notes="Pays on time",
        Labels="VIP ::: * myContacts ::: * starred",
        Email_1__Label="* Work",
        Email_1__Value="a@example.pk",
        Email_2__Value="b@example.pk",
        Phone_1__Label="Mobile",
        Phone_1__Value="0300 1234567 ::: +92 321 7654321",
        Phone_2__Value="042 35761999",
        Address_1__Formatted="12 Hall Road\nLahore\nPakistan",
        Address_1__Street="12 Hall Road",
        Address_1__City="Lahore",
        Website_1__Value="khanclinic.pk",
    )
    path = made.table(tmp_path / "contacts.csv", [GOOGLE, person])
    with app.app_context():
        outcome = bring(path)

        one = everybody()["Ayesha Bano Khan"]
        assert outcome.counts["new"] == 1
        assert (one.address_form, one.firm, one.trade, one.place) == ("Dr", "Khan Clinic", "Dentist", "Lahore")
        assert one.address == "12 Hall Road, Lahore, Pakistan"
        assert (one.birth_year, one.birth_month, one.birth_day, one.email) == (1985, 3, 12, "a@example.pk")
        assert [phone.number for phone in one.phones] == ["+923001234567", "+923217654321", "+924235761999"]
        assert [tag.tag for tag in one.tags] == ["VIP"]
        assert one.notes.splitlines() == [
            "Pays on time",
            "Website 1 - Value: khanclinic.pk",
            "E-mail 2 - Value: b@example.pk",
        ]
        assert one.stage == "unsorted", "a phone book with aunts and plumbers"


def test_what_google_writes_about_a_person_is_kept_with_its_label(app, tmp_path):
    more = ["Address 1 - Country", "Relation 1 - Label", "Relation 1 - Value", "Event 1 - Label", "Event 1 - Value"]
    known = row_of(GOOGLE, First_Name="Sana", Phone_1__Value="03001234567", Address_1__Street="12 Hall Road")
    path = made.table(
        tmp_path / "a.csv", [[*GOOGLE, *more], [*known, "PK", "Daughter", "Zara", "Wedding", "2001-02-03"]]
    )
    with app.app_context():
        bring(path)

        one = everybody()["Sana"]
        assert one.address == "12 Hall Road, PK", "also where Google did not put it together"
        assert one.notes.splitlines() == [
            "Relation 1 - Label: Daughter",
            "Relation 1 - Value: Zara",
            "Event 1 - Label: Wedding",
            "Event 1 - Value: 2001-02-03",
        ]


def test_contacts_of_google_in_the_older_form(tmp_path):
    source = reading.open_list(
        made.table(
            tmp_path / "a.csv",
            [OLD_GOOGLE, row_of(OLD_GOOGLE, Name="Ali Khan", Given_Name="Ali", Phone_1__Value="03001234567")],
        )
    )

    assert source.program == "Google"
    assert {one.title: one.meaning for one in source.columns}["Phone 1 - Value"] == "phone"


def test_contacts_of_outlook(app, tmp_path):
    person = row_of(
        OUTLOOK,
        First_Name="Imran",
        Last_Name="Ali",
        Title="Mr",
        Company="Madina Hardware",
        Job_Title="Owner",
        Home_Phone="042-35761999",
        Mobile_Phone="0300 1234567",
        Business_Fax="042-35761000",
        Business_Street="5 Mall Road",
        Business_City="Multan",
        Home_City="Lahore",
        Birthday="0/0/00",
        Anniversary="12/25/2010",
        Gender="Unspecified",
        Categories="Wholesale;School",
        Priority="Normal",
        Private="FALSE",
        Sensitivity="Normal",
        Notes="Likes tea",
        Email_Address="i@example.pk",
        Business_Country_Region="Pakistan",
    )
    with app.app_context():
        bring(made.table(tmp_path / "a.csv", [OUTLOOK, person]))

        one = everybody()["Imran Ali"]
        assert (one.firm, one.trade, one.place) == ("Madina Hardware", "Owner", "Multan")
        assert one.address == "5 Mall Road, Pakistan"
        assert one.birth_month is None, "0/0/00 is Outlook's word for no day"
        assert [(day.what, day.year, day.month, day.day) for day in one.days] == [("Anniversary", 2010, 12, 25)]
        assert [phone.number for phone in one.phones] == ["+924235761999", "+923001234567"]
        assert sorted(tag.tag for tag in one.tags) == ["School", "Wholesale"]
        assert one.notes.splitlines() == ["Likes tea", "Business Fax: 042-35761000", "Home City: Lahore"]


def test_what_only_the_program_writes_is_left_out():
    assert exports.tidied("a ::: b ::: * myContacts") == "a\nb"
    assert exports.tidied("* myContacts") == ""
    assert exports.tidied("0/0/00") == ""
    assert exports.tidied("10/10/00") == "10/10/00"
    assert exports.of(["Name", "Phone"]) is None


@pytest.mark.parametrize(
    "text",
    [
        "Name\tMobile\tCity\r\nAli Khan\t0300 1234567\tLahore\r\n",
        "Ali Khan\t0300 1234567\tLahore\n",
        "Ali Khan 0300 1234567",
    ],
)
def test_pasted_cells_are_a_list(app, text):
    with app.test_request_context():
        job = jobs.begin_with_text(text)
        job.wait(20)

    assert job.state == jobs.READY
    assert job.preview.account.counts["new"] == 1
    assert job.preview.account.rows["new"][0]["parts"][:2] == ["Ali Khan", "+92 300 1234567"]


def multipart(**fields: str) -> dict[str, Any]:
    """What a browser sends; the test client's own way leaves a file open for long fields."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    return {"data": "".join([*parts, "--x--\r\n"]).encode(), "content_type": "multipart/form-data; boundary=x"}


def test_very_many_pasted_cells_go_in_through_the_page(client, csrf, app):
    long = "بہت پرانے گاہک " * 20
    rows = "نام\tموبائل\tنوٹ\n" + "".join(f"گاہک {one}\t0300{one:07}\t{long}\n" for one in range(2_000))
    assert len(rows.encode()) > 1_000_000, "more than a form may hold by itself"
    answer = client.post("/imports/new", **multipart(**csrf("/imports/new"), pasted=rows))
    assert answer.status_code == 303
    job = answer.headers["Location"].split("/")[2]
    with app.app_context():
        jobs.get(job).wait(60)
        assert jobs.get(job).preview.account.counts["new"] == 2_000
        assert jobs.get(job).preview.file_name == "Pasted rows"


def test_choices_are_remembered_for_lists_of_one_shape(app, tmp_path):
    first = made.table(tmp_path / "a.csv", [["Naam", "Rabta", "Kuch"], ["Ali", "03001234567", "x"]])
    second = made.table(tmp_path / "b.csv", [["Naam", "Rabta", "Kuch"], ["Sana", "03217654321", "Multan"]])
    with app.app_context():
        service.carry_out(service.plan(first, {"column-2": "place", "stage": "prospect"}))

        again = service.plan(second)

        assert again.remembered
        assert [column.meaning for column in again.choices.columns][2] == "place"
        service.carry_out(again)
        assert (everybody()["Sana"].place, everybody()["Sana"].stage) == ("Multan", "prospect")
        assert service.plan(second, {"column-2": "keep"}).choices.columns[2].meaning == "keep", "a new wish goes before"
        assert not service.plan(made.LAHORE).remembered
        assert customers.find("Sana")
