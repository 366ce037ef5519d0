"""What the roles of staff may do with events and webhooks."""

from django.db import migrations

from support.roles import ADMINISTRATOR, LEAD, grant

READS = {"support.view_event"}
ADMINISTERS = READS | {
    *(f"support.{verb}_webhookendpoint" for verb in ("view", "add", "change", "delete")),
    "support.view_webhookdelivery",
    "support.change_webhookdelivery",
}


def extend_roles(apps, editor):
    grant(apps, editor, {LEAD: READS, ADMINISTRATOR: ADMINISTERS})


class Migration(migrations.Migration):
    dependencies = [("support", "0009_events")]
    operations = [migrations.RunPython(extend_roles, migrations.RunPython.noop)]
