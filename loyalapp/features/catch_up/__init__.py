"""The evening catch-up: a day of visits written down on one page, by keyboard alone."""
