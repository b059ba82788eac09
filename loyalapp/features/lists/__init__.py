"""The list of customers: filtered, sorted, kept under a name, changed in one go, written to a file."""
