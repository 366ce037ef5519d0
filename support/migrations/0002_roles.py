"""The three roles of staff. What they may do with students and the bot is added by the bot."""

from django.db import migrations

from support.roles import ADMINISTRATOR, AGENT, LEAD, grant

ANSWERS = {
    "support.view_supportticket",
    "support.reply_supportticket",
    "support.view_cannedreply",
    "support.view_category",
    "whatsapp.view_contact",
    "whatsapp.view_identity",
    "whatsapp.view_messagetemplate",
}
DESK_HOURS = ("openinghours", "holiday")
ANSWERS |= {f"support.view_{model}" for model in DESK_HOURS}
LEADS = ANSWERS | {
    "support.change_supportticket",
    "support.assign_supportticket",
    *(
        f"support.{verb}_{model}"
        for verb in ("add", "change", "delete")
        for model in ("cannedreply", "category", *DESK_HOURS)
    ),
    "whatsapp.view_message",
    "whatsapp.view_media",
    "whatsapp.change_messagetemplate",
    "whatsapp.change_contact",
}
ADMINISTERS = LEADS | {
    *(f"support.{verb}_apitoken" for verb in ("view", "add", "change", "delete")),
    "whatsapp.change_message",
    "whatsapp.view_receipt",
    "whatsapp.change_receipt",
    "auth.view_user",
    "auth.add_user",
    "auth.change_user",
    "auth.view_group",
}


def make_roles(apps, editor):
    grant(apps, editor, {AGENT: ANSWERS, LEAD: LEADS, ADMINISTRATOR: ADMINISTERS})


def remove_roles(apps, editor):
    groups = apps.get_model("auth", "Group").objects.using(editor.connection.alias)
    groups.filter(name__in=[AGENT, LEAD, ADMINISTRATOR]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0001_initial"),
        ("whatsapp", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, remove_roles)]
