"""Who chooses the templates for news: whoever may synchronise them."""

from django.db import migrations

from support.roles import ADMINISTRATOR, AGENT, LEAD, grant

SEES = {"whatsapp.view_templateuse"}
CHOOSES = SEES | {f"whatsapp.{verb}_templateuse" for verb in ("add", "change", "delete")}


def extend_roles(apps, editor):
    grant(apps, editor, {AGENT: SEES, LEAD: CHOOSES, ADMINISTRATOR: CHOOSES})


class Migration(migrations.Migration):
    dependencies = [("support", "0002_roles"), ("whatsapp", "0003_news_and_downloads")]
    operations = [migrations.RunPython(extend_roles, migrations.RunPython.noop)]
