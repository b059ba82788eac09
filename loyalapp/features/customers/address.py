"""How a customer is addressed with respect, in his own language, as the salesman says it (practice E2)."""

import re

# Forms that stand behind the name; every other form stands in front of it.
BEHIND = frozenset({
    "صاحب", "صاحبہ", "بھائی", "بھائی جان", "باجی", "آپا", "جی", "خان صاحب", "بیگم",
    "जी", "साहब", "साहिब", "भाई", "भाई साहब", "भैया", "दीदी", "मैडम", "सर", "बहन जी",
    "sahib", "sahiba", "sahab", "bhai sahab", "sb", "ji", "bhai", "madam", "sir", "baji",
})  # fmt: skip

SUGGESTED = {
    "ur": ("صاحب", "صاحبہ", "جناب", "محترمہ", "ڈاکٹر صاحب", "ڈاکٹر صاحبہ", "حاجی صاحب", "بھائی", "باجی", "استاد"),
    "hi": ("जी", "श्री", "श्रीमती", "डॉ.", "भाई साहब", "मैडम", "सर", "मास्टर जी"),
    "en": ("Mr", "Mrs", "Ms", "Dr", "Haji", "Sir", "Madam"),
    "ur-Latn": ("Sahib", "Sahiba", "Janab", "Dr", "Haji", "Bhai"),
    "hi-Latn": ("ji", "Shri", "Shrimati", "Dr", "Bhai sahab", "Madam", "Sir"),
}

ARABIC = re.compile("[\u0600-\u06ff]")
DEVANAGARI = re.compile("[\u0900-\u097f]")


def script_of(text: str) -> str:
    """`ur`, `hi` or `en`: the language whose script the text is written in."""
    if ARABIC.search(text):
        return "ur"
    return "hi" if DEVANAGARI.search(text) else "en"


def with_respect(name: str, form: str | None) -> str:
    """The name with its form of address on the right side: `جناب عمران`, `عمران صاحب`, `حاجی طارق صاحب`, `Mr Imran`."""
    form = " ".join((form or "").split())
    if not form or form in name.split():
        return name
    if form.casefold() in BEHIND:
        return f"{name} {form}"
    front, _space, behind = form.rpartition(" ")
    if front and behind.casefold() in BEHIND:
        return f"{name} {behind}" if front in name.split() else f"{front} {name} {behind}"
    return f"{form} {name}"
