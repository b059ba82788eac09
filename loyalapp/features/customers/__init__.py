"""The customers: who they are, how to address them, how to reach and find them."""
