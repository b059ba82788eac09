"""Help for data that is damaged: what can be read is saved, and the last good backup offered."""
