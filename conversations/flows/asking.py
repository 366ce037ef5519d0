"""What the bot has asked in a chat, to which a typed "yes" or "no" is the answer.

It is kept in the draft, and forgotten with the next words of the student or of an agent.
"""

from typing import Final

DRAFT: Final = "asked"
LEAVE: Final = "leave"  # whether to end the chat
THERE: Final = "there"  # whether the student is still there, or wants the chat kept open
