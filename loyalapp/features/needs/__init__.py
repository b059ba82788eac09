"""Needs in the customers' own words, and offers that answer them (practice D5)."""
