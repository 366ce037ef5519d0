"""What the roles of staff may do with students and the bot."""

from django.db import migrations

from support.roles import ADMINISTRATOR, AGENT, LEAD, grant

SEES = {
    f"conversations.view_{model}"
    for model in ("student", "lead", "conversation", "homework", "homeworkpage", "faqentry")
}
EDITS = SEES | {
    "conversations.view_bottext",
    "conversations.change_student",
    *(
        f"conversations.{verb}_{model}"
        for verb in ("add", "change", "delete")
        for model in ("faqentry", "bottext")
    ),
}


def extend_roles(apps, editor):
    grant(apps, editor, {AGENT: SEES, LEAD: EDITS, ADMINISTRATOR: EDITS})


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial"), ("support", "0002_roles")]
    operations = [migrations.RunPython(extend_roles, migrations.RunPython.noop)]
