"""A shop of three: the owner Asma with a PIN, the salesmen Rohit and Zahid, Zahid with a PIN."""

from dataclasses import dataclass

import pytest

from loyalapp.features.staff import pins
from loyalapp.features.staff import service as staff
from tests.walk import token_of

PIN = "4812"


@dataclass
class Shop:
    """The numbers of the three."""

    asma: int
    rohit: int
    zahid: int


@pytest.fixture
def shop(app) -> Shop:
    """Three who share a PC."""
    with app.app_context():
        asma = staff.add("Asma", "ur", role="owner")
        shop = Shop(asma, staff.add("Rohit", "hi"), staff.add("Zahid"))
        for one in (shop.asma, shop.zahid):
            pins.choose(one, PIN, PIN)
    return shop


@pytest.fixture
def sit(client):
    """Somebody sits down: `sit(shop.rohit)`, `sit(shop.asma, PIN)`."""

    def down(number: int | str, pin: str = "", wanted: str = "/customers/"):
        token = {"csrf_token": token_of(client)}
        answer = client.post("/desk/switch", data={**token, "who": number, "next": wanted})
        if "/sit" in answer.headers["Location"]:
            answer = client.post(f"/desk/{number}/sit", data={**token, "pin": pin, "next": wanted})
        return answer

    return down
