"""The desk: where staff read threads and answer, inside Django's admin."""
