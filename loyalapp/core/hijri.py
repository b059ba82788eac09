"""The Islamic date of a day, as it is expected here: the moon is seen a day later than the tables of Umm al-Qura say.

It is shown beside the Gregorian one where the firm wishes that, and can be set a day or two earlier or later, since
nobody can compute who will see the moon.
"""

from datetime import date, timedelta
from functools import lru_cache

_SEEN_LATER = 1  # days after the tables (reference: Eid al-Fitr in Pakistan and India, 2023 to 2026)
FIRST, LAST = date(1924, 9, 1), date(2077, 10, 1)  # what the tables know, and some days to spare
SHIFTS = ("-1", "0", "1", "2")  # days later than is expected here
MONTHS = {
    "ur": "محرم صفر ربیع‌الاول ربیع‌الثانی جمادی‌الاول جمادی‌الثانی رجب شعبان رمضان شوال ذوالقعدہ ذوالحجہ",
    "hi": "मुहर्रम सफ़र रबीउल-अव्वल रबीउस-सानी जुमादल-अव्वल जुमादस-सानी रजब शाबान रमज़ान शव्वाल ज़ीक़ादा ज़िलहिज्जा",
    "en": "Muharram Safar Rabi-al-awwal Rabi-al-thani Jumada-al-awwal Jumada-al-thani Rajab Shaban Ramadan Shawwal"
    " Dhul-Qadah Dhul-Hijjah",
}
_YEAR = {"ur": "{}ھ", "hi": "{} हिजरी", "en": "{} AH"}


@lru_cache(512)
def of_day(day: date, shift: int = 0) -> tuple[int, int, int] | None:
    """Year, month and day of the Islamic calendar; None for a day that the tables do not know.

    :param shift: how many days later than expected the months begin.
    """
    if not FIRST <= day <= LAST:
        return None
    from hijridate import Gregorian  # noqa: PLC0415 -- slow import, and few wish it

    computed = Gregorian.fromdate(day - timedelta(days=_SEEN_LATER + shift)).to_hijri()
    return computed.year, computed.month, computed.day


def in_words(day: date, language: str, shift: int = 0) -> str:
    """ "16 رمضان 1447ھ", "16 Ramadan 1447 AH"; "" for a day that the tables do not know."""
    found = of_day(day, shift)
    if found is None:
        return ""
    year, month, number = found
    name = MONTHS[language].split()[month - 1].replace("\u200c", " ")
    if language == "en":
        name = name.replace("-al-", " al-")
    return f"{number} {name} {_YEAR[language].format(year)}"
