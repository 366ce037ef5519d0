"""`make chaos`: real processes, killed and cut off, and a Meta that misbehaves."""
