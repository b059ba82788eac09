"""The ground everything stands on: it knows nothing of customers, pages or plugins."""
