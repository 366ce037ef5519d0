"""A planned answer whose words alone change is an act of its own; the first answer is "answered"."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0014_ready_made_replies'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ticketevent',
            name='kind',
            field=models.CharField(
                choices=[
                    ('opened', 'Opened'),
                    ('reopened', 'Reopened'),
                    ('answered', 'Answered'),
                    ('status', 'status changed'),
                    ('priority', 'priority changed'),
                    ('category', 'category changed'),
                    ('assigned', 'Assigned'),
                    ('ended', 'Ended'),
                    ('rated', 'Rated'),
                    ('commented', 'rated in words'),
                    ('resent', 'message sent again'),
                    ('settled', 'message confirmed by hand'),
                    ('undone', 'answer taken back'),
                    ('scheduled', 'answer planned'),
                    ('reworded', 'planned answer changed'),
                    ('unplanned', 'planned answer cancelled'),
                    ('snoozed', 'Snoozed'),
                    ('woken', 'back in the queue'),
                    ('macro', 'macro run'),
                    ('revealed', 'phone number shown'),
                    ('breached', 'target missed'),
                ],
                max_length=10,
            ),
        ),
    ]
