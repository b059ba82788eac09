"""Customers who may be here twice: looked at side by side, made one, or told apart for good."""
