"""The reader of pages that LoyalApp ships for the tests of plugins; our own tests use the same."""

from loyalapp.testing.markup import ENGLISH, Form, Page, is_page

__all__ = ["ENGLISH", "Form", "Page", "is_page"]
