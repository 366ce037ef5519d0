"""The demo's data: what `manage.py demo` makes for a first look."""
