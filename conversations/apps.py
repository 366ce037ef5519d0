from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "conversations"
    verbose_name = "Students & bot"

    def ready(self) -> None:
        from conversations.models import AnswerFile
        from whatsapp import leftovers

        leftovers.delete_files_of(AnswerFile)
