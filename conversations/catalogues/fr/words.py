"""What students write."""

from typing import Final

from conversations.catalogues.catalogue import Words
from conversations.catalogues.intent import Answer, Intent

WORDS: Final = Words(
    whole={
        Intent.END_CHAT: (
            *("fin", "terminer", "terminer la discussion", "terminé", "fermer", "quitter"),
            *("mettre fin", "terminer le chat", "terminer la conversation", "fermer le chat"),
            *("fin de la discussion", "fin du chat", "fin de la conversation"),
            *("fermer la discussion", "quitter la discussion", "quitter le chat"),
        ),
        Intent.MAIN_MENU: ("menu principal", "menu", "accueil", "retour"),
        Intent.SUPPORT: (
            *("support", "assistance", "humain", "conseiller", "agent", "aide-moi", "aidez-moi"),
            *("parler à quelqu'un", "parler à une personne", "parler à un conseiller"),
            *("parler à un agent", "parler à un humain"),
        ),
        Intent.OPT_IN: ("démarrer", "commencer"),
        Intent.REGISTER: (
            *("inscription", "s'inscrire", "m'inscrire", "inscrire", "je m'inscris"),
            *("démarrer", "commencer"),
        ),
        Intent.HOMEWORK: (
            *("devoirs", "devoir", "exercice", "exercices", "soumettre", "rendre un devoir"),
            *("envoyer un devoir", "mes devoirs"),
        ),
        Intent.PAY: (
            *("payer", "paiement", "abonnement", "s'abonner", "m'abonner", "acheter"),
            *("je m'abonne", "je veux payer", "c'est combien", "combien ça coûte"),
            *("ça coûte combien", "combien coûte l'abonnement"),
        ),
        Intent.PAID: (
            *("j'ai payé", "c'est payé", "paiement effectué", "paiement fait", "j'ai déjà payé"),
            *("déjà payé", "j'ai payer", "jai payé", "c'est déjà payé", "paiement envoyé"),
            *("j'ai fait le paiement", "j'ai effectué le paiement", "j'ai envoyé l'argent"),
        ),
        Intent.STATUS: (
            *("statut", "mon statut", "vérifier", "mon abonnement", "où est ma correction"),
            *("je n'ai pas reçu ma correction", "j'ai pas reçu ma correction"),
            *("je n'ai pas encore reçu ma correction", "j'ai pas encore reçu ma correction"),
            *("où est mon devoir", "mon devoir est corrigé", "mon devoir est prêt"),
            *("est-ce que mon devoir est corrigé", "est-ce que mon devoir est prêt"),
            *("quand aurai-je ma correction", "ma correction", "statut de mon devoir"),
            *("c'est pour quand", "ça prend combien de temps", "ce sera prêt quand", "c'est prêt"),
        ),
        Intent.REQUESTS: ("mes demandes", "demandes", "mes tickets"),
        Intent.FAQ: ("faq", "question", "questions", "autres questions", "foire aux questions"),
        Intent.HELP: (
            *("aide", "infos", "informations", "besoin d'aide", "j'ai besoin d'aide"),
            *("comment ça marche", "que peux-tu faire", "tu fais quoi", "qui es-tu"),
            *("qui êtes-vous", "tu es qui", "tu es un robot", "es-tu un robot", "c'est qui"),
        ),
        Intent.CANCEL: ("annuler", "annule", "réinitialiser"),
        Intent.UPDATE: (
            *("modifier", "mettre à jour", "mise à jour", "profil", "mon profil"),
            *("modifier mon profil", "modifier mes informations", "changer mes informations"),
            *("changer mon nom", "modifier mon nom", "changer de classe", "changer ma classe"),
            *("modifier ma classe", "changer mon e-mail", "changer mon adresse"),
        ),
        Intent.LANGUAGE: ("langue", "langues", "changer de langue", "changer la langue"),
        Intent.OPT_OUT: (
            *("stop", "se désabonner", "désabonner", "désabonnement", "désabonnez-moi"),
            *("désabonne-moi", "plus de messages", "arrête de m'écrire", "arrêtez de m'écrire"),
            *("ne m'écris plus", "ne m'écrivez plus", "arrêtez les messages"),
        ),
    },
    in_sentences={
        Intent.SUPPORT: (
            *("assistance", "humain", "conseiller", "aidez-moi", "aide-moi"),
            *("parler à quelqu'un", "parler à une personne", "parler avec quelqu'un"),
            *("parler à qqn", "parler avec qqn", "parler avec une personne", "quelqu'un de réel"),
        ),
        Intent.HOMEWORK: ("devoirs", "devoir"),
        Intent.PAY: ("payer", "paiement", "abonnement", "m'abonner", "s'abonner"),
    },
    slipped={"conseiller": Intent.SUPPORT, "abonnement": Intent.PAY},
    in_homework=(
        *("menu", "menu principal", "annuler", "support", "parler à quelqu'un", "stop"),
        *("se désabonner", "désabonner", "assistance", "aide-moi", "aidez-moi"),
        "parler à une personne",
    ),
    in_answers=(*("accueil", "aide", "réinitialiser", "langue", "retour"),),
    greetings=(
        *("bonjour", "bonsoir", "salut", "coucou", "bonne journée", "bonne soirée", "bonne nuit"),
        *("au revoir", "à bientôt", "oui", "non", "d'accord", "ok", "ça va", "comment ça va"),
        *("merci bcp", "merci infiniment", "merci mille fois", "merci monsieur", "merci madame"),
        *("merci", "merci beaucoup", "merci bien", "bonjour à tous", "bonjour monsieur"),
        *("bonjour madame", "bonsoir monsieur", "bonsoir madame", "bjr", "bsr", "slt", "cc"),
        *("ok merci", "d'accord merci", "oui merci", "non merci", "merci à vous", "ouais", "oki"),
        *("d'acc", "dac", "bien reçu", "compris", "j'ai compris", "pas de problème", "de rien"),
        *("attends", "attendez", "une minute", "une seconde", "un instant", "un moment", "mdr"),
        *("voici", "le voici", "la voici", "voilà", "pardon", "désolé", "désolée", "stp", "svp"),
        *("s'il te plaît", "s'il vous plaît"),
    ),
    answers={
        Answer.NO_NAME: (
            *("pourquoi", "pourquoi pas", "quoi", "comment", "qui", "rien", "pas maintenant"),
            *("je ne sais pas", "je sais pas", "pour quoi faire"),
        ),
        Answer.SKIP_EMAIL: (
            *(
                "passe",
                "je passe",
                "passer",
                "non",
                "aucun",
                "aucune",
                "plus tard",
                "je n'en ai pas",
                "j'en ai pas",
            ),
            *("je n'ai pas d'e-mail", "j'ai pas d'e-mail", "pas d'e-mail", "pas d'email", "sauter"),
            *("je n'ai pas de mail", "j'ai pas de mail", "pas de mail", "j'ai pas", "j'en ai pas"),
            *("je n'ai pas d'email", "j'ai pas d'email", "je n'ai pas d'adresse", "pas d'adresse"),
            *("je n'ai pas d'adresse e-mail", "je n'ai pas d'adresse mail", "non merci"),
            *("j'ai pas d'adresse", "j'ai pas d'adresse mail", "je n'ai pas d'adresse email"),
        ),
        Answer.MY_EMAIL: (
            *("mon", "adresse", "l'adresse", "email", "e-mail", "mail", "est", "c'est", "voici"),
        ),
        Answer.SKIP_RATING: ("passer", "non", "non merci", "rien", "rien à ajouter", "non rien"),
        Answer.KEEP_DETAIL: ("garder", "le garder", "la garder", "pareil", "oui", "passer"),
        Answer.KEEP_CHAT: ("rester en contact",),
        Answer.STAY_IN_CHAT: ("continuer",),
        Answer.GOOD: (
            *("bien", "très bien", "super", "c'était bien", "au top", "cinq étoiles"),
            *("quatre étoiles", "bon travail", "pas mal"),
        ),
        Answer.BAD: (
            *("pas bien", "mauvais", "très mauvais", "mal", "c'était mauvais", "une étoile"),
            *("deux étoiles", "zéro", "pas terrible"),
        ),
        Answer.PRAISE: (
            *("bien", "bon", "bonne", "super", "parfait", "parfaite", "génial", "géniale", "top"),
            *("excellent", "excellente", "impeccable", "rapide", "gentil", "gentille", "utile"),
            *("efficace", "formidable", "satisfait", "satisfaite", "sympa"),
        ),
        Answer.BLAME: (
            *("mauvais", "mauvaise", "mal", "nul", "nulle", "lent", "lente", "horrible", "inutile"),
        ),
        Answer.NOT: ("pas", "jamais", "n'était", "n'est"),
        Answer.ABOUT_A_CHAT: (
            *("le", "la", "les", "un", "une", "du", "de", "des", "je", "j'ai", "tu", "il", "elle"),
            *("on", "nous", "vous", "mon", "ma", "ton", "votre", "ce", "cette", "est", "ai", "a"),
            *("et", "à", "au", "avec", "pour", "ne", "que", "été"),
            *("support", "service", "équipe", "l'équipe", "discussion", "assistance", "agent"),
            *("l'agent", "réponse", "conseiller", "c'était", "c'est", "était", "très", "trop"),
            *("vraiment", "tout", "merci", "mets", "donne", "note", "plutôt", "fait", "travail"),
            *("mais", "peu", "assez", "aussi"),
        ),
        Answer.MIDDLING: ("bof", "moyen", "moyenne", "comme ci comme ça", "ni bien ni mal"),
        Answer.STAR: ("étoile", "étoiles"),
        Answer.OUT_OF: ("sur",),
        Answer.TEXT: ("texte", "en texte", "par texte", "du texte", "je vais écrire", "par écrit"),
        Answer.PICTURES: (
            *("image", "images", "photo", "photos", "en images", "en photos", "pdf", "en image"),
            *("en photo", "par photo", "par photos", "par image", "en pdf", "une photo"),
            *("des photos", "je vais envoyer des photos", "je vais envoyer une photo", "les deux"),
            *("je veux envoyer des photos", "je veux envoyer une photo", "plutôt en photo"),
            *("plutôt des photos", "je préfère en photo", "je préfère envoyer une photo"),
        ),
        Answer.DONE: (
            *(
                "terminé",
                "fini",
                "j'ai fini",
                "c'est tout",
                "c'est fini",
                "c'est bon",
                "c'est fait",
            ),
            *(
                "j'ai terminé",
                "c'est terminé",
                "c'est envoyé",
                "c fini",
                "c bon",
                "voilà c'est tout",
            ),
        ),
        Answer.GO_ON: ("continuer", "continue"),
        Answer.CONFIRM: (
            *("confirmer", "je confirme", "oui", "ok", "d'accord", "oui merci", "ouais", "oki"),
            *("d'acc", "dac", "vas-y"),
        ),
        Answer.DENY: ("non", "non merci", "pas encore", "pas maintenant", "plus tard"),
        Answer.STILL_HERE: (
            *("je suis là", "oui je suis là", "je suis encore là", "toujours là", "encore là"),
        ),
        Answer.A_PERSON: (
            *("parler", "contacter", "joindre", "appeler", "discuter", "voudrais", "aimerais"),
            *("quelqu", "quelqu'un", "personne", "vrai", "vraie", "maintenant", "vite", "urgent"),
            *("service", "client", "équipe", "l'équipe", "humaine", "faut", "robot"),
        ),
        Answer.REMOVE: (
            *("retirer", "retire", "supprimer", "supprime", "enlever", "enlève", "la retirer"),
            *("retirer une", "retire une", "supprimer une", "enlever une"),
        ),
        Answer.PAGE: ("page", "la page", "photo", "la photo", "image", "l'image", "numéro", "no"),
    },
    introductions=(
        *(
            "je m'appelle",
            "je suis",
            "moi c'est",
            "mon nom est",
            "mon nom complet est",
            "mon nom c'est",
        ),
        *("je suis en", "ma classe est", "je suis en classe de", "en classe de"),
    ),
    unlike_names=(
        *("je", "j'ai", "j'arrive", "moi", "mon", "mes", "nous", "notre", "vous", "votre", "vos"),
        *("c'est", "est", "suis", "sont", "avez", "veux", "voudrais", "peux", "peut", "dois"),
        *("ne", "n'ai", "n'est", "n'arrive", "pas", "plus", "comment", "pourquoi", "quand"),
        *("quel", "quelle", "combien", "qui", "que", "besoin", "pour", "avec", "depuis", "mais"),
        *("toujours", "hier", "aujourd'hui", "payé", "problème", "svp", "s'il"),
    ),
    fillers=(
        *("le", "la", "les", "un", "une", "des", "du", "de", "d", "l", "je", "j", "tu", "il"),
        *("elle", "on", "nous", "vous", "mon", "ma", "mes", "ton", "ta", "tes", "ce", "cette"),
        *("est", "suis", "sont", "ai", "a", "ont", "peux", "peut", "puis-je", "dois", "faut-il"),
        *("comment", "que", "quoi", "quand", "où", "quel", "quelle", "quels", "qui", "pourquoi"),
        *("est-ce", "qu'est-ce", "si", "ou", "et", "à", "au", "aux", "en", "dans", "sur", "pour"),
        *("avec", "par", "ne", "pas", "oui", "non", "veux", "besoin", "savoir", "svp", "merci"),
    ),
    itself=(
        *("français", "en français", "french", "français stp", "français svp", "en français stp"),
        *("en français svp", "parle français", "parlez français", "in french", "french please"),
        *("in french please", "speak french", "french pls"),
    ),
)
