"""States, periods and dates."""

from typing import Final

from conversations.catalogues.catalogue import Terms

TERMS: Final = Terms(
    homework={
        "PENDING": "En attente",
        "ASSIGNED": "Chez un tuteur",
        "IN_PROGRESS": "En cours",
        "SOLVED": "Corrigé",
        "CANCELLED": "Annulé",
    },
    requests={
        "OPEN": "Ouverte",
        "IN_PROGRESS": "En cours",
        "RESOLVED": "Résolue",
        "CLOSED": "Fermée",
    },
    periods={1: "par jour", 7: "par semaine", 30: "par mois", 365: "par an"},
    period="pour {days} jours",
    day="l j F",
)
