"""All tests of LoyalApp, in the same folders as what they test; `python3 -m tests` runs everything."""
