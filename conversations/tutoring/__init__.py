"""A homework's page in the admin: reading it, drawing on it, answering it."""
