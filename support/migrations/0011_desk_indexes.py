"""Indexes for the desk's queue."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("support", "0010_event_roles")]

    operations = [
        migrations.AddIndex(
            model_name="supportticket",
            index=models.Index(fields=["updated_at"], name="ticket_changed"),
        ),
        migrations.AddIndex(
            model_name="supportticket",
            index=models.Index(fields=["closed_at"], name="ticket_ended"),
        ),
    ]
