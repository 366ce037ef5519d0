"""Who else is here: on a beat of its own, so that the poll every two seconds writes nothing."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from support import presence, queries
from support.desk.access import user_with
from support.desk.queue import MOST
from whatsapp.text import whole_number


@require_POST
def here(request: HttpRequest) -> JsonResponse:
    """`ticket` is open (none: the queue), `left` no longer is; who is in these and in `row`s.

    By ticket: the colleagues' names, and the names of those who type.
    """
    user = user_with(request, queries.VIEW)
    place, left = _ids(request, "ticket"), _ids(request, "left")
    if left:
        presence.leave(left[0], user)
    if "gone" in request.POST:  # the page was closed; another one tells again soon
        presence.leave(presence.QUEUE, user)
        return JsonResponse({})
    presence.touch(
        place[0] if place else presence.QUEUE, user, typing=request.POST.get("typing") == "yes"
    )
    found = presence.others(place + _ids(request, "row")[:MOST], user)
    return JsonResponse(
        {
            ticket: {
                "names": [other.name for other in others],
                "typing": [other.name for other in others if other.is_typing],
            }
            for ticket, others in found.items()
        }
    )


def _ids(request: HttpRequest, name: str) -> list[int]:
    return [found for one in request.POST.getlist(name) if (found := whole_number(one))]
