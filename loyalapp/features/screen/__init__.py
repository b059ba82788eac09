"""How the screen reads and how one types on it: each one's own letters, size and keyboard."""
