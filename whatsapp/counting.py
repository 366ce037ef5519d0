"""Pages of lists that may have millions of rows."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

MOST = 10_000


class CappedPaginator(Paginator[Any]):
    """Counts and shows the first MOST rows: whoever looks for more filters or searches."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        return capped(rows) if isinstance(rows, QuerySet) else len(rows)


def capped(rows: QuerySet[Any]) -> int:
    """How many rows there are, up to MOST: a count that costs the same at any size."""
    return rows.order_by()[:MOST].count()
