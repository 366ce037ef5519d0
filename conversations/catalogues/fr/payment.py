"""Subscribing."""

from typing import Final

SENTENCES: Final = {
    "pay_closed": (
        "💳 Les paiements ne sont pas encore ouverts. Notre équipe t'en dira volontiers plus."
    ),
    "pay_unregistered": "💳 Pour t'abonner, inscris-toi d'abord. Cela prend une minute.",
    "pay_offer": (
        "💳 L'abonnement coûte {price}. Choisis *Confirmer* pour recevoir le lien de paiement."
    ),
    "pay_renewal": (
        "💳 Ton abonnement court jusqu'au {until}. Pour le renouveler ({price}), choisis "
        "*Confirmer* pour recevoir le lien de paiement ; la nouvelle période s'ajoute à l'ancienne."
    ),
    "pay_link": (
        "💳 Voici ton lien pour payer {price}. Je te préviendrai ici dès que le paiement sera "
        "arrivé ; tu peux aussi écrire *j'ai payé*."
    ),
    "pay_not_yet": (
        "⏳ J'ai demandé à Paystack : ton paiement n'est pas encore arrivé. Voici de nouveau ton "
        "lien. Si tu viens de payer, cela peut prendre quelques minutes ; je te préviendrai."
    ),
    "pay_received": "🎉 Merci ! Ton paiement est arrivé : ton abonnement court jusqu'au {until}.",
    "pay_failed": (
        "😕 Ton paiement n'a pas abouti, et rien ne nous a été payé. Tu peux réessayer, peut-être "
        "avec une autre carte."
    ),
    "pay_no_link": (
        "😕 Désolé, je n'ai pas pu obtenir de lien de paiement. Réessaie un peu plus tard."
    ),
    "pay_nothing_found": (
        "🔎 J'ai demandé à Paystack et je n'ai trouvé aucun paiement de ta part. Si de l'argent a "
        "quitté ton compte, écris *support* et notre équipe fera des recherches."
    ),
    "pay_unreachable": (
        "⏳ Paystack ne répond pas en ce moment. Je continue d'essayer et je t'écrirai ici."
    ),
    "pay_flagged": (
        "🙏 Merci ! Notre équipe doit vérifier quelque chose dans ton paiement, ton abonnement n'a "
        "donc pas encore commencé. Rien n'est perdu ; nous t'écrirons."
    ),
    "pay_refunded": (
        "💸 Ton paiement a été remboursé. L'argent peut mettre quelques jours à t'arriver."
    ),
    "pay_refund_failed": (
        "😕 Ton remboursement n'a pas encore abouti. Notre équipe cherchera une autre solution."
    ),
    "subscription_ends": "⏰ Ton abonnement se termine le {until}. Veux-tu le renouveler ?",
}
