"""A phone's contacts in three versions of vCard, broken ones among them."""

from loyalapp.features.imports.reading import open_list


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
        "Ali Khan", "0300-1234567\n042-35761999", "ali@example.com", "Ali Traders Sales", "Owner",
        "12 Hall Road, Punjab, 54000, Pakistan", "Lahore", "1980-03-12",
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
