"""Posting events to other systems, in the format of Standard Webhooks (standardwebhooks.com)."""
