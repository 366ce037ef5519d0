"""Templates for news outside the 24-hour window, and few downloads at a time."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('whatsapp', '0002_account_switches'),
    ]

    operations = [
        migrations.CreateModel(
            name='DownloadSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(unique=True)),
                ('lease_until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='simulatedtransaction',
            name='callback_url',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.CreateModel(
            name='TemplateUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=32)),
                ('language', models.CharField(editable=False, max_length=10)),
                ('values', models.CharField(blank=True, help_text='What fills in {{1}}, {{2}} … in the order of the message, separated by commas: for example “name, until”.', max_length=200)),
                ('template', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='uses', to='whatsapp.messagetemplate')),
            ],
            options={
                'verbose_name': 'template for news',
                'verbose_name_plural': 'templates for news',
                'ordering': ['purpose', 'language'],
                'constraints': [models.UniqueConstraint(fields=('purpose', 'language'), name='template_use_once', violation_error_message='There is a template for this news in this language.')],
            },
        ),
    ]
