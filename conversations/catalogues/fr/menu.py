"""Menu, help, misunderstandings, reminders, languages."""

from typing import Final

SENTENCES: Final = {
    "home": "Bonjour {name} ! Que veux-tu faire ?",
    "home_nameless": "Que veux-tu faire ?",
    "welcome": (
        "👋 Bienvenue chez *{bot}* ! Je t'aide pour les devoirs, les abonnements et les "
        "questions, et je peux te mettre en contact avec notre équipe.\n\n"
        "Tu n'es pas encore inscrit(e). Choisis *S'inscrire* ou écris *inscription* : "
        "cela prend une minute."
    ),
    "help": (
        "Voici ce que je sais faire :\n"
        "📝 *devoirs* – rendre un devoir et le faire corriger\n"
        "💳 *s'abonner* – faire corriger plus de devoirs\n"
        "❓ *questions* – réponses aux questions fréquentes\n"
        "💬 *assistance* – parler à quelqu'un\n"
        "📊 *statut* – tes informations et tes devoirs\n"
        "🎫 *mes demandes* – ce que tu as demandé à notre équipe\n"
        "✍️ *inscription* ou *modifier* – tes informations\n"
        "🌍 *langue* – choisir ta langue\n\n"
        "Écris *menu* à tout moment, ou *annuler* pour quitter ce que tu fais."
    ),
    "unknown": "Désolé, je n'ai pas compris. Choisis dans le menu, s'il te plaît.",
    "unknown_again": "Désolé, je ne comprends toujours pas. Veux-tu parler à quelqu'un ?",
    "did_you_mean": "Voulais-tu dire {meant} ?",
    "did_you_mean_either": "Que voulais-tu dire ?",
    "cannot_read": "Désolé, je ne sais pas lire ce type de message.",
    "media_at_rest": (
        "Merci ! Que dois-je en faire ? Pour le rendre, choisis *Devoirs* ; pour le montrer à "
        "notre équipe, choisis *Assistance*. Puis envoie-le encore une fois."
    ),
    "recording_at_rest": (
        "Merci ! Un devoir, c'est du texte, des images ou des PDF, pas du son ni de la vidéo. Pour "
        "que notre équipe le reçoive, choisis *Assistance* et envoie-le encore une fois."
    ),
    "answer_in_words": "Réponds avec des mots, s'il te plaît.",
    "or_a_person": "Bloqué(e) ? Écris *support* pour parler à quelqu'un.",
    "too_fast": (
        "Ça fait beaucoup d'un coup ! J'ai gardé tous les messages, mais je ne peux pas suivre. "
        "Attends deux minutes, puis écris de nouveau. *support* te mène à quelqu'un à tout moment."
    ),
    "cancelled": "D'accord, c'est annulé.",
    "old_button": "Ce bouton est ancien et ne fonctionne plus.",
    "reminder_registering": "Tu étais en train de t'inscrire. Veux-tu continuer ?",
    "reminder_updating": "Tu étais en train de modifier tes informations. Veux-tu continuer ?",
    "reminder_homework": "Tu étais en train de rendre un devoir. Veux-tu continuer ?",
    "reminder_waiting": ("📎 Ton devoir « {subject} » n'est pas encore rendu. Veux-tu continuer ?"),
    "reminder_payment": "Tu allais t'abonner. Veux-tu continuer ?",
    "opted_out": (
        "Tu ne recevras plus de messages de notre part, sauf les réponses à ce que tu écris ici. "
        "Écris *START* pour changer cela."
    ),
    "opted_in": "Content de te revoir ! Tu recevras de nouveau nos messages.",
    "language_ask": "🌍 Quelle langue veux-tu parler ?",
    "language_set": "🌍 D'accord, parlons français.",
}
