"""Names and words of firms as people write them in English, Urdu and Hindi letters; spellings are proposed from it.

Each entry: the English spellings, the usual one first, then Urdu, then Hindi. A name of several spellings is proposed
in the one that most people use; whoever writes their own otherwise corrects it in its field.
"""

NAMES = """
Ayesha Aisha Aysha Aesha Aayesha|عائشہ|आयशा; Fatima Fatimah Faatima Fathima|فاطمہ|फ़ातिमा; Zainab Zaynab|زینب|ज़ैनब
Khadija|خدیجہ|ख़दीजा; Maryam Mariam|مریم|मरियम; Amina Aamina Ameena|آمنہ|आमिना; Sana|ثنا|सना
Samina Sameena|ثمینہ|समीना; Shabana|شبانہ|शबाना; Rukhsana|رخسانہ|रुख़साना; Nasreen Nasrin|نسرین|नसरीन
Parveen Parvin|پروین|परवीन; Shazia|شازیہ|शाज़िया; Nadia|نادیہ|नादिया; Saima|صائمہ|साइमा; Sadia|سعدیہ|सादिया
Rabia|رابعہ|राबिया; Bushra|بشریٰ|बुशरा; Farah|فرح|फ़रह; Farida Fareeda|فریدہ|फ़रीदा; Hina|حنا|हिना; Huma|ہما|हुमा
Iqra|اقرا|इक़रा; Kiran|کرن|किरण; Mehwish|مہوش|महविश; Naila|نائلہ|नाइला; Nazia|نازیہ|नाज़िया; Noor Nur|نور|नूर
Robina Rubina|روبینہ|रुबीना; Sumaira Sumera|سمیرا|सुमैरा; Tahira|طاہرہ|ताहिरा; Uzma|عظمیٰ|उज़्मा
Yasmeen Yasmin|یاسمین|यासमीन; Zahra Zehra|زہرا|ज़हरा; Begum|بیگم|बेगम; Khatoon|خاتون|ख़ातून
Bano|بانو|बानो; Muhammad Mohammad Mohammed Muhammed Mohd|محمد|मुहम्मद; Ahmed Ahmad|احمد|अहमद; Ali|علی|अली
Hassan Hasan|حسن|हसन; Hussain Hussein Husain Hussian|حسین|हुसैन; Imran|عمران|इमरान; Umar Omar|عمر|उमर
Usman Othman|عثمان|उस्मान; Abdullah|عبداللہ|अब्दुल्लाह; Abdul|عبدال|अब्दुल; Rahman Rehman|رحمٰن|रहमान
Bilal|بلال|बिलाल; Hamza|حمزہ|हमज़ा; Saeed Said Saeid|سعید|सईद; Tariq Tarique Tareq|طارق|तारिक़; Iqbal|اقبال|इक़बाल
Ghulam|غلام|ग़ुलाम; Siddiqui Siddiqi|صدیقی|सिद्दीक़ी; Khan|خان|ख़ान; Malik|ملک|मलिक; Sheikh Shaikh|شیخ|शेख़
Qureshi|قریشی|क़ुरैशी; Ansari|انصاری|अंसारी; Butt|بٹ|बट; Bhatti|بھٹی|भट्टी; Chaudhry Chaudhary Choudhry|چوہدری|चौधरी
Mirza|مرزا|मिर्ज़ा; Mughal|مغل|मुग़ल; Rana|رانا|राणा; Raja|راجہ|राजा; Syed Sayed Sayyid|سید|सैयद; Shah|شاہ|शाह
Akhtar|اختر|अख़्तर; Akram|اکرم|अकरम; Aslam|اسلم|असलम; Anwar|انور|अनवर; Arshad|ارشد|अरशद; Asad|اسد|असद
Asif|آصف|आसिफ़; Atif|عاطف|आतिफ़; Aziz|عزیز|अज़ीज़; Babar|بابر|बाबर; Danish|دانش|दानिश; Faisal Faysal|فیصل|फ़ैसल
Farhan|فرحان|फ़रहान; Farooq Faruq|فاروق|फ़ारूक़; Fahad|فہد|फ़हद; Habib|حبیب|हबीब; Hamid|حامد|हामिद
Haroon|ہارون|हारून; Hafiz|حافظ|हाफ़िज़; Ibrahim|ابراہیم|इब्राहीम; Idrees Idris|ادریس|इदरीस; Irfan|عرفان|इरफ़ान
Ismail|اسماعیل|इस्माइल; Jamal|جمال|जमाल; Jameel Jamil|جمیل|जमील; Javed Javaid Jawed|جاوید|जावेद; Junaid|جنید|जुनैद
Kamran|کامران|कामरान; Karim Kareem|کریم|करीम; Kashif|کاشف|काशिफ़; Khalid|خالد|ख़ालिद; Latif|لطیف|लतीफ़
Majid|ماجد|माजिद; Mansoor|منصور|मंसूर; Masood|مسعود|मसूद; Mehmood Mahmood|محمود|महमूद; Mubashir|مبشر|मुबश्शिर
Mustafa|مصطفیٰ|मुस्तफ़ा; Nadeem|ندیم|नदीम; Naeem|نعیم|नईम; Naseem|نسیم|नसीम; Nasir|ناصر|नासिर; Naveed|نوید|नवेद
Nawaz|نواز|नवाज़; Pervaiz Parvez|پرویز|परवेज़; Qasim|قاسم|क़ासिम; Rafiq|رفیق|रफ़ीक़; Rashid|راشد|राशिद
Rizwan|رضوان|रिज़वान; Saad|سعد|साद; Sajid|ساجد|साजिद; Saleem Salim|سلیم|सलीम; Salman|سلمان|सलमान
Sarfraz|سرفراز|सरफ़राज़; Shafiq|شفیق|शफ़ीक़; Shahid|شاہد|शाहिद; Shakeel Shakil|شکیل|शकील; Sohail Suhail|سہیل|सुहैल
Tahir|طاہر|ताहिर; Talha|طلحہ|तल्हा; Waqar|وقار|वक़ार; Waseem Wasim|وسیم|वसीम; Waheed|وحید|वहीद; Yasir|یاسر|यासिर
Yousaf Yusuf Yousuf|یوسف|यूसुफ़; Younas Yunus|یونس|यूनुस; Zafar|ظفر|ज़फ़र; Zahid|زاہد|ज़ाहिद; Zaheer|ظہیر|ज़हीर
Zubair|زبیر|ज़ुबैर; Hashmi|ہاشمی|हाशमी; Naqvi|نقوی|नक़वी; Rizvi|رضوی|रिज़वी; Zaidi|زیدی|ज़ैदी; Gilani|گیلانی|गीलानी
Bukhari|بخاری|बुख़ारी; Farooqi|فاروقی|फ़ारूक़ी; Usmani|عثمانی|उस्मानी; Abbasi|عباسی|अब्बासी; Abbas|عباس|अब्बास
Awan|اعوان|आवान; Gondal|گوندل|गोंदल; Amit|امیت|अमित; Anil|انیل|अनिल; Anita|انیتا|अनीता; Anjali|انجلی|अंजलि
Anand|آنند|आनंद; Arjun|ارجن|अर्जुन; Arun|ارون|अरुण; Asha|آشا|आशा; Ashok|اشوک|अशोक; Babita|ببیتا|बबीता
Deepak|دیپک|दीपक; Deepika|دیپیکا|दीपिका; Dinesh|دنیش|दिनेश; Ganesh|گنیش|गणेश; Gaurav|گورو|गौरव; Geeta Gita|گیتا|गीता
Gopal|گوپال|गोपाल; Harish|ہریش|हरीश; Jyoti|جیوتی|ज्योति; Kavita|کویتا|कविता; Krishna|کرشنا|कृष्णा; Kumar|کمار|कुमार
Kumari|کماری|कुमारी; Lakshmi Laxmi|لکشمی|लक्ष्मी; Lal|لال|लाल; Mahesh|مہیش|महेश; Manish|منیش|मनीष; Manoj|منوج|मनोज
Meena|مینا|मीना; Meera|میرا|मीरा; Mohan|موہن|मोहन; Mukesh|مکیش|मुकेश; Naresh|نریش|नरेश; Neha|نیہا|नेहा
Nisha|نشا|निशा; Pooja Puja|پوجا|पूजा; Prakash|پرکاش|प्रकाश; Prem|پریم|प्रेम; Priya|پریا|प्रिया; Rahul|راہول|राहुल
Raj|راج|राज; Rajesh|راجیش|राजेश; Raju|راجو|राजू; Rakesh|راکیش|राकेश; Ram|رام|राम; Ramesh|رمیش|रमेश; Ravi|روی|रवि
Rekha|ریکھا|रेखा; Rita|ریتا|रीता; Rohit|روہت|रोहित; Sandeep|سندیپ|संदीप; Sanjay|سنجے|संजय; Sarita|سریتا|सरिता
Seema|سیما|सीमा; Shanti|شانتی|शांति; Sita Seeta|سیتا|सीता; Sonia|سونیا|सोनिया; Sunil|سنیل|सुनील
Sunita Suneeta|سنیتا|सुनीता; Suresh|سریش|सुरेश; Sushma|سشما|सुषमा; Usha|اوشا|उषा; Vijay|وجے|विजय; Vikram|وکرم|विक्रम
Vinod|ونود|विनोद; Vishal|وشال|विशाल; Sharma|شرما|शर्मा; Verma Varma|ورما|वर्मा; Gupta|گپتا|गुप्ता
Agarwal Aggarwal|اگروال|अग्रवाल; Singh|سنگھ|सिंह; Kaur|کور|कौर; Yadav|یادو|यादव; Mishra|مشرا|मिश्रा
Pandey Pande|پانڈے|पाण्डेय; Tiwari|تیواری|तिवारी; Joshi|جوشی|जोशी; Mehta|مہتا|मेहता; Patel|پٹیل|पटेल; Jain|جین|जैन
Kapoor|کپور|कपूर; Khanna|کھنہ|खन्ना; Malhotra|ملہوترا|मल्होत्रा; Chopra|چوپڑا|चोपड़ा; Arora|اروڑا|अरोड़ा
Bhatia|بھاٹیہ|भाटिया; Saxena|سکسینہ|सक्सेना; Srivastava|سریواستو|श्रीवास्तव; Chauhan|چوہان|चौहान
Rathore|راٹھور|राठौर; Reddy|ریڈی|रेड्डी; Rao|راؤ|राव; Nair|نائر|नायर; Das|داس|दास; Ghosh|گھوش|घोष; Roy|رائے|रॉय
Devi|دیوی|देवी; Prasad|پرساد|प्रसाद; Thakur|ٹھاکر|ठाकुर; Gurpreet|گرپریت|गुरप्रीत; Harpreet|ہرپریت|हरप्रीत
Jaspreet|جسپریت|जसप्रीत; Manpreet|منپریت|मनप्रीत; Balwinder|بلوندر|बलविंदर; Sukhwinder|سکھوندر|सुखविंदर; Gill|گل|गिल
Sandhu|سندھو|संधू; John|جان|जॉन; Joseph|جوزف|जोसेफ़; David|ڈیوڈ|डेविड; Peter|پیٹر|पीटर; Thomas|تھامس|थॉमस
Masih|مسیح|मसीह; George|جارج|जॉर्ज; Mary|میری|मैरी; Haji|حاجی|हाजी; Doctor Dr|ڈاکٹر|डॉक्टर; Ustad|استاد|उस्ताद
Traders|ٹریڈرز|ट्रेडर्स; Trading|ٹریڈنگ|ट्रेडिंग; Store|سٹور|स्टोर; Stores|سٹورز|स्टोर्स; Brothers|برادرز|ब्रदर्स
Sons|سنز|संस; Enterprises|انٹرپرائزز|एंटरप्राइज़ेज़; Company|کمپنی|कंपनी; Cloth|کلاتھ|क्लॉथ; House|ہاؤس|हाउस
Electronics|الیکٹرانکس|इलेक्ट्रॉनिक्स; Electric|الیکٹرک|इलेक्ट्रिक; Machinery|مشینری|मशीनरी; Medical|میڈیکل|मेडिकल
Mobile|موبائل|मोबाइल; Jewellers|جیولرز|ज्वैलर्स; Bakery|بیکری|बेकरी; Sweets|سویٹس|स्वीट्स; Hotel|ہوٹل|होटल
Restaurant|ریسٹورنٹ|रेस्टोरेंट; School|سکول|स्कूल; Academy|اکیڈمی|अकादमी; Hospital|ہسپتال|अस्पताल
Clinic|کلینک|क्लिनिक; Garments|گارمنٹس|गारमेंट्स; Textile|ٹیکسٹائل|टेक्सटाइल; Textiles|ٹیکسٹائلز|टेक्सटाइल्स
Motors|موٹرز|मोटर्स; Furniture|فرنیچر|फ़र्नीचर; Hardware|ہارڈویئر|हार्डवेयर; Center Centre|سینٹر|सेंटर; Shop|شاپ|शॉप
Mart|مارٹ|मार्ट; General|جنرل|जनरल; New|نیو|न्यू; Al|ال|अल; And|اینڈ|एंड; Bazar Bazaar|بازار|बाज़ार
Market|مارکیٹ|मार्केट; Foods|فوڈز|फ़ूड्स; Printers|پرنٹرز|प्रिंटर्स
Akbar|اکبر|अकबर; Safdar|صفدر|सफ़दर; Mazhar|مظہر|मज़हर; Jafar Jaffar|جعفر|जाफ़र; Sardar|سردار|सरदार; Nazir Nazeer|نذیر|नज़ीर
"""


def entries() -> list[tuple[tuple[str, ...], str, str]]:
    """English spellings, Urdu, Hindi of each."""
    lines = [one.strip() for line in NAMES.strip().splitlines() for one in line.split(";") if one.strip()]
    parted = [one.split("|") for one in lines]
    return [(tuple(english.split()), urdu, hindi) for english, urdu, hindi in parted]
