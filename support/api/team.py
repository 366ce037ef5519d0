"""What the team works with: ratings, ready-made replies, categories, colleagues."""

from django.contrib.auth.models import User
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from support import queries
from support.api import finding, paging, requests
from support.api.inputs import RatingQuery
from support.api.paging import PageSerializer
from support.api.permissions import READ, reading
from support.api.requests import PageQuery
from support.api.schema import refusals
from support.api.serializers import RatingPageSerializer
from support.api.views import ApiView
from support.models import CannedReply, Category, Rating
from support.services import name_of


class CannedReplySerializer(serializers.ModelSerializer[CannedReply]):
    class Meta:
        model = CannedReply
        fields = ["id", "shortcut", "text"]
        read_only_fields = fields


class CannedReplyPageSerializer(PageSerializer):
    canned_replies = CannedReplySerializer(many=True)


class CategorySerializer(serializers.ModelSerializer[Category]):
    class Meta:
        model = Category
        fields = ["id", "name"]
        read_only_fields = fields


class CategoryPageSerializer(PageSerializer):
    categories = CategorySerializer(many=True)


class ColleagueSerializer(serializers.Serializer[User]):
    id = serializers.IntegerField(help_text="For `assigned_admin_id`.")
    name = serializers.SerializerMethodField()

    def get_name(self, user: User) -> str:
        return name_of(user)


class ColleaguePageSerializer(PageSerializer):
    staff = ColleagueSerializer(many=True)


@extend_schema(tags=["Team"])
class RatingsView(ApiView):
    access = {"GET": READ}

    @extend_schema(
        operation_id="list_ratings",
        summary="What students thought of their chats, the newest tickets first",
        parameters=[RatingQuery],
        responses={200: RatingPageSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        wanted = requests.query(request, RatingQuery)
        rated = finding.matching(request, wanted).filter(rating__in=Rating.values)
        found = paging.page("ratings", rated, wanted)
        return Response(RatingPageSerializer(found).data)


@extend_schema(tags=["Team"])
class CannedRepliesView(ApiView):
    access = {"GET": reading("support.view_cannedreply")}

    @extend_schema(
        operation_id="list_canned_replies",
        summary="Ready-made replies; `{{ name }}` and `{{ agent }}` stand for names",
        parameters=[PageQuery],
        responses={200: CannedReplyPageSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        wanted = requests.query(request, PageQuery)
        found = paging.page("canned_replies", CannedReply.objects.all(), wanted)
        return Response(CannedReplyPageSerializer(found).data)


@extend_schema(tags=["Team"])
class CategoriesView(ApiView):
    access = {"GET": reading("support.view_category")}

    @extend_schema(
        operation_id="list_categories",
        summary="The categories that a ticket may have",
        parameters=[PageQuery],
        responses={200: CategoryPageSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        wanted = requests.query(request, PageQuery)
        found = paging.page("categories", Category.objects.all(), wanted)
        return Response(CategoryPageSerializer(found).data)


@extend_schema(tags=["Team"])
class StaffView(ApiView):
    access = {"GET": READ}

    @extend_schema(
        operation_id="list_staff",
        summary="Everyone to whom a ticket can be given",
        parameters=[PageQuery],
        responses={200: ColleaguePageSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        wanted = requests.query(request, PageQuery)
        found = paging.page("staff", queries.answering_staff(), wanted)
        return Response(ColleaguePageSerializer(found).data)
