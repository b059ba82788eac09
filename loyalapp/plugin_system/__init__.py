"""Plugins: what they may be asked and told, how they are read, loaded, isolated and switched on and off."""
