"""Pages of the owner about sales: groups of products, and how the firm goes on after a sale."""
