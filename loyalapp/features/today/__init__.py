"""The first page: whom to call today, why, and with which words."""
