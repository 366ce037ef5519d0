"""Lists page by page: by skip and limit with a total, or by cursor without counting."""

from typing import Any

from django.core import signing
from django.db.models import Model, Q, QuerySet
from rest_framework import serializers

from support.api.requests import NO_CURSOR, Validated
from whatsapp.counting import MOST, capped


class PageSerializer(serializers.Serializer[Any]):
    """What every list says besides its rows."""

    total = serializers.IntegerField(
        required=False, help_text=f"How many there are in all, counted up to {MOST}."
    )
    next = serializers.CharField(
        required=False,
        allow_null=True,
        help_text="In place of `total` if the call has a `cursor`: that of the page after this "
        "one, null on the last.",
    )

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        """Without `total` or `next` where the page has none (DRF would say null)."""
        shown = super().to_representation(instance)
        return {name: value for name, value in shown.items() if name in instance}


def page(
    name: str,
    rows: QuerySet[Any],
    wanted: Validated,
    *,
    newest_by: str = "",
    counted: QuerySet[Any] | None = None,
) -> dict[str, Any]:
    """One page of `rows` under `name`: those with the latest `newest_by`, then the highest id.

    `newest_by` is a time that may be missing, which puts a row last. `counted` are the same rows
    without what counting does not need. Raises ValidationError for a cursor that is not ours.
    """
    order = [f"-{newest_by}", "-id"] if newest_by else ["-id"]
    cursor, limit = wanted.get("cursor"), wanted["limit"]
    if cursor is None:
        total = capped(rows if counted is None else counted)
        start = wanted["skip"]
        return {name: list(rows.order_by(*order)[start : start + limit]), "total": total}
    if cursor:
        rows = rows.filter(_after(cursor, newest_by))
    found = list(rows.order_by(*order)[: limit + 1])
    is_last = len(found) <= limit
    return {name: found[:limit], "next": None if is_last else _cursor(found[limit - 1], newest_by)}


def _cursor(last: Model, newest_by: str) -> str:
    moment = getattr(last, newest_by) if newest_by else None
    return signing.dumps([moment and moment.isoformat(), last.pk], salt=_salt(newest_by))


def _after(cursor: str, newest_by: str) -> Q:
    """Signed, so that what comes back is what we gave: a time and an id of this kind of list."""
    try:
        moment, pk = signing.loads(cursor, salt=_salt(newest_by))
    except signing.BadSignature as error:
        raise serializers.ValidationError({"cursor": [NO_CURSOR]}) from error
    if not newest_by:
        return Q(pk__lt=pk)
    if moment is None:
        return Q(**{f"{newest_by}__isnull": True}, pk__lt=pk)
    earlier = Q(**{f"{newest_by}__lt": moment}) | Q(**{f"{newest_by}__isnull": True})
    return earlier | Q(**{newest_by: moment}, pk__lt=pk)


def _salt(newest_by: str) -> str:
    return f"support.api.paging:{newest_by}"
