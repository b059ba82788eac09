"""The standards of communication: what the firm has agreed on for talking with customers (practice D4)."""
