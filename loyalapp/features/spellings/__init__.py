"""A name in the letters of the other two languages, proposed while it is typed."""
