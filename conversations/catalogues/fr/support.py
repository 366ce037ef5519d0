"""Talking to a person."""

from typing import Final

_CONNECTED: Final = """📞 Assistance en direct

Tu es maintenant en contact avec notre équipe ! 🎯

Décris ton problème, et un membre de l'équipe te répondra bientôt.

Tu peux continuer à écrire jusqu'à ce que tu choisisses « Terminer » pour revenir au menu."""

SENTENCES: Final = {
    "chat_opened": "Bonjour {name} ! 💬\n" + _CONNECTED,
    "chat_opened_nameless": "Bonjour ! 💬\n" + _CONNECTED,
    "chat_opened_with_words": "✓ Notre équipe a déjà ce que tu viens d'écrire.",
    "chat_receipt": (
        "✓ Ton message a été transmis à notre équipe.\n\n"
        "Une réponse arrivera bientôt. Tu peux continuer à écrire ou choisir « Terminer » pour "
        "quitter."
    ),
    "chat_opened_by_team": (
        "💬 Notre équipe a ouvert une discussion avec toi à ce sujet :\n« {subject} »\n\n"
        "Ton message lui a été transmis, comme tout ce que tu écris ici à présent. "
        "Choisis « Terminer » pour revenir au menu."
    ),
    "chat_connected_already": "Tu es déjà en contact avec notre équipe. Écris ton message.",
    "chat_leave": "Tu es en discussion avec notre équipe. Veux-tu la terminer ?",
    "chat_goes_on": "Bien, la discussion continue. Écris ton message.",
    "chat_none": "Aucune discussion n'est ouverte en ce moment.",
    "chat_ended": "✅ La discussion est terminée. Merci de nous avoir écrit !",
    "chat_ended_by_team": "✅ Notre équipe a terminé la discussion. Merci de nous avoir écrit !",
    "chat_kept": "Bien, ta discussion reste ouverte. Notre équipe te répondra ici.",
    "chat_reopened": "🔄 Ta demande est de nouveau ouverte. Écris ce qu'il y a de nouveau :\n"
    "« {subject} »",
    "chat_reopened_nameless": (
        "🔄 Ta demande est de nouveau ouverte. Écris ce qu'il y a de nouveau."
    ),
    "chat_went_on": (
        "🔄 Ta discussion est de nouveau ouverte, et ton message a été transmis à notre équipe."
        "\n\nUne réponse arrivera bientôt. Choisis « Terminer » si tu n'as plus besoin de rien."
    ),
    "queue_place": "⏳ Tu es numéro {place} dans la file d'attente.",
    "queue_place_wait": (
        "⏳ Tu es numéro {place} dans la file d'attente : compte environ {minutes} minutes."
    ),
    "queue_next": "🎯 C'est bientôt ton tour ! Un membre de l'équipe arrive.",
    "desk_shut": "🌙 Notre équipe est absente pour le moment et répondra à son retour.",
    "desk_opens_today": (
        "🌙 Notre équipe est absente pour le moment. Nous revenons aujourd'hui à {time}."
    ),
    "desk_opens_tomorrow": (
        "🌙 Notre équipe est absente pour le moment. Nous revenons demain à {time}."
    ),
    "desk_opens": "🌙 Notre équipe est absente pour le moment. Nous revenons le {day} à {time}.",
    "still_on_it": (
        "🙏 Merci de ta patience : notre équipe s'en occupe toujours et te répondra ici."
    ),
    "idle_warning": (
        "💤 Es-tu encore là ? Si tu n'as plus besoin de rien, cette discussion se fermera toute "
        "seule dans {minutes} minutes."
    ),
    "window_reminder": (
        "⏰ Notre équipe n'a pas encore répondu, et nous sommes désolés de cette attente. WhatsApp "
        "ne nous laisse t'écrire que 24 heures après ton dernier message : appuie sur *Rester en "
        "contact* pour que notre réponse t'arrive."
    ),
    "ask_number": (
        "Peux-tu nous donner ton numéro de téléphone ? Nous pourrons ainsi te joindre si "
        "WhatsApp ne marche pas."
    ),
    "number_shared": "Merci ! Nous avons maintenant ton numéro de téléphone.",
    "requests": "🎫 *Tes dernières demandes*\n{lines}",
    "requests_none": "🎫 Tu n'as encore rien demandé à notre équipe.",
    "agent_says": "🎧 Support Team: {words}",
    "agent_says_named": "🎧 {agent}: {words}",
    "chat_rate": "⭐ Comment s'est passée cette discussion ? Ton avis nous aide.",
    "rated_good": "Merci pour ton avis ! 😊",
    "rated_bad": "Merci de nous l'avoir dit. Nous sommes désolés de ne pas avoir fait mieux.",
    "rated_bad_offer": "Si quelque chose n'est pas réglé, nous nous en occuperons volontiers.",
    "rating_unclear": "Merci ! Dirais-tu que c'était bien, ou pas bien ?",
    "rating_words": "Veux-tu ajouter une phrase ? Écris-la, ou choisis *Passer*.",
    "rated_with_words": "Nous avons transmis tes mots à notre équipe.",
    "rating_words_kept": "Merci, nous l'avons transmis à notre équipe.",
}
