"""What the desk did: figures of a period, today's, and a file of them."""
