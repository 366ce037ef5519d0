"""What staff send from a ticket's page."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from support import phones
from support.desk import uploads
from support.models import (
    CannedReply,
    Category,
    Priority,
    SupportMessage,
    SupportTicket,
    TicketStatus,
)
from support.queries import ASSIGN, answering_staff
from support.services import name_of
from whatsapp.kinds import Kind
from whatsapp.models import Contact

REPLY_MODE, NOTE_MODE = "reply", "note"
TEXT_LIMIT = 20_000  # characters; what is too long for one message becomes several
MOST_FILES = 10
ISSUE_LIMIT = 16_000  # as at the API
WORDS_LIMIT = 700  # closing words share one message with the bot's goodbye


def box_token(request: HttpRequest) -> UUID | None:
    """The token of the reply box whose words `request` brings, None if there is none."""
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return None


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, each checked by itself; a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data or []
        if len(files) > MOST_FILES:
            raise ValidationError(f"At most {MOST_FILES} files go at once.")
        return [super(FilesField, self).clean(file, initial) for file in files]


class ComposeForm(forms.Form):
    """A reply, with or without files, or a note.

    `canned` is the ready-made reply whose file goes along. `kinds` are the kind and the MIME type
    of each other file, once the form is valid.
    """

    mode = forms.ChoiceField(
        choices=[(REPLY_MODE, "Reply to the student"), (NOTE_MODE, "Internal note")],
        widget=forms.RadioSelect,
        initial=REPLY_MODE,
    )
    text = forms.CharField(
        label="Message", required=False, max_length=TEXT_LIMIT, widget=forms.Textarea
    )
    file = FilesField(required=False, label="Attach files", max_length=240)
    quoting = forms.ModelChoiceField(
        SupportMessage.objects.none(), required=False, widget=forms.HiddenInput
    )
    canned = forms.ModelChoiceField(
        CannedReply.objects.exclude(file=""),
        required=False,
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": "The ready-made reply or its file is gone. Choose again."
        },
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, ticket: SupportTicket, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quoting"].queryset = ticket.messages.exclude(wire=None)  # type: ignore[attr-defined]
        self.kinds: list[tuple[Kind, str]] = []

    def clean_text(self) -> str:
        """Browsers send line ends as CR LF; students read them on a phone."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_file(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["file"]
        self.kinds = [uploads.identify(file) for file in files]
        return files

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        text, file = data.get("text"), data.get("file") or data.get("canned")
        if not (text or file or self.errors):
            raise ValidationError("Write something first.")
        if data.get("mode") == NOTE_MODE and file:
            raise ValidationError("A note cannot carry a file.")
        return data

    @property
    def client_token(self) -> UUID:
        """The same for the same words sent twice, another if they were changed in between."""
        data = self.cleaned_data
        files = [(file.name, file.size) for file in data["file"]]
        canned = [data["canned"].pk] if data["canned"] else []
        return uuid5(data["token"], repr((data["mode"], data["text"], files, *canned)))

    @property
    def attachments(self) -> Iterator[tuple[Any, Kind, str, UUID]]:
        """Each file with its kind, MIME type and a client token of its own."""
        for place, (file, kind) in enumerate(
            zip(self.cleaned_data["file"], self.kinds, strict=True)
        ):
            yield file, *kind, uuid5(self.client_token, str(place))


class PropertiesForm(forms.Form):
    """Where a ticket stands. Only what was changed counts, so that a page left open undoes nothing.

    Each field carries along what it showed (`show_hidden_initial`); one that was not sent stays.
    """

    status = forms.ChoiceField(choices=TicketStatus, show_hidden_initial=True)
    priority = forms.ChoiceField(choices=Priority, show_hidden_initial=True)
    category = forms.ModelChoiceField(
        Category.objects.all(), required=False, show_hidden_initial=True, empty_label="None"
    )

    def __init__(self, ticket: SupportTicket, user: User, data: QueryDict | None = None) -> None:
        shown = {
            "status": ticket.status,
            "priority": ticket.priority,
            "category": ticket.category_id,
            "assigned_admin": ticket.assigned_admin_id,
        }
        super().__init__(data, initial=shown)
        if user.has_perm(ASSIGN):
            self.fields["assigned_admin"] = _colleagues(ticket)
        for name in [name for name in self.fields if data is not None and name not in data]:
            del self.fields[name]


class Colleague(forms.ModelChoiceField[User]):
    """A choice of staff, by the names they are called everywhere."""

    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


def _colleagues(ticket: SupportTicket) -> forms.ModelChoiceField[User]:
    """Everyone who answers, and whoever has the ticket even if not answering any more."""
    people = answering_staff()
    if ticket.assigned_admin_id:
        people = people | User.objects.filter(pk=ticket.assigned_admin_id)
    return Colleague(
        people,
        label="Assigned to",
        required=False,
        show_hidden_initial=True,
        empty_label="Nobody",
    )


class EndForm(forms.Form):
    status = forms.ChoiceField(
        label="The ticket is then",
        choices=[
            (TicketStatus.RESOLVED.value, "Resolved: the student was helped"),
            (TicketStatus.CLOSED.value, "Closed: there is nothing more to do"),
        ],
        widget=forms.RadioSelect,
        initial=TicketStatus.RESOLVED.value,
    )
    words = forms.CharField(
        label="Closing words for the student (optional)",
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewTicketForm(forms.Form):
    """A ticket for somebody who phones or comes to the counter; nobody needs to type the number of
    a `contact`, who may hide it.
    """

    phone_number = forms.CharField(max_length=40, widget=forms.TextInput({"inputmode": "tel"}))
    sender_name = forms.CharField(label="Name, if not known yet", max_length=255, required=False)
    issue_description = forms.CharField(
        label="What it is about",
        max_length=ISSUE_LIMIT,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    priority = forms.ChoiceField(choices=Priority, initial=Priority.MEDIUM)

    def __init__(self, data: QueryDict | None = None, contact: Contact | None = None) -> None:
        name = contact.name if contact else ""
        super().__init__(data, auto_id="new_%s", initial={"sender_name": name})
        self.contact = contact
        if contact:
            del self.fields["phone_number"]

    def clean_phone_number(self) -> str:
        """In E.164."""
        try:
            return phones.normalise(self.cleaned_data["phone_number"])
        except ValueError as error:
            raise ValidationError("This is not a phone number.") from error
