"""The core's migrations: one straight line, each file named by its date and what it does."""
