"""What the program is put through that nobody wishes for: killed, refused by the disk, damaged, made of old data."""
