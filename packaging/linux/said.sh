# The sentences of installing and removing, in the language of the system; read by the scripts beside it.
language=$(printf %.2s "${LC_ALL:-${LC_MESSAGES:-${LANG:-en}}}")
data="${XDG_DATA_HOME:-$HOME/.local/share}/LoyalApp"
case "$language" in
ur)
    installed="LoyalApp نصب ہو گئی۔ اسے پروگراموں کی فہرست سے کھولیں۔"
    removed="LoyalApp ہٹا دی گئی۔"
    kept="آپ کا ڈیٹا اپنی جگہ محفوظ ہے: $data"
    ask="کیا گاہکوں کا سارا ڈیٹا اور اس فولڈر کے بیک اپ بھی مٹا دیے جائیں؟ یہ واپس نہیں آئیں گے۔ مٹانے کے لیے DELETE لکھیں؛ رکھنے کے لیے صرف Enter دبائیں: "
    erased="سارا ڈیٹا مٹا دیا گیا۔"
    ;;
hi)
    installed="LoyalApp इंस्टॉल हो गया। इसे प्रोग्रामों की सूची से खोलें।"
    removed="LoyalApp हटा दिया गया।"
    kept="आपका डेटा अपनी जगह सुरक्षित है: $data"
    ask="क्या ग्राहकों का सारा डेटा और इस फ़ोल्डर के बैकअप भी मिटा दिए जाएँ? वे वापस नहीं आएँगे। मिटाने के लिए DELETE लिखें; रखने के लिए सिर्फ़ Enter दबाएँ: "
    erased="सारा डेटा मिटा दिया गया।"
    ;;
*)
    installed="LoyalApp is installed. Open it from the list of programs."
    removed="LoyalApp was removed."
    kept="Your data is safe where it was: $data"
    ask="Delete all customers' data too, with the backups in this folder? It cannot be brought back. Type DELETE to delete it; press Enter to keep it: "
    erased="All data was deleted."
    ;;
esac
