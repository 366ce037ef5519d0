"""What the simulator remembers: phones, messages, media, webhooks, calls and its moods."""

from django.core.validators import MaxValueValidator
from django.db import models


class SimulatedPhone(models.Model):
    """A student with WhatsApp. `number` is digits without `+`; it may be hidden or missing."""

    number = models.CharField(max_length=20, null=True, blank=True, unique=True)
    user_id = models.CharField(max_length=140, unique=True, help_text="business-scoped user id")
    name = models.CharField(max_length=200, blank=True)
    username = models.CharField(max_length=35, blank=True)
    hides_phone = models.BooleanField(default=False)
    last_wrote_at = models.DateTimeField(null=True, blank=True)
    business_types_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "whatsapp"
        db_table = "whatsapp_simulator_phone"

    def __str__(self) -> str:
        return f"{self.name} ({'hidden number' if self.hides_phone else self.number})"


class Direction(models.TextChoices):
    """Who wrote a message."""

    FROM_STUDENT = "from_student"
    FROM_BUSINESS = "from_business"


class Tick(models.TextChoices):
    """How far a message has come, as the ticks under its bubble show it."""

    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class SimulatedMessage(models.Model):
    """One bubble on a phone; `body` is the message object as JSON text, in Meta's shape."""

    phone = models.ForeignKey(SimulatedPhone, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=16, choices=Direction)
    wamid = models.CharField(max_length=128, unique=True)
    callback_id = models.CharField(max_length=512, blank=True)
    type = models.CharField(max_length=32)
    body = models.TextField()
    quoted_wamid = models.CharField(max_length=128, blank=True)
    status = models.CharField(max_length=16, choices=Tick, default=Tick.SENT)
    student_reaction = models.CharField(max_length=32, blank=True)
    business_reaction = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "whatsapp"
        db_table = "whatsapp_simulator_message"
        indexes = [
            # The page asks for one phone's messages that changed since it last looked.
            models.Index(fields=["phone", "changed_at"], name="simulated_message_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.type} {self.wamid}"


class SimulatedMedia(models.Model):
    """A file at Meta: uploaded by the business or sent by a student."""

    media_id = models.CharField(max_length=32, unique=True)
    file = models.FileField(upload_to="simulator")
    name = models.CharField(max_length=255, blank=True)
    mime_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64, help_text="hexadecimal digest of the file")
    size = models.PositiveBigIntegerField(help_text="bytes")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "whatsapp"
        db_table = "whatsapp_simulator_media"

    def __str__(self) -> str:
        return f"{self.media_id} {self.mime_type}"


class Sender(models.TextChoices):
    """Whose webhook it is: decides its address, its signature and how long it is tried."""

    META = "meta"
    PAYSTACK = "paystack"


class SimulatedWebhook(models.Model):
    """The outbox: a body and when to post it next. `due_at` is empty once that is over."""

    sender = models.CharField(max_length=8, choices=Sender, default=Sender.META)
    body = models.BinaryField()
    about = models.CharField(max_length=200)
    # What the body tells: the tick that its delivery puts on the bubble.
    wamid = models.CharField(max_length=128, blank=True)
    tick = models.CharField(max_length=16, choices=Tick, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True, blank=True)
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "whatsapp"
        db_table = "whatsapp_simulator_webhook"
        indexes = [
            # The delivery loop asks for what is due, oldest first.
            models.Index(fields=["due_at", "id"], name="simulated_webhook_due"),
        ]

    def __str__(self) -> str:
        return f"{self.about} ({self.attempts} attempts)"


class SimulatedCall(models.Model):
    """One call of the business to the simulated Graph API, for the page's log."""

    method = models.CharField(max_length=8)
    path = models.CharField(max_length=300)
    status = models.PositiveSmallIntegerField(help_text="HTTP status; 0: the answer never came")
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "whatsapp"
        db_table = "whatsapp_simulator_call"

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status}"


def _percent() -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])


class Misbehaviour(models.Model):
    """Meta's moods: one row of switches. Probabilities are per cent, times are seconds."""

    slow_seconds = models.FloatField(default=0)
    error_500_percent = _percent()
    error_429_percent = _percent()
    refuse_connection_percent = _percent()
    accept_then_hang_percent = _percent()
    hang_seconds = models.FloatField(default=30)
    duplicate_webhooks_percent = _percent()
    shuffle_webhooks = models.BooleanField(default=False)
    status_delay = models.FloatField(default=1, help_text="factor on the pause before a status")
    reads_messages = models.BooleanField(default=True)
    checks_window = models.BooleanField(default=True)
    token_revoked = models.BooleanField(default=False)
    token_ends_soon = models.BooleanField(default=False)
    token_lacks_permission = models.BooleanField(default=False)
    app_not_subscribed = models.BooleanField(default=False)
    number_flagged = models.BooleanField(default=False)
    number_banned = models.BooleanField(default=False)
    paystack_down = models.BooleanField(default=False)
    paystack_repeats = models.BooleanField(default=False)

    class Meta:
        app_label = "whatsapp"
        db_table = "whatsapp_simulator_misbehaviour"

    def __str__(self) -> str:
        return "How the simulated Meta misbehaves"

    @classmethod
    def current(cls) -> "Misbehaviour":
        """The one row; its defaults (a well-behaved Meta) when nobody has touched a switch."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
