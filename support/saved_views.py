"""Views of the queue under a name: a person's own, and those that the team shares."""

from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from support.models import SavedView
from support.services.errors import ServiceError

SHARE = "support.share_savedview"
LONGEST = 500  # characters of a query
LONGEST_NAME = 60
MOST = 50  # views of one person


def of_user(user: User) -> QuerySet[SavedView]:
    """What `user` may choose from: shared ones first."""
    theirs = SavedView.objects.filter(Q(owner=user) | Q(owner=None))
    return theirs.order_by(F("owner").asc(nulls_first=True), "position", "name")


def keep(user: User, name: str, query: str, *, shared: bool = False) -> SavedView:
    """Keep `query` under `name`; the same name again replaces it.

    Raises ServiceError for what cannot be kept, and for sharing without the permission.
    """
    if shared and not user.has_perm(SHARE):
        raise ServiceError("Only a lead can share a view with the team. Keep it for yourself.")
    name, query = name.strip(), tidy(query)
    if not name or len(name) > LONGEST_NAME:
        raise ServiceError(f"Give the view a name of at most {LONGEST_NAME} characters.")
    owner = None if shared else user
    if SavedView.objects.filter(owner=owner).exclude(name=name).count() >= MOST:
        raise ServiceError(f"{MOST} views are the most. Delete one that you do not need.")
    found = SavedView.objects.filter(owner=owner, name=name).first()
    view = found or SavedView(owner=owner, name=name)
    view.query = query
    view.save()
    return view


def drop(user: User, view: SavedView) -> None:
    """Raises ServiceError if `user` may not."""
    if view.owner_id != user.pk and not (view.owner_id is None and user.has_perm(SHARE)):
        raise ServiceError("This view is not yours.")
    view.delete()


def tidy(query: str) -> str:
    """`query` as it stands behind a "?": an address pasted whole loses its beginning.

    Page numbers are left out. Raises ServiceError if it is too long.
    """
    text = urlsplit(query).query if "?" in query else query
    parsed = QueryDict(text, mutable=True)
    parsed.pop("page", None)
    tidied: str = parsed.urlencode()
    if len(tidied) > LONGEST:
        raise ServiceError("This view is too long to be kept. Use fewer filters.")
    return tidied
