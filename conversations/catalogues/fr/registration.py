"""Name, e-mail and class."""

from typing import Final

SENTENCES: Final = {
    "first_welcome": "👋 Bienvenue chez *{bot}* ! Faisons connaissance.",
    "ask_name": "Quel est ton nom complet ?",
    "ask_email": "Quelle est ton adresse e-mail ? Tu peux passer cette question.",
    "ask_class": "En quelle classe es-tu ? (par exemple 10A, 3e ou Terminale)",
    "ask_name_again": "Ton nom est *{value}*. Envoie le nouveau, ou garde-le.",
    "ask_email_again": "Ton adresse e-mail est *{value}*. Envoie la nouvelle, ou garde-la.",
    "ask_class_again": "Ta classe est *{value}*. Envoie la nouvelle, ou garde-la.",
    "name_invalid": "Cela ne ressemble pas à un nom complet, comme Ada Obi.",
    "email_invalid": "Cela ne ressemble pas à une adresse e-mail, comme ada@example.com.",
    "class_invalid": "Cela ne ressemble pas à une classe. Écris 30 caractères au plus.",
    "registered": "🎉 Bienvenue, {name} ! Ton inscription est faite.",
    "registered_already": "Tu as déjà un compte, au nom de *{name}*.",
    "updated": "✅ Tes informations sont enregistrées, {name}.",
    "need_registration": (
        "Pour rendre un devoir, inscris-toi d'abord, s'il te plaît. Cela prend une minute."
    ),
}
