"""Files go with their rows, also where a cascade or a bulk deletion takes the row."""

from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete


def delete_files_of(model: type[models.Model]) -> None:
    """From now on, when a row of `model` is deleted, the file in its field `file` goes too."""
    post_delete.connect(_delete_file, sender=model, dispatch_uid=f"file of {model.__name__}")


def _delete_file(instance: Any, **_: object) -> None:
    """After the commit: a rollback brings back the row, but would not bring back the file."""
    if instance.file:
        transaction.on_commit(partial(instance.file.storage.delete, instance.file.name))
