"""What the read-only pages of the admin share."""

import json
from typing import Any, Generic, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.utils.html import format_html

from whatsapp.counting import CappedPaginator
from whatsapp.hooks import resolve
from whatsapp.models import Media
from whatsapp.models.media import PICTURE_TYPES
from whatsapp.text import whole_number

M = TypeVar("M", bound=Model)
THUMBNAIL = '<a href="{0}" target="_blank"><img src="{0}" alt="{1}" height="90" loading="lazy"></a>'
MOST_SHOWN = 20_000  # characters of a body or a traceback


class ReadOnly:
    """Nothing is added, changed or deleted by hand."""

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin[M], Generic[M]):
    show_full_result_count = False  # counting millions for a headline
    paginator = CappedPaginator
    list_per_page = 50

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        try:
            return super().get_object(request, object_id, from_field)
        except OverflowError:  # SQLite, of an id beyond 64 bits in a one-to-one key
            return None


def as_block(text: str) -> str:
    """`text` as it is, in a box; empty text as a dash.

    Half an emoji, which Meta's JSON can hold and UTF-8 cannot, is shown as a question mark.
    """
    if not text:
        return "–"
    shown = text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + " …"
    shown = shown.encode("utf-8", "replace").decode()
    return format_html('<pre class="readonly" dir="auto">{}</pre>', shown)


def as_json(value: object) -> str:
    return as_block(json.dumps(value, indent=2, ensure_ascii=False)) if value else "–"


def number(object_id: str) -> int:
    """The id in the address of a row's page. Raises Http404 for what is none."""
    if found := whole_number(object_id):
        return found
    raise Http404("There is no such page.")


def link_to_file(media: Media | None) -> str:
    """A link to a stored file, a picture as itself; for whom it may not be shown, see the view."""
    if media is None:
        return "–"
    if media.state != Media.State.STORED:
        return media.error or media.get_state_display()
    address = resolve("WHATSAPP_FILE_ADDRESS")(media)
    if media.mime_type in PICTURE_TYPES:
        return format_html(THUMBNAIL, address, str(media))
    return format_html('<a href="{}" target="_blank">{}</a>', address, str(media))
