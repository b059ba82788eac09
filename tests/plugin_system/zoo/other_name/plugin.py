"""Its folder is called otherwise."""
