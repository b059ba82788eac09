"""The people who work here: who looks after which customers."""
