"""That a solution was announced by template is part of a homework's history."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0004_homework_roles'),
    ]

    operations = [
        migrations.AlterField(
            model_name='homeworkevent',
            name='kind',
            field=models.CharField(choices=[('assigned', 'given to'), ('released', 'taken from'), ('started', 'started'), ('answered', 'answered'), ('cancelled', 'cancelled'), ('announced', 'announced by template'), ('delivered', 'waiting answer sent'), ('added', 'late page added'), ('left_out', 'page left out')], max_length=9),
        ),
    ]
