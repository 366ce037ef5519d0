"""Who had a ticket and who has it is kept by id too: two colleagues may share a name."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0015_acts_in_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='ticketevent',
            name='after_user_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='ticketevent',
            name='before_user_id',
            field=models.BigIntegerField(null=True),
        ),
    ]
