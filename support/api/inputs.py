"""What integrators may send about tickets."""

from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.files.uploadedfile import UploadedFile
from rest_framework import serializers

from support import queries
from support.api.fields import (
    IdField,
    PersonField,
    PhoneField,
    TextField,
    UtcDateTimeField,
    WordsField,
)
from support.api.requests import SEARCH_MAX, PageQuery, Query, Strict
from support.desk import uploads
from support.models import Category, Priority, Rating, SenderType, TicketStatus
from whatsapp.kinds import Kind

NAME_MAX = 255
TEXT_MAX = 16_000
CAPTION_MAX = 1024


class Attachment(NamedTuple):
    """A file and the kind of WhatsApp message that it becomes."""

    file: UploadedFile
    kind: Kind
    mime_type: str


class TicketQuery(PageQuery):
    status = serializers.ChoiceField(choices=TicketStatus.choices, required=False)
    priority = serializers.ChoiceField(choices=Priority.choices, required=False)
    assigned_admin_id = IdField(required=False)
    phone_number = PhoneField(required=False)
    contact_id = IdField(required=False)
    search = WordsField(
        required=False, max_length=SEARCH_MAX, help_text="In names, phone numbers and messages."
    )
    created_after = UtcDateTimeField(required=False, help_text="At this time or later.")
    created_before = UtcDateTimeField(required=False, help_text="At this time or earlier.")


class RatingQuery(PageQuery):
    rating = serializers.ChoiceField(choices=Rating.choices, required=False)


class SenderQuery(Query):
    sender_type = serializers.ChoiceField(
        choices=[SenderType.ADMIN, SenderType.USER],
        default=SenderType.ADMIN,
        help_text=(
            "`admin` answers the student on WhatsApp; `user` only puts into the thread "
            "what the student said elsewhere."
        ),
    )


class NewTicket(serializers.Serializer[Any]):
    phone_number = PersonField(
        help_text="With or without `+` or in national form; or `contact:` and the id of a "
        "contact, for a student who hides the number."
    )
    sender_name = WordsField(max_length=NAME_MAX)
    issue_description = WordsField(max_length=TEXT_MAX)
    priority = serializers.ChoiceField(
        choices=Priority.choices, required=False, help_text="MEDIUM if not given."
    )


class NewMessage(serializers.Serializer[Any]):
    message = WordsField(
        max_length=TEXT_MAX,
        help_text="More than WhatsApp takes in one message goes out as several.",
    )


class NewAnswer(NewMessage):
    quoted_message_id = IdField(
        required=False, help_text="A message of this ticket that the answer quotes."
    )


class NewFile(Strict):
    file = serializers.FileField(
        max_length=240, help_text="A picture, film, sound, PDF, Office or text file."
    )
    caption = TextField(required=False, allow_blank=True, max_length=CAPTION_MAX)
    quoted_message_id = IdField(
        required=False, help_text="A message of this ticket that the file answers."
    )

    def validate_file(self, file: UploadedFile) -> Attachment:
        try:
            return Attachment(file, *uploads.identify(file))
        except DjangoValidationError as error:
            raise serializers.ValidationError(error.messages) from error


class NewNote(Strict):
    message = WordsField(max_length=TEXT_MAX, help_text="Never leaves the desk.")


class FilledTemplate(Strict):
    template_id = IdField(help_text="From the list of templates.")
    values = serializers.DictField(
        child=TextField(max_length=CAPTION_MAX),
        default=dict,
        help_text="A text for each name in the template's `parameters`.",
    )


class Nothing(Strict):
    """An act that needs no words: `{}`, or no body at all."""


class TicketChange(Strict):
    """What is not named stays as it is."""

    status = serializers.ChoiceField(choices=TicketStatus.choices, required=False)
    priority = serializers.ChoiceField(choices=Priority.choices, required=False)
    assigned_admin_id = IdField(
        required=False,
        allow_null=True,
        help_text="Somebody who may answer students; null releases the ticket. "
        f"Needs the permission {queries.ASSIGN}.",
    )
    category = WordsField(required=False, allow_null=True, help_text="Name of a category, or null.")

    def validate_assigned_admin_id(self, user_id: int | None) -> User | None:
        if user_id is None:
            return None
        if user := queries.answering_staff().filter(pk=user_id).first():
            return user
        raise serializers.ValidationError("No member of staff who may answer students has this id.")

    def validate_category(self, name: str | None) -> Category | None:
        if name is None:
            return None
        if category := Category.objects.filter(name=name).first():
            return category
        raise serializers.ValidationError("There is no category of this name.")
