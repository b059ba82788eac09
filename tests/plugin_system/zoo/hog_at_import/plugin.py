"""Wants more memory than there is while it is imported."""

hoard = bytearray(1 << 50)
