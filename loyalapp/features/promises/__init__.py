"""The page of the promise book: what we told whom, by when, and what became of it."""
