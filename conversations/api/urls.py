from django.urls import path

from conversations.api.contacts import ContactsView, ContactView
from conversations.api.homework import HomeworkListView, HomeworkView
from conversations.api.payments import PaymentsView, PaymentView
from conversations.api.views import ConversationsView, EndView, HistoryView, SendView

ONE = "admin/conversations/<str:phone_number>"

urlpatterns = [
    path("admin/conversations", ConversationsView.as_view()),
    path(f"{ONE}/messages", HistoryView.as_view()),
    path(f"{ONE}/chat-support/send", SendView.as_view()),
    path(f"{ONE}/chat-support/end", EndView.as_view()),
    path("contacts", ContactsView.as_view()),
    path("contacts/<int:id>", ContactView.as_view()),
    path("homework", HomeworkListView.as_view()),
    path("homework/<int:id>", HomeworkView.as_view()),
    path("payments", PaymentsView.as_view()),
    path("payments/<int:id>", PaymentView.as_view()),
]
