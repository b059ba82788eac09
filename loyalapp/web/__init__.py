"""The shell of every page: the door, the frame, templates, forms and styles."""
