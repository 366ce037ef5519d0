"""Handing in homework."""

from typing import Final

SENTENCES: Final = {
    "ask_subject": "📝 Which subject is your homework in? (for example Maths)",
    "ask_type": "*{subject}*: will you send it as text or as pictures?",
    "ask_content_text": "📄 Please send your {subject} homework in one message.",
    "homework_awaited": (
        "That does not look like homework yet. If it is your answer, please write a whole sentence."
    ),
    "homework_or_menu": "For something else, write *menu* first.",
    "ask_content_image": (
        "🖼️ Please send the pictures or PDF files of your {subject} homework. "
        "When all are sent, choose *Done*."
    ),
    "ask_content_more": (
        "📎 *{subject}*, pages so far: {count}. Send more, or choose *Done* to hand it in."
    ),
    "homework_kept": (
        "📎 Your {subject} homework is still here. Send the next page, or choose *Continue*."
    ),
    "homework_waits": (
        "📎 Your {subject} homework waits for you: choose *Homework* to go on with it."
    ),
    "homework_again": "Here is your homework again. To drop it, write *cancel*.",
    "homework_dropped": ("🗑️ All right, your {subject} homework is dropped. Nothing was handed in."),
    "homework_page": "✓ Page {number} is here.",
    "page_dark": "⚠️ Page {numbers}: very dark. Can you take it again with more light?",
    "page_blurred": "⚠️ Page {numbers}: blurred. Can you take it again with a steady hand?",
    "page_tiny": "⚠️ Page {numbers}: very small, so it may be hard to read.",
    "ask_poor_pages": "Choose *Send anyway*, or *Remove it* and send a better one.",
    "page_type": (
        "Sorry, homework can be pictures or PDF documents. One file was something else, so I left "
        "it out."
    ),
    "page_huge": (
        "Sorry, one picture was too large, so I left it out. Please send it again as an ordinary "
        "photo."
    ),
    "page_broken": "Sorry, one picture could not be opened. Please send it again.",
    "page_lost": "Sorry, one file did not reach me. Please send it again.",
    "pages_kept": "👍 All right, that stays as it is.",
    "page_removed": "🗑️ Removed: page {numbers}. What comes after moves up.",
    "page_unknown": "There is no such page.",
    "ask_remove": "🗑️ Which page shall I remove? You can also write, for example, *remove 2*.",
    "page_added": "📎 One more page of your homework *{reference}* came in. I added it.",
    "page_left_out": "It was part of your homework *{reference}*.",
    "page_left_nothing": (
        "Nothing else was in your homework *{reference}*, so it is cancelled. Please hand it in "
        "again."
    ),
    "subject_first": (
        "Thank you! First I need the subject, in words. After that, please send it again."
    ),
    "subject_invalid": "Please send the subject in 2 to 60 characters.",
    "homework_note": "✏️ I added your note.",
    "homework_nothing_yet": "There is nothing to hand in yet.",
    "homework_full": "That is as much as fits into one homework ({count}).",
    "homework_wrong_kind": "Sorry, homework can be text, pictures or PDF documents.",
    "homework_limit": (
        "You have used this month's free homework. With a subscription you can hand in more."
    ),
    "homework_submitted": (
        "✅ Your {subject} homework is handed in. Its number is *{reference}*. "
        "We will send the solution here."
    ),
    "homework_in_already": (
        "✅ It is handed in already: there is nothing more to do. We will send the solution here."
    ),
    "homework_solved": "✅ Here is the solution of your {subject} homework *{reference}*.",
    "homework_solved_more": "✏️ More about your {subject} homework *{reference}*:",
    "homework_cancelled": "Your {subject} homework *{reference}* was cancelled.",
}
