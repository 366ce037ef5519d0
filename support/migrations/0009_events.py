"""Events for other systems, and the endpoints that are told of them."""

import django.db.models.deletion
import django.utils.timezone
import support.webhooks.addresses
import support.webhooks.signing
import whatsapp.models.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0008_idempotency_keys'),
        ('whatsapp', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EventCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last', models.PositiveBigIntegerField(default=0, help_text='The newest position.')),
                ('pruned', models.PositiveBigIntegerField(default=0, help_text='Up to this position events were deleted for their age.')),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveBigIntegerField(editable=False, null=True, unique=True)),
                ('type', models.CharField(choices=[('ticket.opened', 'Ticket opened'), ('ticket.updated', 'Ticket changed'), ('message.received', 'Message from a student'), ('message.sent', 'Message taken by WhatsApp'), ('message.status', 'Delivery of a message'), ('chat.ended', 'Chat ended'), ('rating.given', 'Rating given'), ('homework.submitted', 'Homework handed in'), ('homework.answered', 'Homework answered'), ('payment.succeeded', 'Payment received')], max_length=20)),
                ('data', whatsapp.models.fields.JSONTextField(default=dict)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('contact', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='whatsapp.contact')),
                ('ticket', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='public_events', to='support.supportticket')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='WebhookEndpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, help_text='Whom it belongs to.', max_length=100)),
                ('url', models.CharField(max_length=500, validators=[support.webhooks.addresses.validate], verbose_name='address')),
                ('event_types', whatsapp.models.fields.JSONTextField(default=list, help_text='Empty: all.')),
                ('active', models.BooleanField(default=True, help_text='Off: events that happen meanwhile are not kept for it.')),
                ('secret', models.CharField(default=support.webhooks.signing.new_secret, editable=False, max_length=100)),
                ('old_secret', models.CharField(blank=True, editable=False, max_length=100)),
                ('old_secret_until', models.DateTimeField(editable=False, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('failures', models.PositiveIntegerField(default=0, editable=False, help_text='In a row, of the whole endpoint.')),
                ('failing_since', models.DateTimeField(editable=False, null=True)),
                ('paused_at', models.DateTimeField(editable=False, null=True)),
                ('pause_told_at', models.DateTimeField(editable=False, null=True)),
                ('epoch', models.PositiveIntegerField(default=0, editable=False)),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('due_at', models.DateTimeField(editable=False, null=True)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'webhook endpoint',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('delivered', 'Delivered'), ('failed', 'given up')], default='waiting', max_length=9)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('first_tried_at', models.DateTimeField(blank=True, null=True)),
                ('tried_at', models.DateTimeField(blank=True, null=True)),
                ('delivered_at', models.DateTimeField(blank=True, null=True)),
                ('request', whatsapp.models.fields.JSONTextField(blank=True, help_text='Headers of the last try; the body is the event.', null=True)),
                ('status_code', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='HTTP status')),
                ('response', models.TextField(blank=True, help_text='The beginning of the answer.')),
                ('error', models.TextField(blank=True, help_text='Why there was no answer.')),
                ('milliseconds', models.PositiveIntegerField(blank=True, null=True)),
                ('contact', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='whatsapp.contact')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='support.event')),
                ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='support.webhookendpoint')),
            ],
            options={
                'verbose_name': 'webhook delivery',
                'verbose_name_plural': 'webhook deliveries',
                'ordering': ['-id'],
            },
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['type', 'position'], name='event_feed_of_type'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['created_at'], name='event_age'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(fields=['endpoint', 'state', 'id'], name='delivery_waiting'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(fields=['endpoint', 'state', 'due_at'], name='delivery_later'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.UniqueConstraint(fields=('endpoint', 'event'), name='delivery_once'),
        ),
    ]
