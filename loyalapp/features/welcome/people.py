"""Who is in the example data: people one could meet in any market, each with something to do today or soon."""

from loyalapp.features.welcome.examples import Person

PEOPLE = (
    Person(
        "imran", "عمران صدیقی", "عمران صدیقی", "इमरान सिद्दीक़ी", "صاحب", "الصدیق گارمنٹس", "گارمنٹس", "لاہور", "شاہدرہ", "ur",
        birthday_in=1, since_ago=6 * 365, fact="18 کاریگر ہیں، فروری سے دوسری ورکشاپ بھی ہے۔",
        hush="بھائی کے ساتھ والی پرانی دکان۔ پچھلے سال الگ ہو گئے تھے۔",
        bought=((21, "اوورلاک مشین 747", 185000), (420, "سلائی مشین JK-8700", 96000), (900, "سلائی مشین JK-8700", 88000)),
        has=(("اوورلاک مشین 747", "OL-747-2231", 18, None, None), ("سلائی مشین JK-8700", "JK-55120", None, 75, None)),
        talked=((1, "call", "customer", "ہفتے کو آرڈر جانا ہے، اور مشین کھڑی ہے۔"), (12, "visit", "us", "دو ہفتے ٹھیک چلی۔")),
        worth=(3, "کئی نئے گاہک انہی کی سفارش سے آئے، اور مشین کے بارے میں ان کا مشورہ پکا ہوتا ہے۔"),
        size="middle", reached=("whatsapp", "شام 4 بجے کے بعد"), tags=("تھوک", "گارمنٹس"), own_fact="قسط ہمیشہ مہینے کے پہلے ہفتے میں دیتے ہیں۔",
        days=(("", "birthday_of_firm", 20), ("بیٹی کی شادی", "own", 45)),
        needs=((12, "دوسری ورکشاپ کے لیے ایک اور اوورلاک چاہیے ہو گی، عید سے پہلے۔", "اوورلاک مشین"),), kept=((5, "پھندے کی سوئیاں بھجوانی ہیں"),),
    ),
    Person(
        "sunita", "सुनीता शर्मा", "سنیتا شرما", "सुनीता शर्मा", "जी", "सुनीता बुटीक", "बुटीक", "पुणे", "कोथरुड", "hi",
        since_ago=3 * 365 + 40, fact="बेटी इस साल कॉलेज गई है।",
        bought=((60, "भाप वाली इस्तरी", 14500), (500, "सिलाई मशीन JK-8700", 42000)),
        talked=((2, "call", "customer", "भाप वाली इस्तरी का रेट आज शाम तक बता दीजिए।"),),
        promised=((0, "भाप वाली इस्तरी का रेट बताना है"),),
        size="small", reached=("call", "दोपहर के बाद"), tags=("बुटीक",),
    ),
    Person(
        "gurpreet", "Gurpreet Kaur", "گرپریت کور", "गुरप्रीत कौर", "Ms", "Kaur Uniforms", "uniforms", "Pune", "Hadapsar", "en",
        since_ago=800, fact="School orders come in March and June.",
        bought=((9, "Sewing machine JK-8700", 126000), (380, "Cutting table", 31000)),
        has=(("Sewing machine JK-8700", "JK-90417", 356, None, None),),
        talked=((30, "visit", "us", "We may open a second hall if the school contract comes through."),),
        needs=((30, "A second cutting table for the new hall, if the contract comes.", "Cutting table"),), offered=((9, "Cutting table with a longer warranty", "later"),),
        size="middle", tags=("uniforms", "school"), insiders=(("Gurpreet Kaur", "Owner"), ("Harjit Singh", "Purchase"), ("Meena Joshi", "Accounts")),
    ),
    Person(
        "farah", "ڈاکٹر فرح خان", "ڈاکٹر فرح خان", "डॉ. फ़रह ख़ान", "", "ہنر ٹریننگ سینٹر", "تربیت", "لاہور", "گلبرگ", "ur",
        since_ago=4 * 365, fact="ہر جماعت میں بیس لڑکیاں ہیں اور کاج کی مشین ایک ہے۔",
        bought=((210, "سلائی مشین JK-8700", 96000),),
        talked=((200, "visit", "us", "آپ فون اٹھا لیتے ہیں، یہی سب سے اچھی بات ہے۔"),),
        size="small", tags=("تربیت",), insiders=(("ڈاکٹر فرح خان", "ڈاکٹر"), ("رشید", "ٹیکنیشن")), sent_by="imran",
    ),
    Person(
        "john", "John Mathew", "جان میتھیو", "जॉन मैथ्यू", "Mr", "Mathew & Sons", "tailoring", "Pune", "Deccan", "en",
        since_ago=5 * 365 + 1, fact="His first JK-8700 is still the one he likes best.",
        bought=((300, "Needles, box of 100", 1200), (1825, "Sewing machine JK-8700", 38000)),
        talked=((45, "counter", "customer", "The new counter on Laxmi Road is nearly ready."),),
        reached=("visit", "in the morning"), tags=("tailoring",),
    ),
    Person(
        "nadeem", "ندیم انور", "ندیم انور", "नदीम अनवर", "بھائی", "انور ٹیلرز", "ٹیلر", "لاہور", "انارکلی", "ur-Latn",
        since_ago=1000, fact="چائے بغیر چینی کے پیتے ہیں۔",
        bought=((290, "سوئیوں کا ڈبہ", 1500), (380, "سوئیوں کا ڈبہ", 1450), (470, "دھاگا", 5200), (560, "سوئیوں کا ڈبہ", 1400)),
        talked=((290, "counter", "customer", "اگلے مہینے پھر آؤں گا۔"),),
        rests=(12, "سفر میں، دبئی"),
    ),
    Person(
        "zainab", "Zainab Shaikh", "زینب شیخ", "ज़ैनब शेख़", "Mrs", "Zainab Fashions", "fashion", "Karachi", "Saddar", "ur-Latn",
        birthday_in=3, since_ago=560,
        bought=((120, "Steam iron", 16000), (330, "Dress forms", 9000)),
        talked=((25, "whatsapp", "us", "Price list mil gayi, shukriya."),),
    ),
    Person(
        "ashok", "अशोक पाटिल", "اشوک پاٹل", "अशोक पाटिल", "श्री", "पाटिल ट्रेडर्स", "थोक", "नागपुर", "सदर", "hi",
        since_ago=2200, fact="पिताजी ने 1978 में दुकान शुरू की थी।",
        bought=((15, "बटन मशीन", 54000), (200, "धागा", 8000), (420, "धागा", 7600)),
        talked=((15, "visit", "us", "माल समय पर मिला, बस बिल की कॉपी चाहिए।"),),
        promised=((2, "बिल की कॉपी भेजनी है"),), moved_why="छपाई की मशीन बंद थी, फ़ोन पर बता दिया",
        needs=((15, "त्योहार से पहले धागे के नए रंग देखने हैं।", "धागा"),),
        size="large", tags=("थोक",), insiders=(("अशोक पाटिल", "मालिक"), ("सुरेश", "ख़रीद")),
    ),
    Person(
        "tariq", "طارق بھٹی", "طارق بھٹی", "तारिक़ भट्टी", "حاجی", "بھٹی یونیفارم", "یونیفارم", "فیصل آباد", "کچہری بازار", "ur",
        since_ago=8 * 365, fact="بیٹا اس سال میٹرک میں اول آیا۔",
        bought=((95, "کاج مشین", 210000), (460, "سلائی مشین JK-8700", 92000), (830, "سلائی مشین JK-8700", 87000)),
        has=(("کاج مشین", "KJ-3308", 270, 12, None), ("سلائی مشین JK-8700", "", None, None, 25)),
        talked=((95, "visit", "us", "سیزن سے پہلے سب مشینوں کی سروس کروا دیں۔"),),
        promised=((-1, "سروس کی تاریخ بتانی ہے"),),
    ),
    Person(
        "vikram", "Vikram Rao", "وکرم راؤ", "विक्रम राव", "Mr", "Rao Textiles", "textiles", "Bengaluru", "Chickpet", "hi-Latn",
        since_ago=430, bought=((8, "Steam iron", 15500),), talked=((8, "call", "customer", "Steam iron mil gayi, kal chalake dekhte hain."),),
    ),
    Person(
        "priya", "प्रिया गुप्ता", "پریا گپتا", "प्रिया गुप्ता", "मैडम", "गुप्ता इलेक्ट्रिक", "बिजली", "दिल्ली", "भगीरथ पैलेस", "hi",
        birthday_in=12, since_ago=365 * 2 - 5, fact="दुकान बेटी के नाम पर है।",
        bought=((180, "UPS 1000VA", 8900), (350, "बैटरी 150Ah", 14200), (540, "UPS 1000VA", 8600)),
        has=(("बैटरी 150Ah", "AH-150-771", 15, None, None),),
    ),
    Person(
        "usman", "عثمان ڈار", "عثمان ڈار", "उस्मान डार", "صاحب", "عائشہ الیکٹرک اسٹور", "الیکٹرک", "گوجرانوالہ", "سیالکوٹ روڈ", "ur",
        since_ago=30, stage="prospect", fact="ابھی دوسری دکان سے لیتے ہیں، پہنچ میں دیر کی شکایت ہے۔",
        talked=((30, "visit", "us", "پہلے آپ ایک بار وقت پر پہنچا کر دکھائیں۔"),),
        sent_by="tariq", tags=("الیکٹرک",),
    ),
)  # fmt: skip
# Which of the suggested groups of their trade their products belong to.
GROUPS = {
    0: (
        "سلائی مشین JK-8700",
        "सिलाई मशीन JK-8700",
        "Sewing machine JK-8700",
        "اوورلاک مشین 747",
        "बटन मशीन",
        "کاج مشین",
    ),
    3: ("سوئیوں کا ڈبہ", "دھاگا", "धागा", "Needles, box of 100"),
    4: ("Steam iron", "भाप वाली इस्तरी"),
    5: ("Cutting table", "Dress forms"),
}
