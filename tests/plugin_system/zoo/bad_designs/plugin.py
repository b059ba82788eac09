"""Offers one card that can be drawn, and six that cannot."""

from pathlib import Path

from loyalapp import sdk
from loyalapp.sdk import hookimpl

HOME = Path(__file__).with_name("designs")
KEYS = ["good", "mistake", "endless", "hog", "outside", "strip", "overflow"]


@hookimpl
def card_designs():
    return [sdk.CardDesign(key, f"Zoo {key}", HOME / f"{key}.typ") for key in KEYS]
