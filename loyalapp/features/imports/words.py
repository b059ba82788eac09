"""The words by which lists in three languages name their columns, and what they write for "none", "total", a title.

Every word is compared after `textkeys.norm`, so that ي and ی, or फ़ and फ, make no difference.
"""

from functools import cache

from loyalapp.core.textkeys import norm

# Meaning of a column → what its header may say. The longest phrase wins, then the order of this table.
HEADERS: dict[str, tuple[str, ...]] = {
    "birthday": (
        "birthday|birth date|date of birth|dob|d o b|bday|born",
        "تاریخ پیدائش|یوم پیدائش|پیدائش|سالگرہ|جنم دن",
        "जन्मदिन|जन्म तिथि|जन्मतिथि|जन्म तारीख|जन्म की तारीख|जन्म दिनांक|जन्म",
    ),
    "since": (
        "first deal|first sale|first purchase|first order|customer since|since|joined|joining date|member since|start date",
        "پہلا سودا|پہلی خریداری|پہلی خریداری کی تاریخ|کب سے|گاہک کب سے|آغاز",
        "पहला सौदा|पहली ख़रीद|पहली ख़रीदारी|पहली बिक्री|कब से|ग्राहक कब से|से ग्राहक",
    ),
    "email": ("e mail|email|email address|mail id|email id|e mail 1 value", "ای میل|ایمیل|برقی پتہ", "ईमेल|ई मेल|ईमेल आईडी"),
    "phone": (
        "phone|mobile|mobile no|mobile number|phone no|phone number|contact no|contact number|cell|cell no|tel|telephone|whatsapp"
        "|whatsapp no|landline|ptcl|customer phone|customer mobile|phone 1 value|phone 2 value|second phone|other phone|contact",
        "موبائل|موبائل نمبر|فون|فون نمبر|رابطہ نمبر|رابطہ|سیل|واٹس ایپ|واٹس ایپ نمبر|دوسرا فون|دوسرا نمبر|ٹیلی فون|گاہک کا فون|گاہک کا نمبر",
        "मोबाइल|मोबाइल नं|मोबाइल नंबर|मोबाईल|फ़ोन|फ़ोन नं|फ़ोन नंबर|दूसरा फ़ोन|दूसरा नंबर|संपर्क|संपर्क नंबर|व्हाट्सऐप|व्हाट्सएप|दूरभाष",
    ),
    "invoice": (
        "invoice|invoice no|invoice number|inv|inv no|bill|bill no|bill number|voucher|voucher no|receipt|receipt no",
        "بل|بل نمبر|انوائس|انوائس نمبر|رسید|رسید نمبر",
        "बिल|बिल नं|बिल नंबर|इनवॉइस|इनवॉयस|चालान|रसीद|रसीद नं",
    ),
    "date": (
        "date|sale date|date of sale|invoice date|bill date|purchase date|sold on|bought on",
        "تاریخ|فروخت کی تاریخ|خریداری کی تاریخ|بل کی تاریخ|تاریخ فروخت",
        "तारीख|तारीख़|दिनांक|तिथि|बिक्री की तारीख|बिल की तारीख|ख़रीद की तारीख",
    ),
    "currency": ("currency|cur", "کرنسی|سکہ", "मुद्रा|करेंसी"),
    "quantity": ("qty|quantity|pcs|pieces|nos|units", "تعداد|مقدار|عدد", "मात्रा|संख्या|नग|अदद"),
    "amount": (
        "amount|price|value|rate|sale amount|bill amount|net amount|total amount|amt|rs",
        "رقم|قیمت|مالیت|ریٹ|کل رقم",
        "राशि|रकम|रक़म|क़ीमत|मूल्य|दाम|कुल राशि|रेट",
    ),
    "total": (
        "total|total purchase|total purchases|total bought|total sale|total sales|total business|lifetime value",
        "کل خریداری|کل خریداری روپے|کل|ٹوٹل|مجموعی خریداری|کل کاروبار",
        "कुल ख़रीद|कुल ख़रीदारी|कुल बिक्री|कुल|टोटल|कुल कारोबार",
    ),
    "item": (
        "item|item name|product|product name|goods|description|model|particulars|article",
        "چیز|سامان|مال|پروڈکٹ|آئٹم|تفصیل|ماڈل|مصنوعات",
        "सामान|माल|वस्तु|उत्पाद|आइटम|प्रोडक्ट|विवरण|मॉडल",
    ),
    "serial": (
        "serial|serial no|serial number|imei|imei no|machine no|chassis no",
        "سیریل|سیریل نمبر|آئی ایم ای آئی|مشین نمبر",
        "सीरियल|सीरियल नं|सीरियल नंबर|मशीन नं",
    ),
    "language": ("language|lang|preferred language", "زبان", "भाषा|बोली"),
    "firm": (
        "firm|company|company name|firm name|shop|shop name|business|business name|organisation|organization"
        "|organization name|organisation name|clinic|hospital|store",
        "دکان|کمپنی|دکان کمپنی|دکان کا نام|کمپنی کا نام|ادارہ|فرم|کاروبار|ادارے کا نام",
        "फ़र्म|कंपनी|कम्पनी|दुकान|दुकान का नाम|फ़र्म का नाम|कंपनी का नाम|संस्था|प्रतिष्ठान|कारोबार",
    ),
    "trade": (
        "trade|profession|occupation|business type|job title|designation",
        "پیشہ|شعبہ|عہدہ|کام",
        "पेशा|व्यवसाय|धंधा|पद|काम",
    ),
    "title": ("title|salutation|prefix|name prefix", "القاب|خطاب", "संबोधन|उपाधि"),
    "given": ("first name|given name|forename", "پہلا نام", "पहला नाम|प्रथम नाम"),
    "family": ("last name|family name|surname", "خاندانی نام|آخری نام", "उपनाम|कुलनाम|सरनेम|अंतिम नाम"),
    "locality": ("area|locality|colony|mohalla|market|sector|town", "علاقہ|محلہ|کالونی|بازار|مارکیٹ", "इलाका|इलाक़ा|मोहल्ला|क्षेत्र|कॉलोनी|बाज़ार"),
    "place": ("city|place|district|station|location", "شہر|ضلع|مقام|جگہ", "शहर|नगर|ज़िला|जिला|स्थान|जगह"),
    "address": ("address|postal address|street|home address|customer address|full address", "پتہ|پتا|ایڈریس|گھر کا پتہ", "पता|पूरा पता|एड्रेस|ठिकाना"),
    "notes": (
        "note|notes|remark|remarks|comment|comments|memo",
        "نوٹ|نوٹس|تبصرہ|کیفیت|ریمارکس|یادداشت",
        "टिप्पणी|नोट|नोट्स|टीप|रिमार्क|अभ्युक्ति|कैफ़ियत",
    ),
    "name": (
        "name|customer|customer name|client|client name|party|party name|full name|contact name|contact person|display name|person",
        "نام|گاہک|گاہک کا نام|کسٹمر|پورا نام|پارٹی|پارٹی کا نام|خریدار|صارف",
        "नाम|ग्राहक|ग्राहक का नाम|पूरा नाम|पार्टी|पार्टी का नाम|ग्राहक नाम|क्रेता|ख़रीदार",
    ),
    "leave": (
        "no|s no|sr no|sr|sn|row|id|sl no|sl",
        "نمبر|نمبر شمار|شمار|سلسلہ|سلسلہ نمبر|نمبر سلسلہ",
        "क्रमांक|क्रम|क्र|क्र सं|क्रम संख्या|क्रम सं|नं|नंबर|सं",
    ),
}
NONE = (
    "nil|nill|n/a|na|none|null|no|not available|not known|unknown|not applicable|nahi|nahin|nahi hai|nahin hai",
    "نہیں|نہیں ہے|کچھ نہیں|کوئی نہیں|معلوم نہیں|نامعلوم|ندارد|نا معلوم|دستیاب نہیں",
    "नहीं|नहीं है|कुछ नहीं|नही|नही है|कोई नहीं|मालूम नहीं|पता नहीं|अज्ञात|उपलब्ध नहीं|शून्य",
)
TOTALS = (
    "total|grand total|sub total|subtotal|sum|totals|net total|g total",
    "کل|کل رقم|کل میزان|میزان|ٹوٹل|مجموعہ|کل خریداری|کل تعداد",
    "कुल|कुल योग|योग|जोड़|टोटल|महायोग|कुल राशि",
)
# A form of address before the name → as it is said. The dot and the letter case do not matter.
TITLES_BEFORE = (
    "mr|mrs|ms|miss|dr|doctor|prof|professor|engr|adv|advocate|haji|hajji|hafiz|maulana|mufti|qari|capt|captain|major|justice"
    "|madam|mst|m s|messrs|smt|shri|shrimati|kumari|pt|pandit|janab|mohtarma",
    "جناب|محترم|محترمہ|ڈاکٹر|پروفیسر|انجینئر|حاجی|حاجن|حافظ|مولانا|مفتی|قاری|ایڈووکیٹ|کیپٹن|کرنل|میجر|مسز|مسٹر|مس|سیٹھ|ماسٹر|شری|شریمتی",
    "श्री|श्रीमती|श्रीमान|सुश्री|कुमारी|डॉ|डा|डॉक्टर|प्रो|प्रोफ़ेसर|इंजी|इंजीनियर|हाजी|हाफ़िज़|मौलाना|पंडित|पं|एडवोकेट|अधिवक्ता|कैप्टन|कर्नल|मेजर"
    "|सेठ|मास्टर|मि|मिस्टर|मिसेज़|जनाब|मोहतरमा",
)
TITLES_AFTER = (
    "sahab|sahib|saheb|sb|sahiba|ji|bhai|bhai sahab",
    "صاحب|صاحبہ|صاحبه|جی|بھائی صاحب",
    "जी|साहब|साहिब|साहिबा|भाई साहब",
)
LANGUAGES = {
    "ur": "ur|urd|urdu|اردو|उर्दू|pk",
    "hi": "hi|hin|hindi|हिन्दी|हिंदी|ہندی|देवनागरी",
    "en": "en|eng|english|انگریزی|انگلش|अंग्रेज़ी|अंग्रेजी|इंग्लिश",
    "ur-Latn": "roman urdu|urdu roman|ur latn|roman|رومن اردو|رومن|रोमन उर्दू|रोमन",
    "hi-Latn": "hinglish|roman hindi|hindi roman|hi latn|हिंग्लिश|हिन्ग्लिश|रोमन हिन्दी|रोमन हिंदी|ہنگلش",
}
SIGNS = frozenset(["-", "--", "---", "----", "—", "–", "_", ".", "..", "...", "…", "/", "//", "*", "**", "?", "??", "???", "#n/a", "n/a", "x", "xx", "0"])
LONGEST_NONE = 20


def plain_key(text: str) -> str:
    """A header or a short word without punctuation, in one spelling."""
    return norm(text.replace("#", " no "))


def _set(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain_key(word) for line in phrases for word in line.split("|")) - {""}


@cache
def headers() -> dict[str, str]:
    """Every phrase of `HEADERS` by its key; an earlier meaning keeps a phrase that two could have."""
    found: dict[str, str] = {}
    for meaning, lines in HEADERS.items():
        for phrase in _set(lines):
            found.setdefault(phrase, meaning)
    return found


@cache
def totals() -> frozenset[str]:
    """Words that stand in a total row."""
    return _set(TOTALS)


@cache
def titles_before() -> frozenset[str]:
    """Forms of address that stand before a name."""
    return _set(TITLES_BEFORE)


@cache
def titles_after() -> frozenset[str]:
    """Forms of address that stand after a name."""
    return _set(TITLES_AFTER)


@cache
def last_words_after() -> frozenset[str]:
    """The last word of each of them."""
    return frozenset(phrase.split()[-1] for phrase in titles_after())


@cache
def languages() -> dict[str, str]:
    """How lists write a language → its code."""
    return {plain_key(word): code for code, words in LANGUAGES.items() for word in words.split("|")}


@cache
def _none_words() -> frozenset[str]:
    """As they are written, with the letters of an Arabic keyboard too: this is asked of every cell of a long list."""
    found = {word for line in NONE for word in line.split("|")}
    found |= {word.replace("ہ", "ه").replace("ی", "ي").replace("ک", "ك") for word in found}
    return frozenset(found | {word + mark for word in found for mark in ".۔।"} | SIGNS | {""})


def is_none(text: str) -> bool:
    """Whether the cell says in words or by a sign that there is nothing."""
    return len(text) <= LONGEST_NONE and text.casefold() in _none_words()
