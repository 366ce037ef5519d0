"""A Meta of our own: students' phones and a Graph API that refuses what Meta would refuse.

It knows EduBot only as Meta does: by HTTP and by the signature over its webhooks.
"""
