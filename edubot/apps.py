from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in


class EdubotConfig(AppConfig):
    """The project itself, for its commands and templates; it has no models."""

    name = "edubot"
    verbose_name = "EduBot"

    def ready(self) -> None:
        from edubot import security_log
        from edubot.second_factor import state

        security_log.connect()
        user_logged_in.connect(state.begin, dispatch_uid="second-factor")


class EdubotAdminConfig(AdminConfig):
    """The admin as EduBot's staff see it."""

    default_site = "edubot.site.EdubotAdminSite"
