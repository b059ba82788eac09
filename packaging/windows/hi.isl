[LangOptions]
LanguageName=हिन्दी
LanguageID=$0439
LanguageCodePage=0
DialogFontName=Nirmala UI
DialogFontSize=10

[Messages]
SetupAppTitle=LoyalApp इंस्टॉल हो रहा है
SetupWindowTitle=%1 इंस्टॉल करें
SelectLanguageTitle=भाषा चुनें
SelectLanguageLabel=इंस्टॉल करते समय कौन-सी भाषा चले?
WelcomeLabel1=[name] में आपका स्वागत है
WelcomeLabel2=इस कंप्यूटर पर [name/ver] इंस्टॉल होगा।%n%nएडमिनिस्ट्रेटर का पासवर्ड नहीं चाहिए। आपका डेटा इसी कंप्यूटर पर रहता है।
WizardSelectDir=कहाँ इंस्टॉल करें?
SelectDirLabel3=LoyalApp इस फ़ोल्डर में इंस्टॉल होगा।
SelectDirBrowseLabel=आगे जाने के लिए “आगे” दबाएँ। दूसरा फ़ोल्डर चुनने के लिए “चुनें” दबाएँ।
WizardSelectTasks=और क्या करें?
SelectTasksLabel2=जो चाहें उस पर निशान लगाएँ, फिर “आगे” दबाएँ।
WizardReady=सब तैयार है
ReadyLabel1=LoyalApp अब इस कंप्यूटर पर इंस्टॉल हो सकता है।
ReadyLabel2a=शुरू करने के लिए “इंस्टॉल करें” दबाएँ।
ReadyLabel2b=शुरू करने के लिए “इंस्टॉल करें” दबाएँ।
WizardInstalling=इंस्टॉल हो रहा है
InstallingLabel=थोड़ा इंतज़ार करें, LoyalApp इंस्टॉल हो रहा है।
FinishedHeadingLabel=LoyalApp इंस्टॉल हो गया
FinishedLabel=LoyalApp अब इस कंप्यूटर पर है। उसे उसके निशान से खोलें।
FinishedLabelNoIcons=LoyalApp अब इस कंप्यूटर पर है।
ClickFinish=बंद करने के लिए “ख़त्म” दबाएँ।
ClickNext=आगे जाने के लिए “आगे” दबाएँ, छोड़ने के लिए “रहने दें”।
ButtonBack=< पीछे
ButtonNext=आगे >
ButtonInstall=इंस्टॉल करें
ButtonCancel=रहने दें
ButtonFinish=ख़त्म
ButtonYes=हाँ
ButtonNo=नहीं
ButtonOK=ठीक है
ButtonBrowse=चुनें…
ExitSetupTitle=छोड़ दें?
ExitSetupMessage=LoyalApp अभी इंस्टॉल नहीं हुआ। क्या छोड़ दें?
UninstallAppTitle=LoyalApp हटाएँ
ConfirmUninstall=क्या %1 को इस कंप्यूटर से हटा दें? आपके डेटा के बारे में अलग से पूछा जाएगा।
UninstalledAll=%1 हटा दिया गया।

[CustomMessages]
Icon=डेस्कटॉप पर निशान रखें
Plugin=LoyalApp का प्लगइन
Backup=LoyalApp का बैकअप
Start=LoyalApp अभी खोलें
WebView=Microsoft Edge WebView2 आ रहा है, पन्ने उसी से दिखते हैं (क़रीब 2 MB)…
AskData=LoyalApp हटा दिया गया। क्या ग्राहकों का सारा डेटा और इस फ़ोल्डर के बैकअप भी मिटा दिए जाएँ? वे वापस नहीं आएँगे। “नहीं” से सब सुरक्षित रहता है।
