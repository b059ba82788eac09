"""Who shares this computer sees nothing: the window is locked by a PIN, the files are encrypted by a key."""
