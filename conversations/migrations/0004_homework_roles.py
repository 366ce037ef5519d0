"""What the roles of staff may do with homework and tutors."""

from django.db import migrations

from support.roles import ADMINISTRATOR, AGENT, LEAD, grant

SOLVES = {"conversations.answer_homework", "conversations.view_tutor"}
LEADS = SOLVES | {
    "conversations.assign_homework",
    *(f"conversations.{verb}_tutor" for verb in ("add", "change", "delete")),
}


def extend_roles(apps, editor):
    grant(apps, editor, {AGENT: SOLVES, LEAD: LEADS, ADMINISTRATOR: LEADS})


class Migration(migrations.Migration):
    dependencies = [("conversations", "0003_payment_roles")]
    operations = [migrations.RunPython(extend_roles, migrations.RunPython.noop)]
