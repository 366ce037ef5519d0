"""What the roles of staff may do with words that the bot did not understand."""

from django.db import migrations

from support.roles import ADMINISTRATOR, AGENT, LEAD, grant

SEES = {"conversations.view_learntword"}
TEACHES = SEES | {"conversations.change_learntword", "conversations.delete_learntword"}


def extend_roles(apps, editor):
    grant(apps, editor, {AGENT: SEES, LEAD: TEACHES, ADMINISTRATOR: TEACHES})


class Migration(migrations.Migration):
    dependencies = [("conversations", "0006_learnt_words")]
    operations = [migrations.RunPython(extend_roles, migrations.RunPython.noop)]
