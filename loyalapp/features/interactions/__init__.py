"""Contacts and promises: what was said, what was learned, what we promised."""
