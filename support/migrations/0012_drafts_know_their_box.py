"""A draft that arrives after its reply box has been sent is known as late."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("support", "0011_desk_indexes")]

    operations = [
        migrations.AddField(model_name="draft", name="box", field=models.UUIDField(null=True)),
    ]
