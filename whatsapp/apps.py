from django.apps import AppConfig
from django.core.checks import Tags, register


class WhatsappConfig(AppConfig):
    name = "whatsapp"
    verbose_name = "WhatsApp"

    def ready(self) -> None:
        from whatsapp import checks, hooks, leftovers
        from whatsapp.models import Media

        leftovers.delete_files_of(Media)
        register(hooks.check)
        register(checks.database, Tags.database)
        register(checks.simulator, deploy=True)
        register(checks.lease, deploy=True)
