from django.urls import path

from whatsapp.simulator import api, log, views
from whatsapp.simulator.paystack.checkout import checkout

app_name = "simulator"
urlpatterns = [
    path("", views.phone, name="phone"),
    path("graph/<path:path>", views.graph, name="graph"),
    path("paystack/checkout/<str:access_code>", checkout, name="checkout"),
    path("paystack/<path:path>", views.paystack, name="paystack"),
    path("media/<str:media_id>", views.media, name="media"),
    path("api/students", api.students, name="students"),
    path("api/students/<int:phone_id>/messages", api.messages, name="messages"),
    path("api/students/<int:phone_id>/say", api.say, name="say"),
    path("api/students/<int:phone_id>/tap", api.tap, name="tap"),
    path("api/students/<int:phone_id>/react", api.react, name="react"),
    path("api/students/<int:phone_id>/location", api.location, name="location"),
    path("api/students/<int:phone_id>/media", api.send_media, name="send-media"),
    path("api/misbehaviour", api.misbehaviour, name="misbehaviour"),
    path("api/log", log.log, name="log"),
]
