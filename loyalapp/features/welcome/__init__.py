"""The first start: language, firm, and where the customers come from."""
