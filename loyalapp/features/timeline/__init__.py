"""Everything that happened with one customer, sifted, searched and turned page by page."""
