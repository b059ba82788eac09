"""Brings in the lists a shop really keeps: workbooks, text tables, a phone's contacts, and sales."""
