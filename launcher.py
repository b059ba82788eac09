# -*- coding: utf-8 -*-
"""Start LoyalApp: on the first start it sets itself up, then it runs the program. Standard library only."""

# This file is also read by Pythons that are too old for LoyalApp, so that they can say so in one sentence.
import os
import sys

TOO_OLD = {
    "ur": "LoyalApp کو Python 3.11 یا اس سے نیا چاہیے، یہاں %d.%d ہے۔ نیا Python نصب کریں، پھر دوبارہ چلائیں۔",
    "hi": "LoyalApp को Python 3.11 या उससे नया चाहिए, यहाँ %d.%d है। नया Python इंस्टॉल करें, फिर दोबारा चलाएँ।",
    "en": "LoyalApp needs Python 3.11 or newer, and this is %d.%d. Please install a newer Python, then start again.",
}


def is_too_old():
    """Say so, where this Python cannot run LoyalApp."""
    if sys.version_info[:2] >= (3, 11):
        return False
    asked = sys.argv[sys.argv.index("--language") + 1 :][:1] if "--language" in sys.argv else []
    wishes = asked + [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    known = [wish[:2] for wish in wishes if wish[:2] in TOO_OLD]
    print((TOO_OLD[known[0] if known else "en"]) % tuple(sys.version_info[:2]))
    return True


if __name__ == "__main__":
    if is_too_old():
        sys.exit(1)
    from loyalapp.desktop.launching import main

    sys.exit(main(sys.argv[1:]))
