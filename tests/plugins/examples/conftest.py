"""The examples are tested with what every maker of plugins has, not with the fixtures of our own tests."""

from loyalapp.testing import app, client, customer, desk, fresh_data, language, plugin_folder

__all__ = ["app", "client", "customer", "desk", "fresh_data", "language", "plugin_folder"]
