"""The one search box on every page."""
