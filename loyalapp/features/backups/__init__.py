"""Copies of the database, made and checked."""
