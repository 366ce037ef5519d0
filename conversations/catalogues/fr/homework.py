"""Handing in homework."""

from typing import Final

SENTENCES: Final = {
    "ask_subject": "📝 En quelle matière est ton devoir ? (par exemple Maths)",
    "ask_type": "*{subject}* : veux-tu l'envoyer en texte ou en images ?",
    "ask_content_text": "📄 Envoie ton devoir « {subject} » en un seul message.",
    "homework_awaited": (
        "Cela ne ressemble pas encore à un devoir. Si c'est ta réponse, écris une phrase entière."
    ),
    "homework_or_menu": "Pour autre chose, écris d'abord *menu*.",
    "ask_content_image": (
        "🖼️ Envoie les photos ou les fichiers PDF de ton devoir « {subject} ». "
        "Quand tout est envoyé, choisis *Terminé*."
    ),
    "ask_content_more": (
        "📎 *{subject}*, pages reçues : {count}. Envoie la suite, ou choisis *Terminé* pour rendre "
        "le devoir."
    ),
    "homework_kept": (
        "📎 Ton devoir « {subject} » est toujours là. Envoie la page suivante, ou choisis "
        "*Continuer*."
    ),
    "homework_waits": "📎 Ton devoir « {subject} » t'attend : choisis *Devoirs* pour continuer.",
    "homework_again": "Voici ton devoir. Pour l'abandonner, écris *annuler*.",
    "homework_dropped": ("🗑️ D'accord, ton devoir « {subject} » est abandonné. Rien n'a été rendu."),
    "homework_page": "✓ La page {number} est arrivée.",
    "page_dark": "⚠️ Page {numbers} : très sombre. Peux-tu la reprendre avec plus de lumière ?",
    "page_blurred": "⚠️ Page {numbers} : floue. Peux-tu la reprendre sans bouger ?",
    "page_tiny": "⚠️ Page {numbers} : très petite, elle sera peut-être difficile à lire.",
    "ask_poor_pages": "Choisis *Garder quand même*, ou *La retirer* et envoie une meilleure photo.",
    "page_type": (
        "Désolé, un devoir se compose d'images ou de documents PDF. Un fichier était autre chose, "
        "je l'ai donc laissé de côté."
    ),
    "page_huge": (
        "Désolé, une image était trop grande, je l'ai donc laissée de côté. Renvoie-la comme photo "
        "ordinaire, s'il te plaît."
    ),
    "page_broken": "Désolé, une image n'a pas pu être ouverte. Renvoie-la, s'il te plaît.",
    "page_lost": "Désolé, un fichier ne m'est pas parvenu. Renvoie-le, s'il te plaît.",
    "pages_kept": "👍 D'accord, je garde tout.",
    "page_removed": "🗑️ Page retirée : {numbers}. Les pages suivantes changent de numéro.",
    "page_unknown": "Cette page n'existe pas.",
    "ask_remove": (
        "🗑️ Quelle page dois-je retirer ? Tu peux aussi écrire, par exemple, *retirer 2*."
    ),
    "page_added": "📎 Une page de plus de ton devoir *{reference}* est arrivée. Je l'ai ajoutée.",
    "page_left_out": "Elle faisait partie de ton devoir *{reference}*.",
    "page_left_nothing": (
        "Il n'y avait rien d'autre dans ton devoir *{reference}*, il est donc annulé. Rends-le de "
        "nouveau, s'il te plaît."
    ),
    "subject_first": (
        "Merci ! D'abord, écris-moi la matière. Renvoie ensuite ton fichier, s'il te plaît."
    ),
    "subject_invalid": "Écris la matière en 2 à 60 caractères, s'il te plaît.",
    "homework_note": "✏️ J'ai ajouté ta note.",
    "homework_nothing_yet": "Il n'y a encore rien à rendre.",
    "homework_full": "Un devoir ne peut pas contenir plus de {count} pages.",
    "homework_wrong_kind": "Désolé, un devoir est un texte, des images ou des documents PDF.",
    "homework_limit": (
        "Tu as utilisé les devoirs gratuits de ce mois. Avec un abonnement, tu peux en rendre plus."
    ),
    "homework_submitted": (
        "✅ Ton devoir « {subject} » est rendu. Son numéro est *{reference}*. "
        "Nous enverrons la correction ici."
    ),
    "homework_in_already": (
        "✅ C'est déjà rendu : tu n'as plus rien à faire. Nous enverrons la correction ici."
    ),
    "homework_solved": "✅ Voici la correction de ton devoir « {subject} » *{reference}*.",
    "homework_solved_more": "✏️ Encore un mot sur ton devoir « {subject} » *{reference}* :",
    "homework_cancelled": "Ton devoir « {subject} » *{reference}* a été annulé.",
}
