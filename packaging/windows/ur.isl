[LangOptions]
LanguageName=اردو
LanguageID=$0420
LanguageCodePage=0
RightToLeft=yes
DialogFontName=Segoe UI
DialogFontSize=10

[Messages]
SetupAppTitle=LoyalApp نصب ہو رہی ہے
SetupWindowTitle=%1 نصب کریں
SelectLanguageTitle=زبان چنیں
SelectLanguageLabel=نصب کرتے وقت کون سی زبان چلے؟
WelcomeLabel1=[name] میں خوش آمدید
WelcomeLabel2=اس کمپیوٹر پر [name/ver] نصب ہو گی۔%n%nایڈمنسٹریٹر کا پاس ورڈ نہیں چاہیے۔ آپ کا ڈیٹا اسی کمپیوٹر پر رہتا ہے۔
WizardSelectDir=کہاں نصب کریں؟
SelectDirLabel3=LoyalApp اس فولڈر میں نصب ہو گی۔
SelectDirBrowseLabel=آگے جانے کے لیے «آگے» دبائیں۔ دوسرا فولڈر چننے کے لیے «چنیں» دبائیں۔
WizardSelectTasks=اور کیا کریں؟
SelectTasksLabel2=جو چاہیں اس پر نشان لگائیں، پھر «آگے» دبائیں۔
WizardReady=سب تیار ہے
ReadyLabel1=LoyalApp اب اس کمپیوٹر پر نصب ہو سکتی ہے۔
ReadyLabel2a=شروع کرنے کے لیے «نصب کریں» دبائیں۔
ReadyLabel2b=شروع کرنے کے لیے «نصب کریں» دبائیں۔
WizardInstalling=نصب ہو رہی ہے
InstallingLabel=تھوڑا انتظار کریں، LoyalApp نصب ہو رہی ہے۔
FinishedHeadingLabel=LoyalApp نصب ہو گئی
FinishedLabel=LoyalApp اب اس کمپیوٹر پر ہے۔ اسے اس کے نشان سے کھولیں۔
FinishedLabelNoIcons=LoyalApp اب اس کمپیوٹر پر ہے۔
ClickFinish=بند کرنے کے لیے «ختم» دبائیں۔
ClickNext=آگے جانے کے لیے «آگے» دبائیں، چھوڑنے کے لیے «رہنے دیں»۔
ButtonBack=< پیچھے
ButtonNext=آگے >
ButtonInstall=نصب کریں
ButtonCancel=رہنے دیں
ButtonFinish=ختم
ButtonYes=ہاں
ButtonNo=نہیں
ButtonOK=ٹھیک ہے
ButtonBrowse=چنیں…
ExitSetupTitle=چھوڑ دیں؟
ExitSetupMessage=LoyalApp ابھی نصب نہیں ہوئی۔ کیا چھوڑ دیں؟
UninstallAppTitle=LoyalApp ہٹائیں
ConfirmUninstall=کیا %1 کو اس کمپیوٹر سے ہٹا دیں؟ آپ کے ڈیٹا کے بارے میں الگ سے پوچھا جائے گا۔
UninstalledAll=%1 ہٹا دی گئی۔

[CustomMessages]
Icon=ڈیسک ٹاپ پر نشان رکھیں
Plugin=LoyalApp کا پلگ اِن
Backup=LoyalApp کا بیک اپ
Start=LoyalApp ابھی کھولیں
WebView=Microsoft Edge WebView2 آ رہا ہے، صفحے اسی سے دکھتے ہیں (قریب 2 MB)…
AskData=LoyalApp ہٹا دی گئی۔ کیا گاہکوں کا سارا ڈیٹا اور اس فولڈر کے بیک اپ بھی مٹا دیے جائیں؟ یہ واپس نہیں آئیں گے۔ «نہیں» سے سب محفوظ رہتا ہے۔
