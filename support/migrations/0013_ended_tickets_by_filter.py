"""Indexes for the desk's ended tickets through a filter."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0012_drafts_know_their_box'),
        ('whatsapp', '0005_line_and_pace'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='supportticket',
            index=models.Index(fields=['priority', 'closed_at'], name='ticket_priority'),
        ),
        migrations.AddIndex(
            model_name='supportticket',
            index=models.Index(fields=['category', 'closed_at'], name='ticket_category'),
        ),
        migrations.AddIndex(
            model_name='supportticket',
            index=models.Index(fields=['assigned_admin', 'closed_at'], name='ticket_person'),
        ),
        migrations.AddIndex(
            model_name='supportticket',
            index=models.Index(fields=['unread_count'], name='ticket_unread'),
        ),
    ]
