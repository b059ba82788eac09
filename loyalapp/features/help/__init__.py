"""The manual, page by page, in three languages."""
