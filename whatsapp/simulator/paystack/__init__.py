"""A Paystack of our own: its API, the page where a student pays, and its signed webhooks.

It knows EduBot only as Paystack does: by the secret key, and by the address of its webhooks.
"""
