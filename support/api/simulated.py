"""The forms of the simulator's API (`support.api.simulator`)."""

from typing import Any

from rest_framework import serializers

from support.api.fields import TextField, UtcDateTimeField, WordsField
from support.api.requests import Strict
from whatsapp.simulator.forms import StudentForm
from whatsapp.simulator.models import SimulatedPhone


class NewStudent(Strict):
    name = WordsField(max_length=200)
    number = TextField(
        required=False, max_length=25, help_text="With its country code. Without: hidden."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """As the simulator's own page checks it."""
        form = StudentForm(attrs)
        if not form.is_valid():
            raise serializers.ValidationError(
                {name: list(map(str, said)) for name, said in form.errors.items()}
            )
        return form.cleaned_data


class Spoken(Strict):
    text = TextField(min_length=1, max_length=65_536, trim_whitespace=False)
    quoted_wamid = WordsField(required=False, max_length=128)


class Tapped(Strict):
    wamid = WordsField(max_length=128, help_text="The message with the button or row.")
    choice_id = WordsField(max_length=256)


class SentFile(Strict):
    file = serializers.FileField()
    caption = TextField(required=False, allow_blank=True, max_length=1024)
    voice = serializers.BooleanField(required=False, help_text="A sound is a voice note.")


class SimulatedStudentSerializer(serializers.ModelSerializer[SimulatedPhone]):
    class Meta:
        model = SimulatedPhone
        fields = ["id", "name", "number", "user_id", "username", "hides_phone"]
        read_only_fields = fields


class SimulatedStudentListSerializer(serializers.Serializer[Any]):
    students = SimulatedStudentSerializer(many=True)


class ChoiceSerializer(serializers.Serializer[Any]):
    """A button, or a row of a list."""

    id = serializers.CharField(help_text="For `choice_id`.")
    title = serializers.CharField()


class BubbleSerializer(serializers.Serializer[Any]):
    """A message as the phone shows it."""

    wamid = serializers.CharField()
    from_student = serializers.BooleanField()
    type = serializers.CharField()
    text = serializers.CharField()
    buttons = ChoiceSerializer(many=True)
    rows = ChoiceSerializer(many=True)
    link_url = serializers.CharField()
    media_url = serializers.CharField()
    quoted_wamid = serializers.CharField()
    status = serializers.CharField(help_text="How far it has come: sent, delivered, read.")
    created_at = UtcDateTimeField()


class BubbleListSerializer(serializers.Serializer[Any]):
    messages = BubbleSerializer(many=True)
