"""LoyalApp: whom to contact today and why, for the staff of a shop in Pakistan or India."""

__version__ = "0.1.0"
