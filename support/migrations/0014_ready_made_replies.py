"""What the desk calls ready-made replies is called so in the admin, in permissions too."""

import django.db.models.deletion
from django.db import migrations, models

BEFORE, AFTER = "canned reply", "ready-made reply"


def _rename(apps, editor, name):
    permissions = apps.get_model("auth", "Permission").objects.using(editor.connection.alias)
    for verb in ("add", "change", "delete", "view"):
        theirs = permissions.filter(
            content_type__app_label="support", codename=f"{verb}_cannedreply"
        )
        theirs.update(name=f"Can {verb} {name}")


def rename(apps, editor):
    _rename(apps, editor, AFTER)


def rename_back(apps, editor):
    _rename(apps, editor, BEFORE)


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0013_ended_tickets_by_filter'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='cannedreply',
            options={
                'ordering': ['shortcut'],
                'verbose_name': 'ready-made reply',
                'verbose_name_plural': 'ready-made replies',
            },
        ),
        migrations.AlterField(
            model_name='cannedreply',
            name='shortcut',
            field=models.SlugField(
                help_text='What follows the / at the desk, e.g. hello.', max_length=40, unique=True
            ),
        ),
        migrations.AlterField(
            model_name='macro',
            name='canned',
            field=models.ForeignKey(
                blank=True,
                help_text='Goes to the student, with its file if it has one.',
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to='support.cannedreply',
                verbose_name='ready-made reply',
            ),
        ),
        migrations.RunPython(rename, rename_back),
    ]
