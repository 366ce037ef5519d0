"""What the simulated Paystack remembers of a payment."""

from django.db import models


class TransactionStatus(models.TextChoices):
    """Paystack's words. One that nobody has finished yet is "abandoned", which is not final."""

    ABANDONED = "abandoned"
    SUCCESS = "success"
    FAILED = "failed"
    REVERSED = "reversed"


class SimulatedTransaction(models.Model):
    """One transaction; amounts are in the subunit (kobo)."""

    reference = models.CharField(max_length=100, unique=True)
    access_code = models.CharField(max_length=20, unique=True)
    email = models.CharField(max_length=254)
    requested_amount = models.PositiveBigIntegerField()
    amount = models.PositiveBigIntegerField(help_text="What was paid in the end.")
    currency = models.CharField(max_length=3)
    domain = models.CharField(max_length=4, default="test")
    callback_url = models.CharField(max_length=500, blank=True)
    metadata = models.TextField(blank=True)
    status = models.CharField(
        max_length=20, choices=TransactionStatus, default=TransactionStatus.ABANDONED
    )
    created_at = models.DateTimeField(auto_now_add=True)
    paid_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "whatsapp"
        db_table = "whatsapp_simulator_transaction"

    def __str__(self) -> str:
        return f"{self.reference} ({self.status})"
