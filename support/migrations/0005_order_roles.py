"""What the roles of staff may do with macros, views, rules, service levels and phone numbers."""

from django.db import migrations

from support.roles import ADMINISTRATOR, AGENT, LEAD, grant

VERBS = ("view", "add", "change", "delete")
ANSWERS = {"support.view_macro", *(f"support.{verb}_savedview" for verb in VERBS)}
LEADS = ANSWERS | {
    *(f"support.{verb}_macro" for verb in VERBS),
    *(f"support.{verb}_servicelevel" for verb in VERBS),
    *(f"support.{verb}_deskrules" for verb in ("view", "add", "change")),
    "support.share_savedview",
    "support.see_numbers_supportticket",
}
ADMINISTERS = LEADS | {"support.view_staffmail"}


def extend_roles(apps, editor):
    grant(apps, editor, {AGENT: ANSWERS, LEAD: LEADS, ADMINISTRATOR: ADMINISTERS})


class Migration(migrations.Migration):
    dependencies = [("support", "0004_an_ordered_desk")]
    operations = [migrations.RunPython(extend_roles, migrations.RunPython.noop)]
