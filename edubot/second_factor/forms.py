"""The code from the phone."""

from django import forms
from django.contrib.auth.models import User

from edubot.second_factor import devices

WRONG = "That code is not right, or it was used already. Wait for the next one and try again."


class CodeForm(forms.Form):
    """A code of the confirmed authenticator, or one of the recovery codes."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "none"}
        ),
    )

    def __init__(self, user: User, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.user = user

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not self.is_right(code):
            raise forms.ValidationError(WRONG)
        return code

    def is_right(self, code: str) -> bool:
        return devices.passes(self.user, code)


class FirstCodeForm(CodeForm):
    """The first code of the authenticator that is being set up."""

    def is_right(self, code: str) -> bool:
        device = devices.begun(self.user)
        return bool(device and device.verify_token("".join(code.split())))
