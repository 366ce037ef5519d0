"""Prices in words."""

from typing import Final

from django.conf import settings

from conversations.catalogues.catalogue import Terms

_SYMBOLS: Final = {"NGN": "₦", "USD": "$", "GHS": "GH₵", "ZAR": "R", "KES": "KSh "}


def money(amount: int, currency: str) -> str:
    """`amount` kobo (or whatever the hundredth part is called) as "₦5,000" or "₦5,000.50"."""
    symbol = _SYMBOLS.get(currency, f"{currency} ")
    units, cents = divmod(amount, 100)
    return f"{symbol}{units:,}.{cents:02}".removesuffix(".00")


def with_period(amount: int, currency: str, days: int, terms: Terms) -> str:
    """As "₦5,000 a month"."""
    period = terms.periods.get(days) or terms.period.format(days=days)
    return f"{money(amount, currency)} {period}"


def subscription(terms: Terms) -> str:
    """What a subscription costs at present."""
    return with_period(
        settings.SUBSCRIPTION_PRICE_KOBO,
        settings.SUBSCRIPTION_CURRENCY,
        settings.SUBSCRIPTION_DAYS,
        terms,
    )
