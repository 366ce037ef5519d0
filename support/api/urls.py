from django.conf import settings
from django.urls import path

from support.api import simulator
from support.api.approved import SendTemplateView, TemplatesView
from support.api.docs import DocsView, SchemaView
from support.api.events import EventsView
from support.api.files import MediaView, TicketFilesView
from support.api.messages import ConfirmArrivalView, SendAgainView, TicketMessagesView
from support.api.notes import HistoryView, NotesView
from support.api.taking import ReleaseView, TakeView
from support.api.team import CannedRepliesView, CategoriesView, RatingsView, StaffView
from support.api.tickets import NotificationsView, OpenTicketsView, TicketsView, TicketView
from support.api.webhooks import RotateView, WebhooksView, WebhookView

ONE = "support/tickets/<int:id>"
MESSAGE = f"{ONE}/messages/<int:message_id>"

urlpatterns = [
    path("support/tickets", TicketsView.as_view()),
    path(ONE, TicketView.as_view()),
    path(f"{ONE}/messages", TicketMessagesView.as_view()),
    path(f"{MESSAGE}/send-again", SendAgainView.as_view()),
    path(f"{MESSAGE}/confirm-arrival", ConfirmArrivalView.as_view()),
    path(f"{ONE}/files", TicketFilesView.as_view()),
    path(f"{ONE}/template", SendTemplateView.as_view()),
    path(f"{ONE}/take", TakeView.as_view()),
    path(f"{ONE}/release", ReleaseView.as_view()),
    path(f"{ONE}/notes", NotesView.as_view()),
    path(f"{ONE}/history", HistoryView.as_view()),
    path("support/open-tickets", OpenTicketsView.as_view()),
    path("support/notifications", NotificationsView.as_view()),
    path("support/ratings", RatingsView.as_view()),
    path("support/canned-replies", CannedRepliesView.as_view()),
    path("support/categories", CategoriesView.as_view()),
    path("support/staff", StaffView.as_view()),
    path("support/templates", TemplatesView.as_view()),
    path("media/<int:id>", MediaView.as_view(), name="api-media"),
    path("events", EventsView.as_view()),
    path("webhooks", WebhooksView.as_view()),
    path("webhooks/<int:id>", WebhookView.as_view()),
    path("webhooks/<int:id>/rotate", RotateView.as_view()),
    path("schema", SchemaView.as_view(), name="api-schema"),
    path("docs", DocsView.as_view(), name="api-docs"),
]

if settings.WHATSAPP_SIMULATOR:
    STUDENT = "simulator/students/<int:id>"
    urlpatterns += [
        path("simulator/students", simulator.StudentsView.as_view()),
        path(f"{STUDENT}/messages", simulator.StudentMessagesView.as_view()),
        path(f"{STUDENT}/say", simulator.SayView.as_view()),
        path(f"{STUDENT}/tap", simulator.TapView.as_view()),
        path(f"{STUDENT}/file", simulator.SendFileView.as_view()),
    ]
