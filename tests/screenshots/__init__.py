"""Pictures of the pages, made to be looked at; the ones the README shows are kept in `readme/`."""
