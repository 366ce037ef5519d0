"""The table by which tickets are found, filled with the words that are there already."""

import django.db.models.deletion
from django.db import migrations, models

import support.models.search
from support.models.search import of_message, of_person
from support.search_words import words_of


def remember_all(apps, editor):
    alias = editor.connection.alias
    words = apps.get_model("support", "SearchWord").objects.using(alias)

    def remember(ticket_id, found):
        rows = [words.model(word=word, ticket_id=ticket_id) for word in sorted(set(found))]
        words.bulk_create(rows, ignore_conflicts=True)

    tickets = apps.get_model("support", "SupportTicket").objects.using(alias)
    for ticket in tickets.select_related("contact").order_by("id").iterator(500):
        names = (ticket.sender_name, ticket.contact.name, ticket.contact.username)
        person = of_person(ticket.phone_number, *names)
        remember(ticket.pk, person + words_of(ticket.issue_description))
    messages = apps.get_model("support", "SupportMessage").objects.using(alias)
    for message in messages.order_by("id").iterator(500):
        name = message.sender_name if message.sender_type == "user" else ""
        is_note = message.sender_type == "note"
        remember(message.ticket_id, of_message(name, message.message, is_note=is_note))


class Migration(migrations.Migration):
    dependencies = [("support", "0005_order_roles")]
    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "word",
                        "ticket_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("word", support.models.search.WordField(max_length=33)),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="support.supportticket",
                    ),
                ),
            ],
        ),
        migrations.RunPython(remember_all, migrations.RunPython.noop),
    ]
