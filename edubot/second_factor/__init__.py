"""A second factor for staff: a code from a phone beside the password (TOTP, RFC 6238)."""
