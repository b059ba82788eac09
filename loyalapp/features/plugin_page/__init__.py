"""The page where plugins are seen, switched on and off."""
