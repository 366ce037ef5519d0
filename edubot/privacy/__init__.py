"""What a person may ask for: everything that is kept of them, and that it be forgotten."""
