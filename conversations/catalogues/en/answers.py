"""Common questions, and the student's status."""

from typing import Final

SENTENCES: Final = {
    "faq_categories": "❓ What is your question about?",
    "faq_questions": "❓ Choose a question, or just write your own.",
    "faq_answer": "*{question}*\n\n{answer}",
    "faq_maybe": "Did you mean one of these?",
    "faq_gone": "That answer is no longer here.",
    "faq_none": "There are no answers to common questions yet. Our team can help you.",
    "status": "📊 *Your status*\nName: {name}\nClass: {class_name}",
    "status_subscribed": "💳 Subscribed until {until}",
    "status_not_subscribed": "💳 No subscription",
    "status_homework": "📝 Your last homework:\n{lines}",
    "status_no_homework": "📝 No homework handed in yet",
    "status_unregistered": "📊 You are not registered yet, so there is no status to show.",
}
