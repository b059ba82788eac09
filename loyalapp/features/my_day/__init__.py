"""My day: today's lines by locality, as a page, a sheet and a text for the phone."""
