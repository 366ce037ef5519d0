"""What the roles of staff may do with payments and subscriptions."""

from django.db import migrations

from support.roles import ADMINISTRATOR, AGENT, LEAD, grant

SEES = {"conversations.view_payment", "conversations.view_subscription"}
DECIDES = SEES | {
    "conversations.change_payment",
    "conversations.add_subscription",
    "conversations.change_subscription",
}
OPERATES = DECIDES | {
    "conversations.view_paymentnotice",
    "conversations.change_paymentnotice",
}


def extend_roles(apps, editor):
    grant(apps, editor, {AGENT: SEES, LEAD: DECIDES, ADMINISTRATOR: OPERATES})


class Migration(migrations.Migration):
    dependencies = [("conversations", "0002_roles")]
    operations = [migrations.RunPython(extend_roles, migrations.RunPython.noop)]
