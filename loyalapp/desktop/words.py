"""The few sentences a start must say before the catalogues can be read, in three languages; standard library only."""

import locale
import os

LANGUAGES = ("ur", "hi", "en")

# Set for a program in the browser whose window is still being fetched: it need not say why there is none yet.
WINDOW_COMES = "LOYALAPP_WINDOW_COMES"

SENTENCES: dict[str, dict[str, str]] = {
    "setting_up": {
        "ur": "LoyalApp پہلی بار تیار ہو رہی ہے: ایک ہی بار تقریباً %(megabytes)s میگابائٹ آئیں گے۔",
        "hi": "LoyalApp पहली बार तैयार हो रहा है: एक ही बार लगभग %(megabytes)s मेगाबाइट डाउनलोड होंगे।",
        "en": "LoyalApp sets itself up for the first time: about %(megabytes)s megabytes are fetched, once.",
    },
    "setting_up_offline": {
        "ur": "LoyalApp فولڈر %(folder)s سے تیار ہو رہی ہے (%(megabytes)s میگابائٹ، انٹرنیٹ کے بغیر)۔",
        "hi": "LoyalApp फ़ोल्डर %(folder)s से तैयार हो रहा है (%(megabytes)s मेगाबाइट, बिना इंटरनेट के)।",
        "en": "LoyalApp sets itself up from the folder %(folder)s (%(megabytes)s megabytes, without the internet).",
    },
    "waiting": {
        "ur": "LoyalApp ایک دوسری جگہ پہلے سے تیار ہو رہی ہے؛ اس کا انتظار ہے۔",
        "hi": "LoyalApp दूसरी जगह पहले से तैयार हो रहा है; उसका इंतज़ार है।",
        "en": "LoyalApp is already being set up elsewhere; waiting for it.",
    },
    "step": {
        "ur": "  %(number)s / %(total)s: %(name)s",
        "hi": "  %(number)s / %(total)s: %(name)s",
        "en": "  %(number)s of %(total)s: %(name)s",
    },
    "trying_again": {
        "ur": "رابطہ ٹوٹ گیا۔ %(seconds)s سیکنڈ بعد دوبارہ کوشش ہوگی؛ جو آ چکا ہے وہ محفوظ ہے۔",
        "hi": "कनेक्शन टूट गया। %(seconds)s सेकंड बाद फिर कोशिश होगी; जो आ चुका है वह सुरक्षित है।",
        "en": "The connection broke. Trying again in %(seconds)s seconds; what has arrived is kept.",
    },
    "gave_up": {
        "ur": "انٹرنیٹ ابھی ساتھ نہیں دے رہا۔ بعد میں LoyalApp دوبارہ چلائیں: کام وہیں سے آگے بڑھے گا جہاں رکا تھا۔",
        "hi": "इंटरनेट अभी साथ नहीं दे रहा। बाद में LoyalApp फिर चलाएँ: काम वहीं से आगे बढ़ेगा जहाँ रुका था।",
        "en": "The internet does not answer just now. Start LoyalApp again later: it goes on where it stopped.",
    },
    "no_fitting_file": {
        "ur": "%(name)s اس کمپیوٹر کے لیے نہیں ملا؛ تفصیل اس فائل میں ہے: %(file)s",
        "hi": "%(name)s इस कंप्यूटर के लिए नहीं मिला; पूरी बात इस फ़ाइल में है: %(file)s",
        "en": "%(name)s could not be found for this computer; the details are in the file %(file)s",
    },
    "no_venv": {
        "ur": "LoyalApp کو سسٹم کا ایک اور پیکج چاہیے: پہلے sudo apt install python3-venv چلائیں، پھر LoyalApp۔",
        "hi": "LoyalApp को सिस्टम का एक और पैकेज चाहिए: पहले sudo apt install python3-venv चलाएँ, फिर LoyalApp।",
        "en": "LoyalApp needs one more package of the system: run sudo apt install python3-venv, then start LoyalApp again.",
    },
    "no_such_folder": {
        "ur": "فولڈر %(folder)s نہیں ملا۔ اس کا درست نام لکھ کر دوبارہ چلائیں۔",
        "hi": "फ़ोल्डर %(folder)s नहीं मिला। उसका सही नाम लिखकर फिर चलाएँ।",
        "en": "There is no folder %(folder)s. Please start again with its right name.",
    },
    "fetched": {
        "ur": "سب کچھ %(folder)s میں ہے۔ اس فولڈر کے ساتھ LoyalApp انٹرنیٹ کے بغیر بھی تیار ہو جاتی ہے: --offline",
        "hi": "सब कुछ %(folder)s में है। इस फ़ोल्डर के साथ LoyalApp बिना इंटरनेट के भी तैयार हो जाता है: --offline",
        "en": "Everything is in %(folder)s. With this folder LoyalApp sets itself up without the internet: --offline",
    },
    "window_comes": {
        "ur": "اب کھڑکی کے حصے آ رہے ہیں (تقریباً %(megabytes)s میگابائٹ)۔",
        "hi": "अब विंडो के हिस्से आ रहे हैं (लगभग %(megabytes)s मेगाबाइट)।",
        "en": "Now the parts of the window are fetched (about %(megabytes)s megabytes).",
    },
    "meanwhile": {
        "ur": "اس دوران LoyalApp براؤزر میں استعمال کی جا سکتی ہے۔",
        "hi": "तब तक LoyalApp ब्राउज़र में इस्तेमाल किया जा सकता है।",
        "en": "Until they are here, LoyalApp can be used in the browser.",
    },
    "no_window_parts": {
        "ur": "کھڑکی کے حصے نہیں آ سکے، اس لیے LoyalApp براؤزر میں کھلتی ہے؛ اگلی بار پھر کوشش ہوگی۔",
        "hi": "विंडो के हिस्से नहीं आ सके, इसलिए LoyalApp ब्राउज़र में खुलता है; अगली बार फिर कोशिश होगी।",
        "en": "The parts of the window could not be fetched, so LoyalApp opens in the browser; the next start tries again.",
    },
    "folder_not_writable": {
        "ur": "LoyalApp فولڈر %(folder)s میں کچھ لکھ نہیں سکتی۔ اس میں لکھنے کی اجازت لیں یا --data-dir سے دوسرا فولڈر چنیں۔",
        "hi": "LoyalApp फ़ोल्डर %(folder)s में कुछ लिख नहीं सकता। उसमें लिखने की इजाज़त लें या --data-dir से दूसरा फ़ोल्डर चुनें।",
        "en": "LoyalApp cannot write in the folder %(folder)s. Ask for the right to write there, or choose another with --data-dir.",
    },
    "folder_full": {
        "ur": "ڈسک پر جگہ ختم ہو گئی ہے (%(folder)s)۔ کچھ جگہ خالی کریں، پھر LoyalApp دوبارہ چلائیں؛ آپ کا ڈیٹا محفوظ ہے۔",
        "hi": "डिस्क पर जगह खत्म हो गई है (%(folder)s)। कुछ जगह खाली करें, फिर LoyalApp दोबारा चलाएँ; आपका डेटा सुरक्षित है।",
        "en": "The disk is full (%(folder)s). Free some space, then start LoyalApp again; your data is safe.",
    },
    "already_running": {
        "ur": "LoyalApp پہلے سے چل رہی ہے؛ وہ سامنے آ گئی ہے۔",
        "hi": "LoyalApp पहले से चल रहा है; वह सामने आ गया है।",
        "en": "LoyalApp is already running; it was brought to the front.",
    },
    "already_running_file": {
        "ur": "LoyalApp پہلے سے چل رہی ہے؛ فائل %(file)s اس میں کھل رہی ہے۔",
        "hi": "LoyalApp पहले से चल रहा है; फ़ाइल %(file)s उसमें खुल रही है।",
        "en": "LoyalApp is already running; the file %(file)s opens there.",
    },
    "already_serving": {
        "ur": "LoyalApp اس ڈیٹا کے ساتھ پہلے سے چل رہی ہے؛ اس کا پتا یہ ہے۔",
        "hi": "LoyalApp इस डेटा के साथ पहले से चल रहा है; उसका पता यह है।",
        "en": "LoyalApp is already running with this data; this is its address.",
    },
    "does_not_answer": {
        "ur": "LoyalApp پہلے سے چل رہی ہے مگر جواب نہیں دیتی۔ اسے بند کریں یا کمپیوٹر دوبارہ چلائیں، پھر کوشش کریں۔",
        "hi": "LoyalApp पहले से चल रहा है पर जवाब नहीं देता। उसे बंद करें या कंप्यूटर फिर चालू करें, फिर कोशिश करें।",
        "en": "LoyalApp is already running but does not answer. Close it or restart the computer, then try again.",
    },
    "no_such_file": {
        "ur": "فائل %(file)s نہیں ملی۔ دیکھ لیں کہ نام درست ہے، پھر دوبارہ کوشش کریں۔",
        "hi": "फ़ाइल %(file)s नहीं मिली। देख लें कि नाम सही है, फिर कोशिश करें।",
        "en": "There is no file %(file)s. Check the name, then try again.",
    },
    "loopback_only": {
        "ur": "پتا %(host)s قبول نہیں: جب تک لاگ اِن نہیں بنتے، LoyalApp صرف اسی کمپیوٹر کے لیے کھلتی ہے (127.0.0.1)۔",
        "hi": "पता %(host)s नहीं चलेगा: जब तक लॉगिन नहीं बनते, LoyalApp सिर्फ़ इसी कंप्यूटर के लिए खुलता है (127.0.0.1)।",
        "en": "The address %(host)s is refused: until logins exist, LoyalApp opens to this computer only (127.0.0.1).",
    },
    "port_taken": {
        "ur": "پورٹ %(port)s پر کوئی اور پروگرام چل رہا ہے۔ --port سے دوسرا نمبر دیں، یا 0 لکھیں تو خالی پورٹ چن لیا جائے گا۔",
        "hi": "पोर्ट %(port)s पर कोई और प्रोग्राम चल रहा है। --port से दूसरा नंबर दें, या 0 लिखें तो खाली पोर्ट चुन लिया जाएगा।",
        "en": "Another program uses port %(port)s. Give another number with --port, or 0 for a free one.",
    },
    "no_parts": {
        "ur": "کھڑکی نہیں کھل سکتی: اس کے حصے نصب نہیں ہیں۔ launcher.py سے چلائیں تو وہ آ جائیں گے۔",
        "hi": "विंडो नहीं खुल सकती: उसके हिस्से इंस्टॉल नहीं हैं। launcher.py से चलाएँ तो वे आ जाएँगे।",
        "en": "No window: its parts are not installed. Starting with launcher.py fetches them.",
    },
    "no_display": {
        "ur": "کھڑکی نہیں کھل سکتی: یہاں کوئی اسکرین نہیں۔ کھڑکی کے لیے LoyalApp کو ڈیسک ٹاپ سے چلائیں۔",
        "hi": "विंडो नहीं खुल सकती: यहाँ कोई स्क्रीन नहीं है। विंडो के लिए LoyalApp को डेस्कटॉप से चलाएँ।",
        "en": "No window: there is no screen here. For a window, start LoyalApp from the desktop.",
    },
    "no_libraries": {
        "ur": "کھڑکی نہیں کھل سکتی: سسٹم کے کچھ حصے نہیں ہیں (%(what)s)۔ یہ چلائیں: sudo apt install %(packages)s",
        "hi": "विंडो नहीं खुल सकती: सिस्टम के कुछ हिस्से नहीं हैं (%(what)s)। यह चलाएँ: sudo apt install %(packages)s",
        "en": "No window: parts of the system are missing (%(what)s). Please run: sudo apt install %(packages)s",
    },
    "no_webview2": {
        "ur": "کھڑکی نہیں کھل سکتی: اس کمپیوٹر پر Microsoft Edge WebView2 نہیں ہے۔ اسے مائیکروسافٹ سے نصب کریں۔",
        "hi": "विंडो नहीं खुल सकती: इस कंप्यूटर पर Microsoft Edge WebView2 नहीं है। उसे माइक्रोसॉफ़्ट से इंस्टॉल करें।",
        "en": "No window: this computer lacks Microsoft Edge WebView2. Please install it from Microsoft.",
    },
    "in_browser": {
        "ur": "LoyalApp آپ کے براؤزر میں کھل گئی ہے۔ بند کرنے کے لیے یہاں Ctrl+C دبائیں۔",
        "hi": "LoyalApp आपके ब्राउज़र में खुल गया है। बंद करने के लिए यहाँ Ctrl+C दबाएँ।",
        "en": "LoyalApp is open in your browser. To close it, press Ctrl+C here.",
    },
    "no_browser": {
        "ur": "کوئی براؤزر نہیں ملا۔ یہ پتا کسی براؤزر میں کھولیں؛ بند کرنے کے لیے Ctrl+C دبائیں۔",
        "hi": "कोई ब्राउज़र नहीं मिला। यह पता किसी ब्राउज़र में खोलें; बंद करने के लिए Ctrl+C दबाएँ।",
        "en": "No browser was found. Open this address in one; to close LoyalApp, press Ctrl+C.",
    },
    "opening": {
        "ur": "LoyalApp کھل رہی ہے…",
        "hi": "LoyalApp खुल रहा है…",
        "en": "LoyalApp is opening…",
    },
    "start_hangs": {
        "ur": "پلگ اِن %(name)s نے LoyalApp کو کھلنے سے روکے رکھا۔ اب LoyalApp اس کے بغیر کھل رہی ہے؛ آپ کا ڈیٹا محفوظ ہے۔",
        "hi": "प्लगइन %(name)s ने LoyalApp को खुलने से रोके रखा। अब LoyalApp उसके बिना खुल रहा है; आपका डेटा सुरक्षित है।",
        "en": "The plugin %(name)s kept LoyalApp from opening. LoyalApp now opens without it; your data is safe.",
    },
    "start_failed": {
        "ur": "LoyalApp نہیں کھل سکی؛ آپ کا ڈیٹا محفوظ ہے۔ ہمیں یہ نمبر بتائیں: %(number)s (تفصیل: %(file)s)",
        "hi": "LoyalApp नहीं खुल सका; आपका डेटा सुरक्षित है। हमें यह नंबर बताएँ: %(number)s (पूरी बात: %(file)s)",
        "en": "LoyalApp could not open; your data is safe. Please tell us this number: %(number)s (details: %(file)s)",
    },
}


def chosen_language(*wishes: str | None) -> str:
    """The first wish that is one of ours, else the language of the system, else English."""
    system = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    for wish in (*wishes, *system, locale.getlocale()[0]):
        if (short := (wish or "")[:2].lower()) in LANGUAGES:
            return short
    return "en"


def sentence(key: str, language: str, **values: object) -> str:
    """One sentence with its values; in Urdu it runs from the right, and each value is isolated."""
    text = SENTENCES[key][language]
    if language == "ur":
        return "\u200f" + text % {name: f"\u2068{value}\u2069" for name, value in values.items()}
    return text % values
