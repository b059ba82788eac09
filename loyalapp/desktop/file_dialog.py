"""Qt's own dialog for files: it begins among the user's documents, and speaks Urdu and Hindi, which Qt brings not."""

import sys
from collections.abc import Callable
from typing import Any

from loyalapp.core.paths import PACKAGE

OF_FILES = frozenset(("QFileDialog", "QFileSystemModel", "QPlatformTheme", "QDialogButtonBox"))
FONTS = {
    "ur": ("Noto Nastaliq Urdu", "NotoNastaliqUrdu_400Regular.ttf"),
    "hi": ("Noto Sans Devanagari", "NotoSansDevanagari_400Regular.ttf"),
}
# By Qt's English, without the sign of the key that goes with Alt.
WORDS: dict[str, dict[str, str]] = {
    "Open": {"ur": "کھولیں", "hi": "खोलें"},
    "Choose": {"ur": "چنیں", "hi": "चुनें"},
    "Save": {"ur": "محفوظ کریں", "hi": "सहेजें"},
    "Save As": {"ur": "محفوظ کریں", "hi": "सहेजें"},
    "Cancel": {"ur": "رہنے دیں", "hi": "रहने दें"},
    "OK": {"ur": "ٹھیک ہے", "hi": "ठीक है"},
    "Yes": {"ur": "ہاں", "hi": "हाँ"},
    "No": {"ur": "نہیں", "hi": "नहीं"},
    "Look in:": {"ur": "کہاں دیکھیں:", "hi": "कहाँ देखें:"},
    "File name:": {"ur": "فائل کا نام:", "hi": "फ़ाइल का नाम:"},
    "Files of type:": {"ur": "کس قسم کی فائلیں:", "hi": "किस तरह की फ़ाइलें:"},
    "All Files (*)": {"ur": "تمام فائلیں (*)", "hi": "सभी फ़ाइलें (*)"},
    "All files (*)": {"ur": "تمام فائلیں (*)", "hi": "सभी फ़ाइलें (*)"},
    "Computer": {"ur": "یہ کمپیوٹر", "hi": "यह कंप्यूटर"},
    "Name": {"ur": "نام", "hi": "नाम"},
    "Size": {"ur": "حجم", "hi": "आकार"},
    "Type": {"ur": "قسم", "hi": "प्रकार"},
    "Kind": {"ur": "قسم", "hi": "प्रकार"},
    "Date Modified": {"ur": "کب بدلی گئی", "hi": "कब बदली गई"},
    "Back": {"ur": "پیچھے", "hi": "पीछे"},
    "Go back": {"ur": "پیچھے", "hi": "पीछे"},
    "Forward": {"ur": "آگے", "hi": "आगे"},
    "Go forward": {"ur": "آگے", "hi": "आगे"},
    "Parent Directory": {"ur": "اوپر والا فولڈر", "hi": "ऊपर वाला फ़ोल्डर"},
    "Go to the parent directory": {"ur": "اوپر والا فولڈر", "hi": "ऊपर वाला फ़ोल्डर"},
    "Create New Folder": {"ur": "نیا فولڈر", "hi": "नया फ़ोल्डर"},
    "Create a New Folder": {"ur": "نیا فولڈر", "hi": "नया फ़ोल्डर"},
    "New Folder": {"ur": "نیا فولڈر", "hi": "नया फ़ोल्डर"},
    "List View": {"ur": "صرف نام", "hi": "सिर्फ़ नाम"},
    "Change to list view mode": {"ur": "صرف نام", "hi": "सिर्फ़ नाम"},
    "Detail View": {"ur": "تفصیل کے ساتھ", "hi": "पूरे ब्योरे के साथ"},
    "Change to detail view mode": {"ur": "تفصیل کے ساتھ", "hi": "पूरे ब्योरे के साथ"},
    "Rename": {"ur": "نام بدلیں", "hi": "नाम बदलें"},
    "Delete": {"ur": "مٹائیں", "hi": "मिटाएँ"},
    "Show hidden files": {"ur": "چھپی ہوئی فائلیں دکھائیں", "hi": "छिपी हुई फ़ाइलें दिखाएँ"},
}


def said(context: str, source: str, language: str | None) -> str | None:
    """What Qt calls `source`, in our language; None where Qt's own word stays."""
    return WORDS.get(source.replace("&", ""), {}).get(language or "") if context in OF_FILES else None


def begin(language: Callable[[], str | None]) -> Any:
    """Make Qt's application, which whoever opens a window on it has to keep.

    :param language: answers the language of the page shown last.
    """
    import webview.platforms.qt  # noqa: F401 -- with the web engine, which must be there before the application
    from PySide6.QtCore import QStandardPaths, Qt, QTranslator
    from PySide6.QtGui import QFontDatabase
    from PySide6.QtWidgets import QApplication, QFileDialog

    class Words(QTranslator):
        def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> Any:  # noqa: ARG002 -- Qt calls it so
            return said(context, source, language())

        def isEmpty(self) -> bool:  # noqa: N802 -- Qt calls it so
            return False

    application: Any = QApplication.instance() or QApplication(sys.argv)
    application.installTranslator(Words(application))
    if found := FONTS.get(language() or ""):  # which the computer need not have
        QFontDatabase.addApplicationFont(str(PACKAGE / "web" / "static" / "fonts" / "ttf" / found[1]))
        font = application.font()
        font.setFamilies([found[0], *font.families()])
        application.setFont(font)
    if language() == "ur":
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    QFileDialog().setDirectory(QStandardPaths.writableLocation(documents))  # where Qt begins next time
    return application
