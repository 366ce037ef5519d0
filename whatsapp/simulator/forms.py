"""What the phone's page and API take, checked."""

from django import forms

from whatsapp.simulator import rules
from whatsapp.simulator.media import MIME_TYPES
from whatsapp.simulator.models import Misbehaviour, SimulatedPhone

FILE_LIMIT = 100 * 1024 * 1024  # bytes; Meta refuses larger ones on the phone already


class StudentForm(forms.Form):
    name = forms.CharField(max_length=200)
    number = forms.CharField(max_length=25, required=False)
    hides_phone = forms.BooleanField(required=False)

    def clean_number(self) -> str | None:
        number = rules.digits(self.cleaned_data["number"])
        if not number:
            return None
        if not number.isascii() or not number.isdecimal() or not 7 <= len(number) <= 15:
            raise forms.ValidationError(
                "Write the number with its country code, e.g. +2348031234567."
            )
        if SimulatedPhone.objects.filter(number=number).exists():
            raise forms.ValidationError("Another student has this number.")
        return number


class SayForm(forms.Form):
    text = forms.CharField(max_length=65_536, strip=False)
    quoted_wamid = forms.CharField(max_length=128, required=False)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError("Write something first.")
        return text


class TapForm(forms.Form):
    wamid = forms.CharField(max_length=128)
    choice_id = forms.CharField(max_length=256)


class ReactForm(forms.Form):
    wamid = forms.CharField(max_length=128)
    emoji = forms.CharField(max_length=16, required=False)


class LocationForm(forms.Form):
    latitude = forms.FloatField(min_value=-90, max_value=90)
    longitude = forms.FloatField(min_value=-180, max_value=180)
    name = forms.CharField(max_length=200, required=False)
    address = forms.CharField(max_length=300, required=False)


class MediaForm(forms.Form):
    file = forms.FileField()
    caption = forms.CharField(max_length=1024, required=False)
    voice = forms.BooleanField(required=False)
    # A picture may be sent as a document; without a kind the MIME type decides.
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in MIME_TYPES], required=False)

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > FILE_LIMIT:
            raise forms.ValidationError("WhatsApp takes files of up to 100 MB.")
        return file


class MisbehaviourForm(forms.ModelForm[Misbehaviour]):
    class Meta:
        model = Misbehaviour
        fields = (
            "slow_seconds",
            "error_500_percent",
            "error_429_percent",
            "refuse_connection_percent",
            "accept_then_hang_percent",
            "hang_seconds",
            "duplicate_webhooks_percent",
            "shuffle_webhooks",
            "status_delay",
            "reads_messages",
            "checks_window",
            "token_revoked",
            "token_ends_soon",
            "token_lacks_permission",
            "app_not_subscribed",
            "number_flagged",
            "number_banned",
            "paystack_down",
            "paystack_repeats",
        )
        labels = {
            "slow_seconds": "Answers after (seconds)",
            "error_500_percent": "Fails with 500 (%)",
            "error_429_percent": "Too many requests, 429 (%)",
            "refuse_connection_percent": "Drops the connection (%)",
            "accept_then_hang_percent": "Accepts, then hangs (%)",
            "hang_seconds": "Hangs for (seconds)",
            "duplicate_webhooks_percent": "Webhooks come twice (%)",
            "shuffle_webhooks": "Webhooks out of order",
            "status_delay": "Ticks come later (times)",
            "reads_messages": "The student reads messages",
            "checks_window": "The 24-hour window counts",
            "token_revoked": "The access token is revoked",
            "token_ends_soon": "The access token ends in a week",
            "token_lacks_permission": "The access token may not send",
            "app_not_subscribed": "The account sends its webhooks to no app",
            "number_flagged": "Students report the number",
            "number_banned": "The number is banned",
            "paystack_down": "Paystack is down",
            "paystack_repeats": "Paystack tells everything three times",
        }
