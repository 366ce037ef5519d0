"""Times in the desk's templates, which the page keeps moving, numbers, and authors."""

from django import template

from support import phones, queries
from support.desk import spans

register = template.Library()
register.filter("ago", spans.since)
register.filter("ahead", spans.until)
register.filter("number_for", phones.shown)
register.filter("has_author", queries.has_author)
