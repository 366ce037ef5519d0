"""Students, and people who have not registered yet."""

from django.db import models

from whatsapp.models import Contact


class Student(models.Model):
    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="student")
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    class_name = models.CharField("class", max_length=30)
    registered_at = models.DateTimeField(auto_now_add=True)
    answer_waits = models.BooleanField(
        default=False,
        editable=False,
        help_text="A solution is to be sent as soon as the student writes.",
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["name"], name="student_name")]  # staff search

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


class Lead(Contact):
    """A contact who has written but not registered."""

    class Meta:
        proxy = True
