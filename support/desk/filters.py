"""Which tickets the queue shows, as the form above it says."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import QueryDict

from support.desk.forms import Colleague
from support.desk.orders import ENDED, NEWEST, WAITING, WINDOW, Order
from support.finding import tickets_matching
from support.models import Category, Priority, Rating, SupportTicket
from support.models.ticket import OPEN_STATUSES
from support.queries import answering_staff, awake

Tickets = QuerySet[SupportTicket]
MINE, UNASSIGNED, ALL, SNOOZED, RESOLVED = "mine", "unassigned", "all", "snoozed", "resolved"
TABS = [
    (MINE, "Mine"),
    (UNASSIGNED, "Unassigned"),
    (ALL, "All open"),
    (SNOOZED, "Snoozed"),
    (RESOLVED, "Resolved"),
]
COUNTED = {
    MINE: "Open tickets that you have, without the snoozed",
    UNASSIGNED: "Open tickets that nobody has, without the snoozed",
    ALL: "Everybody's open tickets, without the snoozed",
    SNOOZED: "Open tickets that are put aside for a while",
    RESOLVED: "Ended tickets; the number is of those that ended today",
}
SORTS = {"waiting": WAITING, "window": WINDOW}
UNFILTERED = frozenset({"tab", "q", "sort"})  # which tickets and how, before any filter
WORDS = 200  # characters of a search


class QueueForm(forms.Form):
    """Tab, search, filters and order. What makes no sense is as if it had not been asked."""

    tab = forms.ChoiceField(choices=TABS, required=False, widget=forms.RadioSelect)
    q = forms.CharField(max_length=WORDS, required=False)
    sort = forms.ChoiceField(
        label="Order",
        choices=[("waiting", "Waiting longest"), ("window", "24-hour window closing")],
        required=False,
    )
    priority = forms.ChoiceField(choices=[("", "Any"), *Priority.choices], required=False)
    category = forms.ModelChoiceField(Category.objects.all(), required=False, empty_label="Any")
    person = Colleague(
        User.objects.none(), label="Who has it", required=False, empty_label="Anyone"
    )
    rating = forms.ChoiceField(choices=[("", "Any"), *Rating.choices], required=False)
    unread = forms.BooleanField(label="Only unread", required=False)

    def __init__(self, data: QueryDict, tab: str = ALL) -> None:
        """`tab` is the one for an address that names none."""
        filled = data.copy()
        if filled.get("tab") not in dict(TABS):
            filled["tab"] = tab
        super().__init__(filled, auto_id="queue_%s")
        self.fields["person"].queryset = answering_staff()  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked and makes sense."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def filters(self) -> list[forms.BoundField]:
        """The fields behind "Filter"."""
        return [self[name] for name in ("sort", "priority", "category", "person", "rating")]

    @property
    def how_many(self) -> int:
        """The filters in force."""
        return len(set(self.asked) - UNFILTERED)

    @property
    def order(self) -> Order:
        if "q" in self.asked:
            return NEWEST
        if self.asked["tab"] == RESOLVED:
            return ENDED
        return SORTS[self.asked.get("sort", "waiting")]

    @property
    def address(self) -> str:
        """The query that leads back to this very queue."""
        return self._query(self.asked)

    @property
    def cleared(self) -> str:
        """The same without filters."""
        return self._query(name for name in self.asked if name in UNFILTERED)

    def _query(self, names: Iterable[str]) -> str:
        kept = QueryDict(mutable=True)
        for name in names:
            kept[name] = self.data[name]
        return kept.urlencode()


def chosen(tickets: Tickets, form: QueueForm, user: User) -> Tickets:
    """The tickets of the tab, or all that fit the words searched for, through the filters."""
    asked = form.asked
    tickets = (
        tickets_matching(tickets, asked["q"], user)
        if "q" in asked
        else _of_tab(tickets, asked["tab"], user)
    )
    for name, field in FILTERS.items():
        if name in asked:
            tickets = tickets.filter(**{field: asked[name]})
    return tickets


FILTERS = {
    "priority": "priority",
    "category": "category",
    "person": "assigned_admin",
    "rating": "rating",
    "unread": "unread_count__gte",  # True counts as one
}


def _of_tab(tickets: Tickets, tab: str, user: User) -> Tickets:
    if tab == RESOLVED:
        return tickets.filter(closed_at__isnull=False)
    is_open = tickets.filter(status__in=OPEN_STATUSES)
    if tab == SNOOZED:
        return is_open.filter(snoozed_until__isnull=False)
    is_open = awake(is_open)
    if tab == MINE:
        return is_open.filter(assigned_admin=user)
    return is_open.filter(assigned_admin=None) if tab == UNASSIGNED else is_open
