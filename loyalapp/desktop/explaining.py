"""What `launcher.py --help` and its errors say, in three languages; standard library only."""

import argparse
from collections.abc import Sequence
from typing import Any

from loyalapp.desktop.words import chosen_language

WORDS: dict[str, dict[str, str]] = {
    "Start LoyalApp; the first start sets it up.": {
        "ur": "LoyalApp کھولیں؛ پہلی بار میں اس کے حصے بھی لگ جاتے ہیں۔",
        "hi": "LoyalApp खोलें; पहली बार में उसके हिस्से भी लग जाते हैं।",
    },
    "a list of customers or a .loyalplugin file to open": {
        "ur": "گاہکوں کی فہرست یا \u200e.loyalplugin فائل جو کھولنی ہو",
        "hi": "ग्राहकों की लिस्ट या .loyalplugin फ़ाइल जो खोलनी हो",
    },
    "open in the browser instead of a window": {
        "ur": "کھڑکی کے بجائے براؤزر میں کھولیں",
        "hi": "विंडो की जगह ब्राउज़र में खोलें",
    },
    "Urdu, Hindi or English": {"ur": "اردو، ہندی یا انگریزی", "hi": "उर्दू, हिन्दी या अंग्रेज़ी"},
    "where your data lies (else your own data folder)": {
        "ur": "آپ کا ڈیٹا کس فولڈر میں ہے (نہ لکھیں تو آپ کا اپنا ڈیٹا فولڈر)",
        "hi": "आपका डेटा किस फ़ोल्डर में है (न लिखें तो आपका अपना डेटा फ़ोल्डर)",
    },
    "start without plugins": {"ur": "پلگ اِن کے بغیر کھولیں", "hi": "बिना प्लगइन के खोलें"},
    "set up from this folder of wheels, without the internet": {
        "ur": "انٹرنیٹ کے بغیر، حصے اس فولڈر سے لگائیں",
        "hi": "बिना इंटरनेट के, हिस्से इस फ़ोल्डर से लगाएँ",
    },
    "only make the folder of wheels for --offline, then end": {
        "ur": "صرف --offline کے لیے حصوں کا فولڈر بنائیں",
        "hi": "सिर्फ़ --offline के लिए हिस्सों का फ़ोल्डर बनाएँ",
    },
    # What argparse says itself.
    "usage: ": {"ur": "یوں لکھیں: ", "hi": "ऐसे लिखें: "},
    "positional arguments": {"ur": "کیا کھولنا ہے", "hi": "क्या खोलना है"},
    "options": {"ur": "ساتھ یہ بھی لکھ سکتے ہیں", "hi": "साथ में यह भी लिख सकते हैं"},
    "show this help message and exit": {"ur": "صرف یہ مدد دکھائیں", "hi": "सिर्फ़ यह मदद दिखाएँ"},
    "%(prog)s: error: %(message)s\n": {
        "ur": "%(prog)s: یہ نہیں ہو سکا: %(message)s\n",
        "hi": "%(prog)s: यह नहीं हो सका: %(message)s\n",
    },
    "argument %(argument_name)s: %(message)s": {
        "ur": "%(argument_name)s کے ساتھ: %(message)s",
        "hi": "%(argument_name)s के साथ: %(message)s",
    },
    "invalid choice: %(value)r (choose from %(choices)s)": {
        "ur": "%(value)r نہیں، ان میں سے ایک لکھیں: %(choices)s",
        "hi": "%(value)r नहीं, इनमें से एक लिखें: %(choices)s",
    },
    "expected one argument": {"ur": "کچھ لکھنا باقی ہے", "hi": "कुछ लिखना बाक़ी है"},
    "unrecognized arguments: %s": {"ur": "یہ یہاں نہیں چلتا: %s", "hi": "यह यहाँ नहीं चलता: %s"},
    "ignored explicit argument %r": {"ur": "%r نہیں لکھا جاتا", "hi": "%r नहीं लिखा जाता"},
}


class Reader(argparse.ArgumentParser):
    """A reader of options that explains itself in the language of this computer, or the one that is asked for."""

    def __init__(self, arguments: Sequence[str], name: str, *, description: str, **wishes: Any) -> None:
        asked = [
            one.partition("=")[2] or following
            for one, following in zip(arguments, [*arguments[1:], ""], strict=False)
            if one.partition("=")[0] == "--language"
        ]
        self.language = chosen_language(*asked)
        vars(argparse)["_"] = self.said  # which it took from gettext; nobody else in the launcher reads options
        super().__init__(name, description=self.said(description), **wishes)

    def said(self, text: str) -> str:
        """A text of ours or of argparse in this language."""
        return WORDS.get(text, {}).get(self.language, text)

    def explain(self, *names: str, help: str, **wishes: Any) -> None:  # noqa: A002 -- as argparse calls it
        """Add an option, with what it is for.

        :raises KeyError: for a text that is not among the words.
        """
        self.add_argument(*names, help=WORDS[help].get(self.language, help), **wishes)
