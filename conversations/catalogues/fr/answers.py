"""Common questions, and the student's status."""

from typing import Final

SENTENCES: Final = {
    "faq_categories": "❓ Sur quoi porte ta question ?",
    "faq_questions": "❓ Choisis une question, ou écris simplement la tienne.",
    "faq_answer": "*{question}*\n\n{answer}",
    "faq_maybe": "Pensais-tu à l'une de ces questions ?",
    "faq_gone": "Cette réponse n'existe plus.",
    "faq_none": (
        "Il n'y a pas encore de réponses aux questions fréquentes. Notre équipe peut t'aider."
    ),
    "status": "📊 *Ton statut*\nNom : {name}\nClasse : {class_name}",
    "status_subscribed": "💳 Abonnement jusqu'au {until}",
    "status_not_subscribed": "💳 Pas d'abonnement",
    "status_homework": "📝 Tes derniers devoirs :\n{lines}",
    "status_no_homework": "📝 Aucun devoir rendu pour l'instant",
    "status_unregistered": (
        "📊 Tu n'es pas encore inscrit(e), il n'y a donc pas de statut à montrer."
    ),
}
