"""What the firm sells, and who bought what."""
