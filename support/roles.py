"""Giving roles (Django's groups) their permissions, for data migrations.

Each floor's own migration gives what belongs to it; see `migrations/*_roles.py`.
"""

from collections.abc import Iterable, Mapping

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

AGENT, LEAD, ADMINISTRATOR = "Agent", "Lead", "Administrator"
Grants = Mapping[str, Iterable[str]]  # role -> "app_label.codename"


def grant(apps: Apps, editor: BaseDatabaseSchemaEditor, grants: Grants) -> None:
    """Add to each role what `grants` lists; roles that are missing are made.

    Django makes permissions after the last migration only, so they are made here first.
    Raises Permission.DoesNotExist for a permission that no model has.
    """
    labels = {name.partition(".")[0] for names in grants.values() for name in names}
    for label in sorted(labels):
        _make_permissions(apps, editor, label)
    permission, group = apps.get_model("auth", "Permission"), apps.get_model("auth", "Group")
    for role, names in grants.items():
        members = group.objects.get_or_create(name=role)[0].permissions
        for name in sorted(names):
            label, _, codename = name.partition(".")
            members.add(permission.objects.get(content_type__app_label=label, codename=codename))


def _make_permissions(apps: Apps, editor: BaseDatabaseSchemaEditor, label: str) -> None:
    config = apps.get_app_config(label)
    config.models_module = True  # type: ignore[assignment]  # else it is taken for an empty app
    create_permissions(config, verbosity=0, apps=apps, using=editor.connection.alias)
    config.models_module = None
