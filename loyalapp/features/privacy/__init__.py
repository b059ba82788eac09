"""What customers may ask of us: to see, correct, take along or erase what we hold about them (practice D4)."""
