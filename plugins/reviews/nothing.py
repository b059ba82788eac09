"""Answers that say nothing: "no", "nothing", "کچھ نہیں", "नहीं"; nothing is made of them by itself."""

from functools import cache

from loyalapp import sdk

# Whole answers, in the five message languages; punctuation and the way a letter is typed do not matter.
WHOLE = (
    *(
        "no",
        "no no",
        "none",
        "nothing",
        "no nothing",
        "nothing at all",
        "nothing else",
        "nothing special",
        "nothing now",
    ),
    *("nothing really", "not really", "not now", "not yet", "nope", "nil", "na", "n a", "no thanks", "no thank you"),
    *("no need", "dont know", "do not know", "i dont know", "never", "nobody", "no one", "no idea", "all good"),
    *(
        "نہیں",
        "نہیں نہیں",
        "نہیں جی",
        "جی نہیں",
        "نہ",
        "نہ جی",
        "کچھ نہیں",
        "نہیں کچھ نہیں",
        "جی کچھ نہیں",
        "کچھ بھی نہیں",
    ),
    *("کچھ خاص نہیں", "کوئی خاص نہیں", "کوئی نہیں", "اور کچھ نہیں", "ابھی نہیں", "ابھی کچھ نہیں", "فی الحال نہیں"),
    *(
        "فی الحال کچھ نہیں",
        "فلحال نہیں",
        "ضرورت نہیں",
        "کوئی ضرورت نہیں",
        "معلوم نہیں",
        "پتہ نہیں",
        "پتا نہیں",
        "کبھی نہیں",
    ),
    *("سب ٹھیک ہے", "سب ٹھیک", "کچھ نہیں چاہیے"),
    *("नहीं", "नही", "नहीं नहीं", "नहीं जी", "जी नहीं", "ना", "ना जी", "कुछ नहीं", "कुछ नही", "नहीं कुछ नहीं", "जी कुछ नहीं"),
    *("कुछ भी नहीं", "कुछ ख़ास नहीं", "कोई ख़ास नहीं", "कोई नहीं", "और कुछ नहीं", "अभी नहीं", "अभी कुछ नहीं", "फ़िलहाल नहीं"),
    *("फ़िलहाल कुछ नहीं", "ज़रूरत नहीं", "कोई ज़रूरत नहीं", "मालूम नहीं", "पता नहीं", "कभी नहीं", "सब ठीक है", "सब ठीक"),
    *("कुछ नहीं चाहिए",),
)
# Roman Urdu and Hindi, written in many ways: "nahi", "nahin", "nahee", "nai"; "kuch", "kuchh".
NO = ("nahi", "nahin", "nahee", "nai", "nhi", "nahi hai", "nahin hai")
BEFORE = ("", "ji", "kuch", "kuchh", "kuch bhi", "kuchh bhi", "kuch khas", "kuch khaas", "koi", "aur kuch", "abhi")
MORE = (
    "abhi kuch",
    "filhal",
    "filhaal",
    "filhal kuch",
    "zaroorat",
    "zarurat",
    "koi zaroorat",
    "pata",
    "maloom",
    "kabhi",
)


def says_nothing(text: str) -> bool:
    """Whether an answer is empty, only dots and dashes, or a plain no."""
    return sdk.norm(text) in _whole()


@cache
def _whole() -> frozenset[str]:
    roman = (f"{before} {no}" for before in (*BEFORE, *MORE) for no in NO)
    polite = (f"{no} ji" for no in NO)
    return frozenset(("", *map(sdk.norm, (*WHOLE, *roman, *polite, "sab theek hai", "sab thik hai"))))
