"""Chaos and measurements: real processes, killed and timed. Not part of what production runs."""
