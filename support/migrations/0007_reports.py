"""Reports: their index, and who sees them and the history of all acts."""

from django.db import migrations, models

from support.roles import ADMINISTRATOR, LEAD, grant

SEES = {"support.view_report", "support.view_ticketevent"}
REPORTED = ["created_at", "assigned_admin", "category", "rating", "first_response_at", "closed_at"]


def let_leads_see(apps, editor):
    grant(apps, editor, {LEAD: SEES, ADMINISTRATOR: SEES})


def take_back(apps, editor):
    alias = editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    names = [name.partition(".")[2] for name in SEES]
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(
        name__in=[LEAD, ADMINISTRATOR]
    ):
        group.permissions.remove(
            *permissions.filter(content_type__app_label="support", codename__in=names)
        )


class Migration(migrations.Migration):
    dependencies = [("support", "0006_search")]
    operations = [
        migrations.AlterModelOptions(
            name="supportticket",
            options={
                "ordering": ["-id"],
                "permissions": [
                    ("reply_supportticket", "Can answer students and end chats"),
                    ("assign_supportticket", "Can assign tickets to others"),
                    ("see_numbers_supportticket", "Can see whole phone numbers"),
                    ("view_report", "Can see reports"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="supportticket",
            index=models.Index(fields=REPORTED, name="ticket_report"),
        ),
        migrations.AddIndex(
            model_name="ticketevent",
            index=models.Index(fields=["created_at"], name="ticketevent_created"),
        ),
        migrations.AddIndex(
            model_name="ticketevent",
            index=models.Index(fields=["kind", "id"], name="ticketevent_kind"),
        ),
        migrations.RemoveIndex(model_name="supportticket", name="ticket_created"),
        migrations.RunPython(let_leads_see, take_back),
    ]
