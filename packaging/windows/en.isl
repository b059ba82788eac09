[CustomMessages]
Icon=Put an icon on the desktop
Plugin=LoyalApp plugin
Backup=LoyalApp backup
Start=Open LoyalApp now
WebView=Fetching Microsoft Edge WebView2, which shows the pages (about 2 MB)...
AskData=LoyalApp is removed. Delete all your customers' data too, with the backups in this folder? It cannot be brought back. “No” keeps it.
