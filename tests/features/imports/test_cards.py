"""A phone's contacts in three versions of vCard, broken ones among them."""

from loyalapp.features.imports.reading import open_list
from tests.features.imports.deeds import bring, everybody


def cards(tmp_path, text: str) -> list[list[str]]:
    path = tmp_path / "a.vcf"
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return [cells for _, cells in open_list(path).rows()]


def test_cards_of_three_versions(tmp_path):
    found = cards(
        tmp_path,
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ali Khan\nN:Khan;Ali;;Dr.;\n"
        "TEL;TYPE=CELL:0300-1234567\nTEL;TYPE=HOME:042-35761999\n"
        "EMAIL:ali@example.com\nORG:Ali Traders;Sales\nTITLE:Owner\n"
        "ADR;TYPE=WORK:;;12 Hall Road;Lahore;Punjab;54000;Pakistan\n"
        "NOTE:pays late\\, but pays\\nalways\nBDAY:19800312\nURL:https://example.com\nPHOTO;ENCODING=b:AAAA\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:4.0\nFN:Sana\nTEL;VALUE=uri:tel:+923217654321\nBDAY:--0405\nEND:VCARD\n",
    )

    assert found[0] == [
        "Dr. Ali Khan", "0300-1234567\n042-35761999", "ali@example.com", "Ali Traders Sales", "Owner",
        "12 Hall Road, Punjab, 54000, Pakistan", "Lahore", "1980-03-12", "", "", "",
        "pays late, but pays\nalways\nURL: https://example.com",
    ]  # fmt: skip
    assert (found[1][0], found[1][1], found[1][7]) == ("Sana", "+923217654321", "--04-05")


def test_a_card_nobody_can_read_costs_no_other(tmp_path):
    found = cards(
        tmp_path,
        "BEGIN:VCARD\nVERSION:2.1\nTEL;CELL:03001234567\nN:=D8;broken\nthis is no property\nX-ODD;;;=:1\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=AB=D9=86=\n=D8=A7\nTEL;CELL:03217654321\n",
    )

    assert [cells[1] for cells in found] == ["03001234567", "03217654321"]
    assert found[1][0] == "ثنا", "the file was cut off, the card is kept"


def test_version_2_1_with_quoted_printable_over_several_lines_and_another_charset(tmp_path):
    found = cards(
        tmp_path,
        "BEGIN:VCARD\nVERSION:2.1\n"
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E0=A4=B6=E0=A4=B0=E0=A5=8D=\n=E0=A4=AE=E0=A4=BE;"
        "=E0=A4=B0=E0=A4=BE=E0=A4=AE;;;\n"
        "TEL;CELL;PREF:+91 98220 45678\nTEL;WORK:022-23456789\n"
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:one=0D=0A=\ntwo\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Mu=F1oz;Jos=E9\nTEL;CELL:03001234567\nEND:VCARD\n",
    )

    assert found[0][0] == "राम शर्मा"
    assert found[0][1] == "+91 98220 45678\n022-23456789"
    assert found[0][-1].split() == ["one", "two"]
    assert found[1][0] == "José Muñoz"


def test_version_3_0_with_folded_lines_groups_and_a_picture(tmp_path):
    found = cards(
        tmp_path,
        "BEGIN:VCARD\nVERSION:3.0\nN:خان;عائشہ;;;\nFN:عائشہ\n  خان\n"
        "item1.TEL;type=pref:0300 1234567\nitem1.X-ABLabel:WhatsApp\n"
        "CATEGORIES:Family,School\nX-ANNIVERSARY:2010-12-25\n"
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ\n AAAQABAAD/2wBD\n"
        "END:VCARD\n",
    )

    assert found[0][:2] == ["عائشہ خان", "0300 1234567"]
    assert found[0][8:11] == ["2010-12-25", "Family\nSchool", ""]
    assert "9j" not in found[0][-1]


def test_version_4_0(tmp_path):
    found = cards(
        tmp_path,
        "BEGIN:VCARD\nVERSION:4.0\nFN:Sana Shaikh\nN:Shaikh;Sana;;;\n"
        'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+92-321-7654321;ext=5102\nLANG;PREF=1:ur-PK\nANNIVERSARY:20091225\n'
        "BDAY:--0405\nORG:Shaikh Fabrics;Sales\nEND:VCARD\n",
    )

    assert found[0] == [
        "Sana Shaikh", "+92-321-7654321 ext 5102", "", "Shaikh Fabrics Sales", "", "", "",
        "--04-05", "2009-12-25", "", "ur", "",
    ]  # fmt: skip


def test_nothing_of_a_card_is_lost_without_a_word(app, tmp_path):
    path = tmp_path / "a.vcf"
    path.write_text(
        "BEGIN:VCARD\nVERSION:4.0\nFN;LANGUAGE=en:Ayesha Khan\nFN;LANGUAGE=ur:عائشہ خان\nN:Khan;Ayesha;Bibi;Dr.;\n"
        "TEL;VALUE=uri;TYPE=cell:tel:+92-300-7654321\nTEL;VALUE=uri;TYPE=work:TEL:+92-42-35761234;ext=102\n"
        "TEL;TYPE=work,fax:042-35761999\nEND:VCARD\n",
        encoding="utf-8",
    )
    with app.app_context():
        account = bring(path).counts

        one = everybody()["Ayesha Khan"]
        assert (one.address_form, account["remarks"]) == ("Dr.", 1)
        assert [phone.number for phone in one.phones] == ["+923007654321", "+924235761234"]
        assert sorted(one.notes.splitlines()) == ["Bibi", "FAX: 042-35761999", "NAME: عائشہ خان", "Phone: ext 102"]


def test_what_an_iphone_says_about_a_line_stands_with_it(tmp_path):
    found = cards(
        tmp_path,
        "BEGIN:VCARD\nVERSION:3.0\nFN:Sana\nN:;Sana;;;\n"
        "item1.TEL:+91 98220 45678\nitem1.X-ABLabel:WhatsApp\n"
        "item2.TEL:020 2612 3456\nitem2.X-ABLabel:_$!<HomeFax>!$_\n"
        "item3.ADR;type=HOME:;;45 MG Road;Pune;;;\nitem3.X-ABADR:in\n"
        "item4.X-ABDATE:2001-02-03\nitem4.X-ABLabel:_$!<Anniversary>!$_\n"
        "item5.X-ABRELATEDNAMES:Zara\nitem5.X-ABLabel:_$!<Daughter>!$_\n"
        "item6.URL:x.in\nitem6.X-ABLabel:_$!<HomePage>!$_\nEND:VCARD\n",
    )

    assert (found[0][1], found[0][8]) == ("+91 98220 45678", "2001-02-03")
    assert found[0][-1].splitlines() == [
        "WhatsApp: +91 98220 45678",
        "FAX: 020 2612 3456",
        "Daughter: Zara",
        "URL: x.in",
    ]


def test_a_card_goes_in_with_tags_day_and_language(app, tmp_path):
    path = tmp_path / "a.vcf"
    path.write_text(
        "BEGIN:VCARD\nVERSION:4.0\nFN:Sana\nTEL:03217654321\nLANG:ur\nANNIVERSARY:20091225\nCATEGORIES:School\nEND:VCARD\n"
    )
    with app.app_context():
        bring(path)

        one = everybody()["Sana"]
        assert (one.message_language, one.stage) == ("ur", "unsorted")
        assert [tag.tag for tag in one.tags] == ["School"]
        assert [(day.what, day.year, day.month, day.day) for day in one.days] == [("Anniversary", 2009, 12, 25)]
